"""Why a button is grey, and what it would do: known before the press."""

from typing import Any

import pytest
from support import people

from clickcall.calls.forms import CallForm
from clickcall.calls.preflight import ORDINARY, preflight
from clickcall.models import Account, Member, Preset, Token, VirtualNumber
from clickcall.models.saving import save_changes


def test_with_a_key_and_a_number_of_ones_own_everything_is_ready(ready: Member, number: VirtualNumber) -> None:
    found = preflight(ready)
    assert (found.blocked, found.number, found.preset) == ("", number, None)


def test_without_presets_a_press_is_an_ordinary_call(ready: Member) -> None:
    assert preflight(ready).preset is None
    form = CallForm({**ORDINARY, "virtual_phone_number": "74993720692", "contact": "+79260000000"}, member=ready)
    assert form.is_valid(), form.errors
    assert form.warnings == []


def test_the_accounts_default_preset_is_the_one(ready: Member, account: Account) -> None:
    Preset.objects.create(account=account, name="Other")
    main = Preset.objects.create(account=account, name="Main", is_default=True)
    assert preflight(ready).preset == main


def test_an_archived_default_preset_is_none(ready: Member, account: Account) -> None:
    Preset.objects.create(account=account, name="Main", is_default=True, archived_at=account.created_at)
    assert preflight(ready).preset is None


def test_without_a_key_the_admin_is_named(ready: Member, token: Token) -> None:
    save_changes(token, archived_at=token.account.created_at)
    assert preflight(ready).blocked == "ClickCall has no access key yet. The admin can add one under “Access keys”."


def test_another_accounts_key_does_not_help(ready: Member, token: Token, stranger: Member) -> None:
    token.delete()
    people.make_token(stranger.account)
    assert "no access key" in preflight(ready).blocked


@pytest.mark.usefixtures("token")
def test_without_a_number_the_admin_is_named(anna: Member, number: VirtualNumber) -> None:
    assert preflight(anna).blocked == "You have no number to call from. The admin can give you one."


@pytest.mark.usefixtures("token")
def test_an_admin_without_a_number_is_told_where_to_take_one(adam: Member) -> None:
    assert "Take one under “Numbers”" in preflight(adam).blocked


def test_a_number_that_was_stopped_says_so(ready: Member, number: VirtualNumber) -> None:
    save_changes(number, enabled=False)
    found = preflight(ready)
    assert "no longer in use" in found.blocked
    assert found.number is None


@pytest.mark.parametrize(("has_scenario", "blocked"), [(False, True), (True, False), (None, False)])
def test_a_number_that_rings_nobody_is_told_from_one_that_may(
    ready: Member, number: VirtualNumber, has_scenario: bool | None, blocked: bool
) -> None:
    save_changes(number, has_scenario=has_scenario)
    assert bool(preflight(ready).blocked) is blocked


def test_the_buttons_of_a_page_share_what_was_looked_up(ready: Member, django_assert_num_queries: Any) -> None:
    assert preflight(ready).blocked == ""
    assert preflight(ready).preset is None
    with django_assert_num_queries(0):
        assert preflight(ready).blocked == ""
        assert preflight(ready).preset is None
