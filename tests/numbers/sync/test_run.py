"""One run: what it brings over, what it leaves alone, and why it may end early."""

from collections.abc import Callable
from typing import Any

import pytest
from support import people
from support.catalogues import lists, number_row
from support.presses import connect
from support.simulator import SEVER
from support.wire_server import WireServer

from clickcall.models import Account, BlacklistEntry, Employee, MediaFile, Points, Synchronisation, Tag, VirtualNumber
from clickcall.numbers.sync import Counts, synchronise
from clickcall.simulator import Simulator
from clickcall.simulator.config import Employee as Person
from clickcall.simulator.config import Media, Number, Scenario
from clickcall.simulator.config import Tag as Mark
from clickcall.simulator.config import Token as Key

Provider = Callable[..., Simulator]
Scripted = Callable[..., WireServer]
LISTS = ("numbers", "media", "employees", "tags", "blacklist")
NOTHING = {name: Counts() for name in LISTS}


def asked(simulator: Simulator) -> list[str]:
    return [line["method"] for line in simulator.journal() if line["type"] == "request"]


def of(account: Account, digits: str = "74993720692") -> VirtualNumber:
    return VirtualNumber.objects.get(account=account, digits=digits)


def row_of(account: Account) -> Synchronisation:
    return Synchronisation.objects.get(account=account)


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


def test_a_refusal_ends_the_run_and_the_next_one_comes_soon(provider: Provider, account: Account) -> None:
    provider(allowed_ips=("203.0.113.7",))
    result = synchronise(account)
    assert (result.problem, result.is_whole, result.counts) == ("ip_not_whitelisted", False, {})
    row = row_of(account)
    assert (row.problem, row.lease_until, row.finished_at, row.step) == ("ip_not_whitelisted", None, None, "")
    assert 0 < (row.next_at - row.started_at).total_seconds() < 400 if row.started_at else False


def test_a_provider_out_of_reach_is_a_problem_in_words_of_the_wire(account: Account, closed_wire: None) -> None:
    people.make_token(account)
    assert synchronise(account).problem == "refused"


def test_without_a_key_nobody_is_asked(account: Account) -> None:
    assert synchronise(account).problem == "no_key"


def test_a_key_that_is_dead_leaves_it_to_the_next(provider: Provider, account: Account) -> None:
    provider()
    people.make_token(account, "dead-key-0123456789abcdef", name="first")
    account.tokens.filter(name="main").update(position=1)
    assert synchronise(account).is_whole


def test_a_key_for_calls_alone_is_passed_over_and_not_taken_for_dead(provider: Provider, account: Account) -> None:
    calls_alone, for_data = Key("only-for-calls-0123456789", rights=("call",)), Key(SEVER, rights=("data",))
    provider(tokens=(calls_alone, for_data))
    account.tokens.update(position=1, last_error="forbidden")
    people.make_token(account, calls_alone.value, name="calls", position=0)
    assert synchronise(account).is_whole
    assert dict(account.tokens.values_list("name", "last_error")) == {"calls": "", "main": "forbidden"}


def test_without_any_right_to_data_nothing_is_asked(provider: Provider, account: Account) -> None:
    provider(tokens=(Key(SEVER, rights=("call",)),))
    assert synchronise(account).problem == "forbidden"
    assert account.tokens.get().last_error == ""


def test_a_list_that_no_key_may_read_stops_no_other(scripted: Scripted, account: Account) -> None:
    scripted(lists(virtual_numbers=[number_row()], no={"get.tags": "forbidden"}))
    result = synchronise(account)
    assert (result.problem, result.incomplete, result.counts["numbers"].added) == ("", ["tags"], 1)
    assert account.tokens.get().last_error == ""


def test_an_old_whole_run_is_remembered_when_the_next_one_fails(provider: Provider, account: Account) -> None:
    provider()
    synchronise(account)
    whole = row_of(account)
    provider(inactive=True)
    assert synchronise(account).problem == "account_inactive"
    row = row_of(account)
    assert (row.finished_at, row.counts, row.problem) == (whole.finished_at, whole.counts, "account_inactive")


def test_points_of_the_reserve_are_left_to_presses(provider: Provider, account: Account) -> None:
    simulator = provider(minute_limit=4)
    result = synchronise(account)
    assert result.problem == "points_low"
    assert asked(simulator) == ["get.account", "get.virtual_numbers", "get.media_files"]
    assert set(result.counts) == {"numbers", "media"}
    assert Points.objects.get().minute_remaining == 1
    assert (row_of(account).next_at - row_of(account).started_at).total_seconds() <= 61  # type: ignore[operator]


def test_points_run_low_in_the_middle_of_a_list_and_it_is_left_as_it_was(provider: Provider, account: Account) -> None:
    crowd = tuple(Person(place, f"Person {place}") for place in range(1, 2301))
    simulator = provider(minute_limit=6, employees=crowd)
    assert synchronise(account).problem == "points_low"
    assert asked(simulator).count("get.employees") == 2
    assert not Employee.objects.exists()


def test_a_mistake_of_our_own_lets_the_next_run_begin(
    provider: Provider, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    provider()
    monkeypatch.setattr("clickcall.numbers.sync.run.apply", stumble)
    with pytest.raises(ZeroDivisionError):
        synchronise(account)
    assert (row_of(account).problem, row_of(account).lease_until) == ("failed", None)
