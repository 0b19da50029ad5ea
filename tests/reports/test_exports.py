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


def exported(browser: Client, list_: ContactList) -> dict[str, Any]:
    headings, row, *_more = table(browser, f"/log/export/lists/{list_.pk}/")
    return dict(zip(headings, row, strict=True))


def test_a_contact_is_exported_with_all_that_is_known(as_: SignIn, maria: Member, full: Contact, make_call) -> None:
    at = datetime(2026, 11, 2, 20, 30, 5, tzinfo=UTC)
    call = make_call(full.owner, contact=full, requested_at=at)
    WrapUp.objects.create(call=call, account=full.account, member=full.owner, outcome_name="Думает", note="Ждёт счёт")
    Contact.objects.filter(pk=full.pk).update(last_call=call)
    row = exported(as_(maria), full.list)
    assert row == {
        "Name": "=Иван Петров",
        "Company": "+Ромашка",
        "Phone": "+7 926 000-00-00 доб. 123, +49 30 901820, 0486173",
        "City": "Пермь",
        "Region": "Пермский край",
        "Time zone": "Asia/Yekaterinburg",
        "Consent to advertising": "Withdrawn",
        "Date of the consent": date(2026, 11, 1),
        "Where the consent comes from": "Сайт",
        "Do not call": "yes",
        "Owner": "Анна Кузнецова",
        "Notes": "Строка\nвторая",
        "Last call (Asia/Yekaterinburg)": datetime(2026, 11, 3, 1, 30, 5),  # noqa: DTZ001 - a spreadsheet has no zones
        "What came of it": "Talked",
        "Outcome": "Думает",
        "Note": "Ждёт счёт",
    }


def imported(account: Account, data: bytes, name: str) -> ImportRun:
    given: dict[str, Any] = {"account": account, "list": None, "new_list": "Again", "member": None}
    run = runs.create(**given, file_name=name, chunks=[data])
    runs.start_unchecked(run)
    work.work(run)
    run.refresh_from_db()
    return run


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
    assert (run.state, run.added, run.refused) == ("done", 1, 0), [*run.refusals.values()]
    copy = Contact.objects.get(account=stranger.account)
    for field in ("name", "company", "city", "region", "timezone", "notes"):
        assert getattr(copy, field) == getattr(full, field)
    assert copy.owner is not None
    assert copy.owner.name == "Анна Кузнецова"
    pairs = [[(phone.digits, phone.keys) for phone in row.phones.all()] for row in (copy, full)]
    assert pairs[0] == pairs[1]
    assert Consent.objects.filter(account=stranger.account, state="withdrawn", date=date(2026, 11, 1)).exists()
    assert DoNotCall.objects.filter(account=stranger.account).exists()


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
