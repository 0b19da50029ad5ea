"""Keyset paging against a plain sort."""

import base64
import itertools
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import people

from clickcall.models import Account, Call, Contact, ContactList
from clickcall.web.paging import Page, decode, encode, keyset

BY_NAME = ("name_key", "id")
FALLING = ("-name_key", "-id")
slow_setup = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fill(leads: ContactList, names: list[str]) -> None:
    Contact.objects.all().delete()
    Contact.objects.bulk_create(
        Contact(account=leads.account, list=leads, name=name, name_key=name, search_text="") for name in names
    )


def pages(order: tuple[str, str], size: int) -> list[Page[Contact]]:
    """All pages, by walking the cursors."""
    found = [keyset(Contact.objects.all(), order=order, size=size)]
    while found[-1].after:
        found.append(keyset(Contact.objects.all(), order=order, after=found[-1].after, size=size))
        assert len(found) < 50
    return found


@slow_setup
@given(
    names=st.lists(st.sampled_from(["", "а", "б", "в", "ё", "z", "Z", "a'b", "🙂"]), max_size=14),
    size=st.integers(1, 6),
    order=st.sampled_from([BY_NAME, FALLING]),
)
def test_walking_visits_every_row_once_in_order_and_comes_back(
    leads: ContactList, names: list[str], size: int, order: tuple[str, str]
) -> None:
    fill(leads, names)
    walked = pages(order, size)
    assert [row for page in walked for row in page.rows] == list(Contact.objects.order_by(*order))
    assert walked[0].before == walked[-1].after == ""
    for earlier, page in itertools.pairwise(walked):
        back = keyset(Contact.objects.all(), order=order, before=page.before, size=size)
        assert back == earlier


def test_a_row_that_comes_in_between_shifts_nothing(leads: ContactList) -> None:
    fill(leads, ["a", "b", "c", "d"])
    first = keyset(Contact.objects.all(), order=BY_NAME, size=2)
    people.make_contact(leads, "aa")
    second = keyset(Contact.objects.all(), order=BY_NAME, after=first.after, size=2)
    assert [row.name for row in second.rows] == ["c", "d"]


def test_times_are_compared_to_the_microsecond(account: Account) -> None:
    moment = now()
    for number in range(3):
        Call.objects.create(
            account=account, origin="other", dispatch="", requested_at=moment, call_session_id=str(number)
        )
    order = ("-requested_at", "-id")
    page = keyset(Call.objects.all(), order=order, size=2)
    rest = keyset(Call.objects.all(), order=order, after=page.after, size=2)
    assert [call.call_session_id for call in (*page.rows, *rest.rows)] == ["2", "1", "0"]


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode().rstrip("=")


GARBAGE = {
    "not base64": "§§§",
    "half a byte": "a",
    "not JSON": encoded("hello"),
    "no list": encoded('{"a": 1}'),
    "a word": encoded('"ab"'),
    "too few": encode(["b"]),
    "too many": encode(["b", 1, 2]),
    "null": encode([None, None]),
    "no number": encode(["b", "x"]),
    "a list": encode(["b", [1]]),
    "an object": encode(["b", {"a": 1}]),
    "a number beyond any number": encoded('["b", 1e999]'),
    "no number at all": encoded('["b", NaN]'),
    "more digits than Python reads": encoded('["b", ' + "9" * 5000 + "]"),
    "half a character": encoded('["\\ud83d", 1]'),
    "bytes that are no text": base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    "a deep nest": encoded("[" * 5000),
}


@pytest.mark.parametrize("cursor", GARBAGE.values(), ids=GARBAGE)
@pytest.mark.parametrize("side", ["after", "before"])
@pytest.mark.parametrize("order", [BY_NAME, FALLING])
def test_a_broken_cursor_shows_the_first_page(
    leads: ContactList, cursor: str, side: str, order: tuple[str, str]
) -> None:
    fill(leads, ["a", "b", "c", "d"])
    shown = keyset(Contact.objects.all(), order=order, size=2, **{side: cursor})
    assert shown == keyset(Contact.objects.all(), order=order, size=2)


@pytest.mark.parametrize("side", ["after", "before"])
def test_a_cursor_of_another_list_shows_the_first_page(account: Account, side: str) -> None:
    Call.objects.create(account=account, origin="other", dispatch="", call_session_id="1")
    shown = keyset(Call.objects.all(), order=("-requested_at", "-id"), **{side: encode(["Иван", 3])})
    assert len(shown.rows) == 1


@pytest.mark.parametrize("side", ["after", "before"])
def test_a_row_number_beyond_any_row_is_a_place_like_any_other(leads: ContactList, side: str) -> None:
    fill(leads, ["a", "b", "c", "d"])
    shown = keyset(Contact.objects.all(), order=BY_NAME, **{side: encode(["b", 10**30])})
    assert [row.name for row in shown.rows] == {"after": ["c", "d"], "before": ["a", "b"]}[side]


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_cursors(text: str) -> None:
    values = decode(text, 2)
    assert values is None or len(values) == 2


@given(st.text(max_size=20), st.integers())
def test_a_cursor_says_what_was_put_in(name: str, number: int) -> None:
    cursor = encode([name, number])
    assert decode(cursor, 2) == [name, number]
    assert "=" not in cursor


def test_nothing_has_no_neighbours(account: Account) -> None:
    assert keyset(Contact.objects.all(), order=BY_NAME) == Page(rows=[], after="", before="")


def test_a_page_is_one_query_that_uses_the_index(leads: ContactList) -> None:
    fill(leads, [f"n{number:02}" for number in range(20)])
    mine: Any = Contact.objects.filter(account=leads.account, archived_at=None)
    first = keyset(mine, order=BY_NAME, size=5)
    with CaptureQueriesContext(connection) as queries:
        keyset(mine, order=BY_NAME, after=first.after, size=5)
    assert len(queries) == 1
    assert "OFFSET" not in queries[0]["sql"]
    assert json.loads(base64.urlsafe_b64decode(first.after + "==="))[0] == "n04"
