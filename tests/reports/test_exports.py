"""Lists and calls as files: what they hold, who gets them, and that a list can be imported again."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from support import people

from clickcall.contacts import services
from clickcall.contacts.importing import runs, work
from clickcall.contacts.services import NewPhone
from clickcall.models import (
    Account,
    Consent,
    Contact,
    ContactList,
    ContactPhone,
    DoNotCall,
    ImportRun,
    Member,
    Origin,
    Status,
    WrapUp,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def table(browser: Client, path: str, **asked: str) -> list[list[Any]]:
    """The XLSX at the address, row by row."""
    answer = browser.get(path, {**asked, "format": "xlsx"})
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def exported(browser: Client, list_: ContactList) -> list[dict[str, Any]]:
    headings, *rows = table(browser, f"/log/export/lists/{list_.pk}/")
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_a_contact_is_exported_with_all_that_is_known(as_: SignIn, maria: Member, full: Contact, make_call) -> None:
    at = datetime(2026, 11, 2, 20, 30, 5, tzinfo=UTC)
    call = make_call(full.owner, contact=full, requested_at=at)
    WrapUp.objects.create(call=call, account=full.account, member=full.owner, outcome_name="Думает", note="Ждёт счёт")
    Contact.objects.filter(pk=full.pk).update(last_call=call)
    row, not_to_call, sip = exported(as_(maria), full.list)
    known = {
        "Name": "=Иван Петров",
        "Company": "+Ромашка",
        "City": "Пермь",
        "Region": "Пермский край",
        "Time zone": "Asia/Yekaterinburg",
        "Owner": "Анна Кузнецова",
        "Notes": "Строка\nвторая",
    }
    consent = "Consent to advertising", "Date of the consent", "Where the consent comes from"
    last = "Last call (Asia/Yekaterinburg)", "What came of it", "Outcome", "Note"
    empty = dict.fromkeys((*consent, *last, "Do not call"), "")
    assert (
        row
        == {
            **known,
            **empty,
            "Phone": "+7 926 000-00-00 ext. 123",
            **dict(zip(consent, ("Withdrawn", date(2026, 11, 1), "Сайт"), strict=True)),
            last[0]: datetime(2026, 11, 3, 1, 30, 5),  # noqa: DTZ001 - a spreadsheet has no zones
            **dict(zip(last[1:], ("Talked", "Думает", "Ждёт счёт"), strict=True)),
        }
    )
    assert not_to_call == {**known, **empty, "Phone": "+49 30 901820", "Do not call": "yes"}
    assert sip == {**known, **empty, "Phone": "0486173"}


def test_phones_of_which_the_same_is_known_share_a_row(
    as_: SignIn, maria: Member, account: Account, leads: ContactList
) -> None:
    people.make_contact(leads, "Иван", "79260000000", "79260000001", "79260000002")
    for digits in ("79260000000", "79260000002"):
        Consent.objects.create(account=account, digits=digits, state="given", date=date(2026, 11, 1), source="Сайт")
    told = [(row["Phone"], row["Consent to advertising"]) for row in exported(as_(maria), leads)]
    assert told == [("+7 926 000-00-00, +7 926 000-00-02", "Given"), ("+7 926 000-00-01", "")]


def imported(account: Account, data: bytes, name: str, **onto: Any) -> ImportRun:
    given: dict[str, Any] = {"account": account, "list": None, "new_list": "Again", "member": None, **onto}
    run = runs.create(**given, file_name=name, chunks=[data])
    runs.set_columns(run, mapping=run.mapping, choice="update")
    runs.start_unchecked(run)
    work.work(run)
    run.refresh_from_db()
    return run


@pytest.mark.parametrize(
    ("keys", "label", "written"),
    [
        (".123", "работа", "+7 926 000-00-00 ext. 123"),
        ("..5", "", "+7 926 000-00-00 ext. 5"),
        (".1#2", "доб. 12", "+7 926 000-00-00"),
        ("", "мобильный", "+7 926 000-00-00"),
    ],
)
def test_keys_are_exported_as_an_extension_and_a_label_is_not_taken_for_one(
    as_: SignIn, maria: Member, stranger: Member, ivan: Contact, keys: str, label: str, written: str
) -> None:
    ivan.phones.update(digits="79260000000", keys=keys, label=label)
    assert [row["Phone"] for row in exported(as_(maria), ivan.list)] == [written]
    data = as_(maria).get(f"/log/export/lists/{ivan.list_id}/", {"format": "csv"}).getvalue()
    run = imported(stranger.account, data, "list.csv")
    assert (run.added, run.refused) == (1, 0), [*run.refusals.values()]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_list_that_is_exported_and_imported_onto_itself_stays_as_it_was(
    as_: SignIn, maria: Member, full: Contact, language: str
) -> None:
    maria.user.language = language
    maria.user.save()
    tables = Contact, ContactPhone, Consent, DoNotCall
    before = [[*model.objects.order_by("pk").values()] for model in tables]
    data = as_(maria).get(f"/log/export/lists/{full.list_id}/", {"format": "csv"}).getvalue()
    run = imported(full.account, data, "list.csv", list=full.list)
    assert (run.added, run.updated, run.refused) == (0, 3, 0), [*run.refusals.values()]
    assert [[*model.objects.order_by("pk").values()] for model in tables] == before


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_exported_list_can_be_imported_into_another_account(
    as_: SignIn, maria: Member, full: Contact, stranger: Member, ending: str, language: str
) -> None:
    maria.user.language = language
    maria.user.save()
    people.make_member(stranger.account, "other", name="Анна Кузнецова")
    data = as_(maria).get(f"/log/export/lists/{full.list_id}/", {"format": ending}).getvalue()
    run = imported(stranger.account, data, f"list.{ending}")
    assert (run.state, run.added, run.refused) == ("done", 3, 0), [*run.refusals.values()]
    copies = Contact.objects.filter(account=stranger.account)
    for field in ("name", "company", "city", "region", "timezone", "notes"):
        assert {getattr(copy, field) for copy in copies} == {getattr(full, field)}
    assert {copy.owner and copy.owner.name for copy in copies} == {"Анна Кузнецова"}
    pairs = [[(phone.digits, phone.keys) for row in rows for phone in row.phones.all()] for rows in (copies, [full])]
    assert {*pairs[0]} == {*pairs[1]}
    consent = Consent.objects.get(account=stranger.account)
    assert (consent.digits, consent.state, consent.date) == ("79260000000", "withdrawn", date(2026, 11, 1))
    assert DoNotCall.objects.get(account=stranger.account).digits == "4930901820"


def test_calls_are_exported_by_the_filters_of_the_log(
    as_: SignIn, yekaterinburg, maria: Member, anna, boris, leads: ContactList, make_call
) -> None:
    at = datetime(2026, 11, 2, 20, 30, 5, tzinfo=UTC)
    contact = services.add_contact(list=leads, name="=Иван", company="Ёлка", phones=[NewPhone("79260000000")])
    given = {"call_session_id": "1795000000000001", "wait_duration": 9, "total_duration": 194}
    call = make_call(anna, contact=contact, requested_at=at, **given)
    WrapUp.objects.create(call=call, account=yekaterinburg, member=anna, outcome_name="Договорились", note="@всем")
    make_call(boris, status=Status.BUSY, talk_duration=None)
    headings, *rows = table(as_(maria), "/log/export/", member=str(anna.pk), q="Иван", after="x", before="y")
    assert headings[0] == "Time (Asia/Yekaterinburg)"
    assert rows == [
        [
            datetime(2026, 11, 3, 1, 30, 5),  # noqa: DTZ001 - a spreadsheet has no zones
            "Outbound",
            "Анна Кузнецова",
            "=Иван",
            "Ёлка",
            "+7 926 000-00-00",
            "+7 499 372-06-92",
            "Talked",
            "",
            "Договорились",
            "@всем",
            9.0,
            185.0,
            194.0,
            "",
            "1795000000000001",
            call.external_id,
        ]
    ]
    assert len(table(as_(maria), "/log/export/", status="not_reached")) == 2


def test_inbound_calls_and_other_peoples_are_in_the_whole_log(as_: SignIn, maria, anna, boris, make_call) -> None:
    for number, member in enumerate((anna, boris, maria)):
        make_call(member, external_id=f"press-{number}")
    inbound = {"origin": Origin.INBOUND, "external_id": None, "dispatch": "", "status": Status.MISSED}
    make_call(anna, **inbound, member_name="")
    rows = table(as_(maria), "/log/export/")[1:]
    assert sorted(row[1] for row in rows) == ["Inbound", "Outbound", "Outbound", "Outbound"]
