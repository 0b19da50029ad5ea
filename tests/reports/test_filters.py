"""Filters of the log: what they find, what they refuse, and that indexes answer them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from support import people

from clickcall.models import Account, Call, ContactList, Member, Status
from clickcall.reports import queries
from clickcall.reports.groups import GROUPS
from clickcall.web.paging import encode

MakeCall = Callable[..., Call]
SignIn = Callable[..., Client]
NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # in Moscow


@pytest.fixture
def find(maria: Member, as_: SignIn) -> Callable[..., list[Call]]:
    client = as_(maria)

    def found(**wishes: Any) -> list[Call]:
        return [row.call for row in client.get(reverse("reports:log"), wishes).context["rows"]]

    return found


def test_a_day_is_the_accounts_calendar_day(anna: Member, make_call: MakeCall, find: Callable[..., list[Call]]) -> None:
    first = make_call(anna, requested_at=datetime(2026, 11, 19, 21, 0, tzinfo=UTC))  # 20 Nov, 0:00 in Moscow
    last = make_call(anna, requested_at=datetime(2026, 11, 20, 20, 59, 59, tzinfo=UTC))
    make_call(anna, requested_at=datetime(2026, 11, 19, 20, 59, 59, tzinfo=UTC))
    make_call(anna, requested_at=datetime(2026, 11, 20, 21, 0, tzinfo=UTC))
    assert find(since="2026-11-20", till="2026-11-20") == [last, first]


def test_one_member_one_number_one_outcome(
    anna: Member, boris: Member, make_call: MakeCall, find: Callable[..., list[Call]]
) -> None:
    other = people.make_number(anna.account, "78120000010")
    wanted = make_call(anna, status=Status.BUSY)
    make_call(boris, status=Status.BUSY)
    make_call(anna, status=Status.BUSY, number=other)
    make_call(anna)
    assert find(member=anna.pk, number=wanted.number_id, status="not_reached") == [wanted]


def test_every_status_has_one_tab() -> None:
    statuses = [status for _label, group in GROUPS.values() for status in group]
    assert sorted(statuses) == sorted(Status)


@pytest.mark.parametrize(
    "text",
    [
        "петров",
        "ПЕТРОВ иван",
        "ромашка",
        "+7 (926) 000",
        "8 926 000-00-00",
        "79260000000",
        "5412908377104",
        "5 412 908 377 104",
        "press-of-anna",
    ],
)
def test_a_call_is_found_by_what_people_know_of_it(
    anna: Member, leads: ContactList, make_call: MakeCall, find: Callable[..., list[Call]], text: str
) -> None:
    ivan = people.make_contact(leads, "Иван Петров", company="ООО «Ромашка»")
    wanted = make_call(anna, contact=ivan, call_session_id="5412908377104", external_id="press-of-anna")
    other = people.make_contact(leads, "Олег Сидоров", "79160000001")
    make_call(anna, contact=other, contact_phone="79160000001", call_session_id="5412908377105")
    assert find(q=text) == [wanted]


def test_a_dialled_phone_without_a_contact_is_found(
    anna: Member, make_call: MakeCall, find: Callable[..., list[Call]]
) -> None:
    wanted = make_call(anna, contact_phone="79160000001")
    make_call(anna)
    assert find(q="8 (916) 000") == [wanted]
    assert find(q="%") == []


def test_the_text_finds_no_contact_of_another_account(
    stranger: Member, anna: Member, make_call: MakeCall, find: Callable[..., list[Call]]
) -> None:
    theirs = people.make_contact(people.make_list(stranger.account), "Иван Петров")
    make_call(stranger, contact=theirs)
    assert find(q="Иван Петров") == []


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"since": "yesterday"}, "since"),
        ({"since": "0001-01-01"}, "since"),
        ({"till": "9999-12-31"}, "till"),
        ({"since": "2026-11-20", "till": "2026-11-19"}, "till"),
        ({"member": "999999"}, "member"),
        ({"number": "x"}, "number"),
        ({"status": "answered"}, "status"),
        ({"q": "x" * 101}, "q"),
    ],
)
def test_a_filter_that_makes_no_sense_says_so_and_narrows_nothing(
    maria: Member, anna: Member, make_call: MakeCall, as_: SignIn, wishes: dict[str, str], field: str
) -> None:
    make_call(anna, requested_at=datetime(2026, 11, 21, tzinfo=UTC))
    response = as_(maria).get(reverse("reports:log"), wishes)
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"].errors[field][0] in response.content.decode().replace("&quot;", '"')
    assert len(response.context["rows"]) == 1


def test_members_and_numbers_of_other_accounts_are_no_choice(
    maria: Member, stranger: Member, anna: Member, make_call: MakeCall, as_: SignIn
) -> None:
    theirs = people.make_number(stranger.account, "78120000010")
    make_call(anna)
    response = as_(maria).get(reverse("reports:log"), {"member": stranger.pk, "number": theirs.pk})
    assert sorted(response.context["form"].errors) == ["member", "number"]
    assert "Stranger" not in response.content.decode()


def test_nothing_found_offers_all_calls_again(maria: Member, as_: SignIn) -> None:
    html = as_(maria).get(reverse("reports:log"), {"status": "talked"}).content.decode()
    assert "No such calls" in html
    assert f'href="{reverse("reports:log")}"' in html


def plan_of(account: Account, member: Member, wishes: dict[str, Any], **cursor: str) -> str:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        queries.log(member, wishes, only_mine=False, **cursor)
    sql = next(query["sql"] for query in captured if 'FROM "clickcall_call"' in query["sql"])
    with connection.cursor() as cursor_:
        cursor_.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(row[3] for row in cursor_.fetchall())


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("names", "index"),
    [
        ((), "call_log"),
        (("since", "till"), "call_log"),
        (("member",), "call_log_of_member"),
        (("since", "till", "member"), "call_log_of_member"),
    ],
)
def test_an_index_answers_in_order(
    maria: Member, anna: Member, make_call: MakeCall, names: tuple[str, ...], index: str, deep: bool
) -> None:
    make_call(anna)
    all_wishes = {"since": date(2026, 11, 1), "till": date(2026, 11, 30), "member": anna}
    cursor = {"after": encode([NOON.isoformat(), 1])} if deep else {}
    plan = plan_of(maria.account, maria, {name: all_wishes[name] for name in names}, **cursor)
    assert f"USING INDEX {index} (" in plan
    assert "SCAN clickcall_call" not in plan
    assert "TEMP B-TREE" not in plan


def test_a_deep_page_begins_at_its_cursor_and_not_at_the_last_day(
    maria: Member, anna: Member, make_call: MakeCall
) -> None:
    cursor = encode([NOON.isoformat(), 1])
    with CaptureQueriesContext(connection) as captured:
        queries.log(maria, {"till": NOON.date() + timedelta(days=9)}, only_mine=False, after=cursor)
    assert "2026-11-29" not in captured[-1]["sql"]
