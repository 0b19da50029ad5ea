"""Who gets a file, how it is named, what it costs, and the commands that write one."""

import gc
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from support import people

from clickcall.models import Call, Contact, ContactList, ContactPhone, Member, Status

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["list", "calls"])
def test_sales_get_no_file_and_strangers_get_nothing(
    as_: SignIn, anna, maria, adam, stranger, leads: ContactList, ivan: Contact, make_call, ending: str, kind: str
) -> None:
    make_call(anna, contact=ivan)
    path = f"/log/export/lists/{leads.pk}/" if kind == "list" else "/log/export/"
    answers = [as_(member).get(path, {"format": ending}) for member in (anna, maria, adam, stranger)]
    assert [answer.status_code for answer in answers] == [403, 200, 200, 404 if kind == "list" else 200]
    files = [answer.getvalue() if answer.status_code == 200 else b"" for answer in answers]
    assert "Иван".encode() not in files[3]
    assert ending != "csv" or "Иван".encode() in files[1]


def test_an_archived_list_and_an_unknown_format_are_not_there(as_: SignIn, maria: Member, leads: ContactList) -> None:
    assert as_(maria).get(f"/log/export/lists/{leads.pk}/", {"format": "exe"}).status_code == 404
    ContactList.objects.update(archived_at=now())
    assert as_(maria).get(f"/log/export/lists/{leads.pk}/").status_code == 404


def test_the_file_is_named_after_what_is_in_it_and_kept_by_no_cache(as_: SignIn, maria, leads: ContactList) -> None:
    answer = as_(maria).get(f"/log/export/lists/{leads.pk}/")
    assert answer["Content-Disposition"].startswith('attachment; filename="Leads 20')
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_the_pages_offer_both_files_with_their_filters(as_: SignIn, maria, anna, leads: ContactList, make_call) -> None:
    make_call(anna)
    log = as_(maria).get("/log/", {"status": "talked"}).content.decode()
    assert 'href="/log/export/?status=talked&amp;format=xlsx"' in log
    assert f'href="/log/export/lists/{leads.pk}/?format=csv"' in as_(maria).get("/contacts/lists/").content.decode()
    assert "/log/export/" not in as_(anna).get("/log/mine/").content.decode()


def test_a_batch_costs_the_same_queries_however_many_rows(
    as_: SignIn, maria: Member, leads: ContactList, make_call
) -> None:
    for place in range(12):
        contact = people.make_contact(leads, f"Contact {place}", f"7926111{place:04}")
        Contact.objects.filter(pk=contact.pk).update(last_call=make_call(maria, contact=contact))
    browser = as_(maria)
    for path in (f"/log/export/lists/{leads.pk}/", "/log/export/"):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).getvalue().count(b"\r\n") == 13
        assert len(queries) <= 12, [query["sql"] for query in queries]


def run_command(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clickcall.management.exporting.require_ready", lambda: None)


@pytest.mark.usefixtures("_ready")
def test_the_commands_write_the_same_files(full: Contact, make_call, tmp_path: Path) -> None:
    make_call(full.owner, requested_at=datetime(2026, 11, 2, 20, 30, tzinfo=UTC))
    contacts, calls = tmp_path / "c.csv", tmp_path / "calls.XLSX"
    assert run_command("export_contacts", "--account", "acme", "--list", "Leads", str(contacts)) == "3 rows\n"
    assert contacts.read_text("utf-8-sig").splitlines()[1].startswith("'=Иван Петров;'+Ромашка;'+7 926 000-00-00")
    days = ("--since", "2026-11-03", "--till", "2026-11-03")
    assert run_command("export_calls", "--account", "acme", *days, str(calls)) == "1 calls\n"
    assert run_command("export_calls", "--account", "acme", "--till", "2026-11-02", str(calls)) == "0 calls\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.csv", "calls.XLSX"]


@pytest.mark.usefixtures("_ready")
@pytest.mark.parametrize(
    "words",
    [
        ("export_contacts", "--account", "nobody", "--list", "Leads", "x.csv"),
        ("export_contacts", "--account", "acme", "--list", "Nothing", "x.csv"),
        ("export_contacts", "--account", "acme", "--list", "Leads", "x.pdf"),
        ("export_contacts", "--account", "acme", "--list", "Leads", "no/such/folder/x.csv"),
        ("export_calls", "--account", "acme", "--since", "yesterday", "x.csv"),
    ],
)
def test_a_wrong_command_says_why_and_writes_nothing(
    leads: ContactList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as found:
        call_command(*words)
    assert found.value.returncode == 2
    assert [*tmp_path.iterdir()] == []


def alive() -> int:
    """Rows of ours in memory."""
    gc.collect()
    return sum(type(found) in (Contact, Call) for found in gc.get_objects())


@pytest.mark.full
def test_a_hundred_thousand_rows_cost_the_memory_of_a_few(as_: SignIn, maria: Member, leads: ContactList) -> None:
    total = 100_000
    given = {"account": leads.account, "list": leads, "search_text": ""}
    for begin in range(0, total, 5000):
        names = [f"Contact {place:06}" for place in range(begin, begin + 5000)]
        rows = Contact.objects.bulk_create(Contact(name=name, name_key=name, **given) for name in names)
        phones = [f"7926{place:07}" for place in range(begin, begin + 5000)]
        ContactPhone.objects.bulk_create(
            ContactPhone(contact=row, account=leads.account, digits=phone)
            for row, phone in zip(rows, phones, strict=True)
        )
        facts = {"account": leads.account, "member": maria, "status": Status.TALKED, "dispatch": "accepted"}
        Call.objects.bulk_create(
            Call(external_id=phone, contact_phone=phone, is_final=True, **facts) for phone in phones
        )
    del rows
    browser = as_(maria)
    for path, ending in ((f"/log/export/lists/{leads.pk}/", "xlsx"), ("/log/export/", "csv")):
        pieces = iter(browser.get(path, {"format": ending}).streaming_content)
        most, size, lines = 0, 0, 0
        for place, piece in enumerate(pieces):
            assert len(piece) < 1_000_000
            most = max(most, alive()) if place % 40 == 0 else most
            size, lines = size + len(piece), lines + piece.count(b"\r\n")
        assert most < 5000
        assert size > 300_000
        assert lines == total + 1 or ending == "xlsx"
