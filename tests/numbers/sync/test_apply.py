"""Rows as providers write them on a bad day: nulls, unknown fields, other types, nothing that says which row it is."""

from collections.abc import Callable
from typing import Any

import pytest
from support import people
from support.catalogues import lists, number_row
from support.wire_server import WireServer, success

from clickcall.models import Account, BlacklistEntry, Employee, MediaFile, Tag, VirtualNumber
from clickcall.numbers.sync import Counts, synchronise

Scripted = Callable[..., WireServer]
NAMES = ["virtual_phone_number", "name", "comment", "status", "category", "type", "scenarios"]


def fetched(scripted: Scripted, ours: Account, /, **rows: Any) -> dict[str, Counts]:
    scripted(lists(**rows))
    return synchronise(ours).counts


def test_nulls_and_unknown_fields_survive(scripted: Scripted, account: Account) -> None:
    empty = {"id": 1, **dict.fromkeys(NAMES), "virtual_phone_number": "74993720692", "new_field": {"a": [1]}}
    counts = fetched(
        scripted,
        account,
        virtual_numbers=[empty],
        media_files=[
            {"id": "237", "name": None, "duration": None, "size": "x", "play_link": "javascript:1", "type": 3}
        ],
        employees=[{"id": 5, "full_name": None, "phone_numbers": None, "status": None, "extension": None}],
        tags=[{"id": 9, "name": None, "is_system": None}],
        blacklist_phone_numbers=[{"id": 2, "phone_number": 79991112233, "comment": None}],
    )
    assert {name: one.added for name, one in counts.items()} == dict.fromkeys(counts, 1)
    number = VirtualNumber.objects.get()
    assert (number.status, number.scenarios, number.has_scenario, number.trouble) == ("", [], None, "")
    media = MediaFile.objects.get()
    assert (media.kind, media.duration, media.size, media.play_link) == ("user", None, None, "")
    assert (Employee.objects.get().phones, Tag.objects.get().is_system) == ([], False)
    assert BlacklistEntry.objects.get().digits == "79991112233"


def test_what_the_provider_is_silent_about_stays_known(scripted: Scripted, account: Account) -> None:
    fetched(scripted, account, virtual_numbers=[number_row()])
    fetched(scripted, account, virtual_numbers=[number_row(scenarios=None)])
    number = VirtualNumber.objects.get()
    assert (number.has_scenario, number.scenarios) == (True, [{"id": "1", "name": "Anna", "is_active": True}])


@pytest.mark.parametrize(
    ("scenarios", "has_one"),
    [
        ([], False),
        ([{"scenario_id": 1, "is_active": "false"}], False),
        ([{"scenario_id": 1, "is_active": "true"}], True),
        ([{"scenario_id": 1}], True),
        ([None, "x"], False),
    ],
)
def test_a_number_rings_if_any_scenario_is_active(
    scripted: Scripted, account: Account, scenarios: list[Any], has_one: bool
) -> None:
    fetched(scripted, account, virtual_numbers=[number_row(scenarios=scenarios)])
    assert VirtualNumber.objects.get().has_scenario is has_one


def test_phones_of_an_employee_may_be_objects(scripted: Scripted, account: Account) -> None:
    phones = [{"phone_number": "0486101"}, "+7 926 000-11-22", None, {}, 79260001133]
    extension = {"extension_phone_number": "101"}
    fetched(scripted, account, employees=[{"id": 5, "phone_numbers": phones, "extension": extension}])
    person = Employee.objects.get()
    assert (person.phones, person.extension) == (["0486101", "79260001122", "79260001133"], "101")


def test_texts_are_no_longer_than_their_columns(scripted: Scripted, account: Account) -> None:
    fetched(
        scripted,
        account,
        account=[{"app_id": "9" * 60, "name": "x" * 999, "timezone": "Asia/Kamchatka"}],
        virtual_numbers=[number_row(name="x" * 999, status="y" * 99, category="z" * 999)],
        employees=[{"id": "7" * 60, "full_name": "x" * 999, "status": "y" * 999, "extension": "1" * 99}],
    )
    assert (len(VirtualNumber.objects.get().name), len(Employee.objects.get().name)) == (100, 200)
    assert fetched(scripted, account, virtual_numbers=[number_row(name="x" * 999)])["numbers"].added == 0


def test_a_row_that_cannot_be_read_is_not_gone(scripted: Scripted, account: Account) -> None:
    fetched(scripted, account, virtual_numbers=[number_row(id=1), number_row("74951045771", id=2)])
    counts = fetched(scripted, account, virtual_numbers=[{"id": 1, "virtual_phone_number": None}])
    assert counts["numbers"] == Counts(gone=1)
    assert VirtualNumber.objects.get(gone_at=None).provider_id == "1"


def test_a_row_that_says_nothing_about_itself_could_be_any(scripted: Scripted, account: Account) -> None:
    people.make_number(account, "74993720692")
    assert fetched(scripted, account, virtual_numbers=[{"id": None, "name": "?"}])["numbers"] == Counts()
    assert VirtualNumber.objects.get().gone_at is None


def test_an_id_that_got_another_number_leaves_the_old_one_gone(scripted: Scripted, account: Account) -> None:
    fetched(scripted, account, virtual_numbers=[number_row(id=1)])
    counts = fetched(scripted, account, virtual_numbers=[number_row("74951045771", id=1)])
    assert counts["numbers"] == Counts(added=1, gone=1)


def test_one_phone_twice_on_the_blacklist_is_one_entry(scripted: Scripted, account: Account) -> None:
    twice = [{"id": place, "phone_number": "79991112233"} for place in (1, 2)]
    assert fetched(scripted, account, blacklist_phone_numbers=twice)["blacklist"] == Counts(added=1)


@pytest.mark.parametrize("data", [{}, None, "x", [1, 2]])
def test_an_answer_that_is_no_list_is_not_an_empty_list(scripted: Scripted, account: Account, data: Any) -> None:
    people.make_number(account, "74993720692")
    usual = lists()

    def script(seen: Any, sock: Any) -> None:
        if seen.call["method"] == "get.virtual_numbers":
            sock.sendall(success(seen, data, {"total_items": 0}))
        else:
            usual(seen, sock)

    scripted(script)
    assert synchronise(account).problem == "no_data"
    assert VirtualNumber.objects.get().gone_at is None
