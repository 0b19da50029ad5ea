"""One run: what it brings over, what it leaves alone, and why it may end early."""

from typing import Any

import pytest
from support import people
from support.catalogues import Provider, Scripted, asked, lists, number_row, row_of
from support.presses import connect

from clickcall.models import Account, BlacklistEntry, Employee, MediaFile, Tag, VirtualNumber
from clickcall.numbers.sync import Counts, synchronise
from clickcall.simulator.config import Employee as Person
from clickcall.simulator.config import Media, Number, Scenario
from clickcall.simulator.config import Tag as Mark

LISTS = ("numbers", "media", "employees", "tags", "blacklist")
NOTHING = {name: Counts() for name in LISTS}


def of(account: Account, digits: str = "74993720692") -> VirtualNumber:
    return VirtualNumber.objects.get(account=account, digits=digits)


def test_everything_that_the_provider_keeps_is_brought_over(provider: Provider, account: Account) -> None:
    provider(
        name="Северный ветер",
        tags=(Mark(7, "Lead", is_system=True),),
        blacklist=("79991112233",),
        employees=(Person(1, "Анна", ("0486101", "79260001122"), "101", email="anna@sever.example"),),
    )
    steps: list[tuple[str, int, int]] = []
    result = synchronise(account, progress=lambda *step: steps.append(step))
    assert result.is_whole
    assert {name: one.added for name, one in result.counts.items()} == dict(zip(LISTS, (5, 2, 1, 1, 1), strict=True))
    account.refresh_from_db()
    assert (account.provider_name, account.app_id, account.timezone) == ("Северный ветер", "4861", "Europe/Moscow")
    number = of(account)
    assert (number.name, number.status, number.kind, number.category) == ("Москва, Анна", "active", "va", "usual")
    assert (number.has_scenario, number.enabled, number.scenarios[0]["name"]) == (True, True, "Москва, Анна")
    assert number.synced_at is not None
    assert of(account, "78123098765").has_scenario is False
    media = MediaFile.objects.get(provider_id="1")
    assert (media.name, media.kind, media.duration, media.size) == ("Музыка переадресации", "system", 30, 480_000)
    assert media.play_link.startswith("http")
    person = Employee.objects.get()
    assert (person.provider_id, person.name, person.email, person.extension) == (
        "1",
        "Анна",
        "anna@sever.example",
        "101",
    )
    assert person.phones == ["0486101", "79260001122"]
    assert (Tag.objects.get().name, Tag.objects.get().is_system) == ("Lead", True)
    assert BlacklistEntry.objects.get().digits == "79991112233"
    assert steps == [(name, done, 6) for done, name in enumerate(("account", *LISTS))]


def test_the_same_again_changes_nothing(provider: Provider, account: Account) -> None:
    provider()
    synchronise(account)
    assert synchronise(account).counts == NOTHING


def test_what_is_gone_is_marked_and_what_is_back_is_taken_back(provider: Provider, account: Account) -> None:
    everything = provider()
    there = {name: one.added for name, one in synchronise(account).counts.items()}
    assert min(there.values()) > 0
    provider(numbers=(), media=(), employees=(), tags=(), blacklist=())
    assert {name: one.gone for name, one in synchronise(account).counts.items()} == there
    assert not VirtualNumber.objects.filter(gone_at=None).exists()
    assert synchronise(account).counts == NOTHING
    connect(account, everything.url)
    assert {name: one.changed for name, one in synchronise(account).counts.items()} == there
    assert VirtualNumber.objects.filter(gone_at=None).count() == there["numbers"]
    assert MediaFile.objects.playable().count() == there["media"]


def test_a_name_that_a_person_gave_is_kept_and_an_empty_one_is_filled(provider: Provider, account: Account) -> None:
    people.make_number(account, "74993720692", name="Front desk")
    people.make_number(account, "74951045771", name="")
    provider()
    counts = synchronise(account).counts["numbers"]
    assert (of(account).name, of(account, "74951045771").name) == ("Front desk", "Москва, Олег")
    assert (counts.added, counts.changed) == (3, 2)


@pytest.mark.parametrize(
    ("fields", "enabled", "trouble"),
    [
        ({}, True, ""),
        ({"status": "manual_lock"}, False, "off"),
        ({"status": "reserved"}, False, "off"),
        ({"type": "call_tracking"}, False, "call_tracking"),
        ({"type": "dynamic_call_tracking"}, False, "call_tracking"),
        ({"scenarios": (Scenario("Night", is_active=False),)}, True, "no_scenario"),
        ({"scenarios": (Scenario("Night", is_active=False), Scenario("Day"))}, True, ""),
    ],
)
def test_a_new_number_is_used_only_if_it_can_be_called_from(
    provider: Provider, account: Account, adam: Any, fields: dict[str, Any], enabled: bool, trouble: str
) -> None:
    provider(numbers=(Number("74993720692", **fields),))
    synchronise(account)
    assert (of(account).enabled, of(account).trouble) == (enabled, trouble)
    assert VirtualNumber.objects.usable_by(adam).exists() == (not trouble)


def test_a_number_that_was_stopped_here_stays_stopped(provider: Provider, account: Account) -> None:
    people.make_number(account, "74993720692", enabled=False)
    provider()
    synchronise(account)
    assert not of(account).enabled


def test_another_accounts_rows_are_left_alone(provider: Provider, account: Account, stranger: Any) -> None:
    theirs = people.make_number(stranger.account, "74951234567")
    provider()
    synchronise(account)
    theirs.refresh_from_db()
    assert theirs.gone_at is None


@pytest.mark.parametrize("zone", ["Asia/Kamchatka", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_accounts_zone_is_the_providers(provider: Provider, account: Account, zone: str) -> None:
    provider(timezone=zone)
    assert synchronise(account).is_whole
    account.refresh_from_db()
    assert account.timezone == zone


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", None, 3, "europe/moscow", "../etc/passwd"])
def test_a_zone_that_does_not_exist_is_ignored(scripted: Scripted, account: Account, zone: Any) -> None:
    scripted(lists(account=[{"app_id": 5, "name": None, "timezone": zone}]))
    assert synchronise(account).is_whole
    account.refresh_from_db()
    assert (account.timezone, account.app_id) == ("Europe/Moscow", "5")


def test_lists_longer_than_a_page_come_whole(provider: Provider, account: Account) -> None:
    simulator = provider(employees=tuple(Person(place, f"Person {place}") for place in range(1, 2301)), numbers=())
    assert synchronise(account).counts["employees"] == Counts(added=2300)
    assert asked(simulator).count("get.employees") == 3
    assert synchronise(account).counts["employees"] == Counts()


def test_a_list_that_did_not_come_whole_changes_nothing_and_stops_no_other(
    scripted: Scripted, account: Account
) -> None:
    people.make_number(account, "74951045771")
    five = [{"id": place, "name": "Lead"} for place in range(5)]
    scripted(lists(total=5, tags=five, virtual_numbers=[number_row()]))
    result = synchronise(account)
    assert result.counts["tags"] == Counts(added=5)
    assert result.counts["numbers"] == Counts(problem="incomplete")
    assert (result.incomplete, result.is_whole) == (["numbers", "media", "employees", "blacklist"], False)
    assert VirtualNumber.objects.get().gone_at is None


def test_a_list_that_moved_between_two_pages_proves_nobody_gone(scripted: Scripted, account: Account) -> None:
    known = people.make_number(account, "74951045771")
    scripted(lists(virtual_numbers=[number_row(), number_row()]))
    assert synchronise(account).counts["numbers"] == Counts(problem="incomplete")
    known.refresh_from_db()
    assert known.gone_at is None
    assert not VirtualNumber.objects.filter(digits="74993720692").exists()


@pytest.mark.parametrize("mnemonic", ["component_disabled", "method_component_disabled", "method_not_found"])
def test_a_list_that_was_not_bought_stops_no_other(scripted: Scripted, account: Account, mnemonic: str) -> None:
    scripted(lists(virtual_numbers=[number_row()], no={"get.blacklist_phone_numbers": mnemonic, "get.tags": mnemonic}))
    result = synchronise(account)
    assert (result.is_whole, result.counts["numbers"].added) == (True, 1)
    assert result.counts["tags"] == Counts(problem=mnemonic)
    assert row_of(account).counts["tags"]["problem"] == mnemonic


def test_media_gone_from_the_demo_come_back_with_what_the_provider_says(provider: Provider, account: Account) -> None:
    known = MediaFile.objects.create(account=account, provider_id="237", name="Typed in", kind="system")
    provider(media=(Media("237", "Hello", duration=7),))
    assert synchronise(account).counts["media"] == Counts(changed=1)
    known.refresh_from_db()
    assert (known.name, known.kind, known.duration) == ("Hello", "user", 7)
