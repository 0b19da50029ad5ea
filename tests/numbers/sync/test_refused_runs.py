"""Runs that a provider, a key or the points left stopped."""

import pytest
from support import people
from support.catalogues import Provider, Scripted, asked, lists, number_row, row_of
from support.simulator import SEVER

from clickcall.models import Account, Employee, Points
from clickcall.numbers.sync import synchronise
from clickcall.simulator.config import Employee as Person
from clickcall.simulator.config import Token as Key


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
