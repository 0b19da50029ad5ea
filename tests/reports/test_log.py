"""The call log: every call once, newest first, by right."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clickcall.models import Call, Contact, Member, Origin, Status
from clickcall.web.paging import encode

MakeCall = Callable[..., Call]
SignIn = Callable[..., Client]
NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # in Moscow


def test_a_manager_reads_who_called_whom_and_what_came_of_it(
    maria: Member, anna: Member, ivan: Contact, make_call: MakeCall, as_: SignIn
) -> None:
    made = make_call(anna, contact=ivan, requested_at=NOON)
    html = as_(maria).get(reverse("reports:log")).content.decode()
    for text in ("Анна Кузнецова →", "Иван Петров", "ООО «Ромашка»", "Talked", "3:05", "12:00", "MSK"):
        assert text in html
    assert reverse("reports:call", args=[made.pk]) in html


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": Status.NO_ANSWER, "wait_duration": 32, "talk_duration": None}, "waited 0:32"),
        ({"status": Status.YOU_MISSED, "talk_duration": None}, "the client was not called"),
        ({"status": Status.SOMEBODY_ELSE, "answered_by": "Олег"}, "Олег"),
        ({"status": Status.REFUSED, "dispatch": "refused", "cause": "scenario_not_found"}, "this number rings nobody"),
        ({"status": Status.UNKNOWN, "dispatch": "unknown", "is_final": False}, "the answer of UIS got lost"),
        ({"status": Status.NOT_PLACED, "dispatch": "not_placed"}, "checked with UIS"),
        ({"status": Status.NOT_SENT, "dispatch": "not_sent", "cause": "dns"}, "no connection to UIS"),
    ],
)
def test_every_outcome_says_what_happened(
    maria: Member, anna: Member, make_call: MakeCall, as_: SignIn, fields: dict[str, Any], words: str
) -> None:
    make_call(anna, **fields)
    assert words in as_(maria).get(reverse("reports:log")).content.decode()


def test_an_inbound_call_reads_from_the_contact_to_us(
    maria: Member, anna: Member, ivan: Contact, make_call: MakeCall, as_: SignIn
) -> None:
    make_call(anna, contact=ivan, origin=Origin.INBOUND, external_id=None, dispatch="", call_session_id="7")
    html = as_(maria).get(reverse("reports:log")).content.decode()
    assert "Иван Петров →" in html
    assert "inbound" in html


def test_a_dialled_number_is_shown_where_there_is_no_name(
    maria: Member, anna: Member, make_call: MakeCall, as_: SignIn
) -> None:
    make_call(anna)
    assert "<strong>+7 926 000-00-00</strong>" in as_(maria).get(reverse("reports:log")).content.decode()


def test_sales_have_their_own_calls_and_not_the_log(
    anna: Member, boris: Member, make_call: MakeCall, as_: SignIn
) -> None:
    own, other = make_call(anna), make_call(boris)
    client = as_(anna)
    assert client.get(reverse("reports:log")).status_code == 403
    html = client.get(reverse("reports:mine")).content.decode()
    assert reverse("reports:call", args=[own.pk]) in html
    assert reverse("reports:call", args=[other.pk]) not in html


def test_my_calls_of_a_manager_are_the_managers_own(
    maria: Member, anna: Member, make_call: MakeCall, as_: SignIn
) -> None:
    own = make_call(maria)
    make_call(anna)
    assert [row.call for row in as_(maria).get(reverse("reports:mine")).context["rows"]] == [own]


def test_my_calls_leave_the_room_of_my_name_to_those_who_were_called(
    anna: Member, ivan: Contact, make_call: MakeCall, as_: SignIn
) -> None:
    make_call(anna, contact=ivan)
    assert ">You →<" in as_(anna).get(reverse("reports:mine")).content.decode()


def test_a_stranger_sees_nothing_of_ours(stranger: Member, anna: Member, make_call: MakeCall, as_: SignIn) -> None:
    make_call(anna)
    for name in ("log", "mine"):
        html = as_(stranger).get(reverse(f"reports:{name}")).content.decode()
        assert "No calls yet" in html
        assert "Анна" not in html


@pytest.mark.parametrize("name", ["log", "mine"])
def test_who_is_not_signed_in_is_asked_to(client: Client, db: None, name: str) -> None:
    assert client.get(reverse(f"reports:{name}")).status_code == 302


@pytest.mark.parametrize(
    ("who", "wishes"),
    [("adam", {"since": "2026-01-01", "status": "talked"}), ("maria", {"q": "иван", "since": "2026-01-01"})],
)
def test_the_number_of_questions_to_the_database_does_not_grow_with_the_calls(
    request: pytest.FixtureRequest,
    ivan: Contact,
    make_call: MakeCall,
    as_: SignIn,
    django_assert_max_num_queries: Any,
    who: str,
    wishes: dict[str, str],
) -> None:
    member = request.getfixturevalue(who)
    for _call in range(30):
        made = make_call(member, contact=ivan)
    client = as_(member)
    with django_assert_max_num_queries(12):
        response = client.get(reverse("reports:log"), {**wishes, "member": member.pk, "number": made.number_id})
    assert len(response.context["rows"]) == 30


def test_all_calls_are_reached_page_by_page_and_back(
    maria: Member, anna: Member, make_call: MakeCall, as_: SignIn
) -> None:
    made = [make_call(anna, requested_at=NOON - timedelta(seconds=i // 2)).pk for i in range(120)]
    client, after, seen = as_(maria), "", []
    for _page in range(3):
        page = client.get(reverse("reports:log"), {"after": after, "till": "2026-11-20"}).context["page"]
        seen += [call.pk for call in page.rows]
        after = page.after
    assert (sorted(seen), len(seen), after) == (sorted(made), 120, "")
    back = client.get(reverse("reports:log"), {"before": page.before, "since": "2026-11-20"}).context["page"]
    assert [call.pk for call in back.rows] == seen[50:100]


def test_paging_keeps_the_filters(maria: Member, anna: Member, make_call: MakeCall, as_: SignIn) -> None:
    for _call in range(51):
        make_call(anna)
    html = as_(maria).get(reverse("reports:log"), {"status": "talked", "member": anna.pk}).content.decode()
    assert f"status=talked&amp;member={anna.pk}&amp;after=" in html


@pytest.mark.parametrize("cursor", ["nonsense", encode(["Иван", 3]), encode(["2026-13-45T00:00:00", 3])])
def test_a_broken_cursor_shows_the_first_page_within_the_filters(
    maria: Member, anna: Member, make_call: MakeCall, as_: SignIn, cursor: str
) -> None:
    make_call(anna, requested_at=NOON)
    old = make_call(anna, requested_at=NOON - timedelta(days=5))
    response = as_(maria).get(reverse("reports:log"), {"after": cursor, "till": "2026-11-18"})
    assert [row.call for row in response.context["rows"]] == [old]
