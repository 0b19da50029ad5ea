"""A number that the provider would refuse is offered to nobody, and whoever tries reads why."""

from typing import Any

import pytest
from django.utils.timezone import now

from clickcall.calls.forms import CallForm
from clickcall.calls.preflight import preflight
from clickcall.models import BlacklistEntry, Member, VirtualNumber
from clickcall.models.saving import save_changes
from clickcall.numbers.health import OFF, health, status_words

STATUSES = ("active", "waiting", "cleaning", "prereserved", "reserved", "manual_lock", "limit_lock")
TROUBLES = [
    ({"gone_at": now()}, "gone", "gone", "not at UIS any more"),
    ({"kind": "call_tracking"}, "call_tracking", "call_tracking", "calls from advertising"),
    ({"kind": "dynamic_call_tracking"}, "call_tracking", "call_tracking", "calls from advertising"),
    *(({"status": status}, "off", "inactive", "switched off at UIS") for status in (*STATUSES[1:], "new_word")),
    ({"enabled": False}, "stopped", "stopped", "no longer in use"),
    ({"has_scenario": False}, "no_scenario", "scenario_not_found", "rings nobody"),
]


def form(member: Member, number: VirtualNumber) -> CallForm:
    data = {"virtual_phone_number": number.digits, "contact": "+7 926 000-00-00", "first_call": "employee"}
    return CallForm(data, member=member)


@pytest.mark.parametrize(("fields", "trouble", "code", "words"), TROUBLES)
def test_a_number_in_trouble_is_not_usable_and_says_why(
    number: VirtualNumber, anna: Member, adam: Member, fields: dict[str, Any], trouble: str, code: str, words: str
) -> None:
    save_changes(number, **fields)
    assert number.trouble == trouble
    for member in (anna, adam):
        assert not VirtualNumber.objects.usable_by(member).exists()
        errors = form(member, number).errors.get_json_data()["virtual_phone_number"]
        assert [error["code"] for error in errors] == [code]
        assert words in errors[0]["message"]
    anna.default_number = number
    assert words in preflight(anna).blocked


@pytest.mark.parametrize("fields", [{}, {"status": "active"}, {"kind": "va"}, {"has_scenario": True}])
def test_what_the_provider_has_not_told_counts_as_good(
    number: VirtualNumber, anna: Member, fields: dict[str, Any]
) -> None:
    save_changes(number, **fields)
    assert number.trouble == ""
    assert VirtualNumber.objects.usable_by(anna).exists()
    assert form(anna, number).is_valid()


def test_a_number_of_others_is_not_explained(number: VirtualNumber, anna: Member, boris: Member) -> None:
    number.members.add(boris)
    save_changes(number, status="limit_lock")
    assert form(anna, number).errors.get_json_data()["virtual_phone_number"][0]["code"] == "not_yours"


@pytest.mark.parametrize(("fields", "trouble", "code", "words"), TROUBLES)
def test_an_admin_reads_what_to_do(
    number: VirtualNumber, fields: dict[str, Any], trouble: str, code: str, words: str
) -> None:
    save_changes(number, **fields)
    found = health(number, "UIS")
    assert all([found.pill.label, found.why, found.remedy])
    assert "%(" not in f"{found.pill.label}{found.why}{found.remedy}"


@pytest.mark.parametrize("status", ["", *STATUSES, "new_word"])
def test_every_status_has_words_of_its_own(number: VirtualNumber, status: str) -> None:
    save_changes(number, status=status)
    words = status_words(number, "UIS")
    others = {status_words(VirtualNumber(status=other), "UIS") for other in (*STATUSES, "", "new_word")} - {words}
    assert len(others) == len(STATUSES) + 1
    assert set(OFF) == set(STATUSES[1:])


def test_an_unknown_status_is_shown_as_it_came(number: VirtualNumber) -> None:
    save_changes(number, status="half_moon")
    assert "half_moon" in health(number, "UIS").why


def test_an_entry_that_is_gone_from_the_blacklist_blocks_nobody(number: VirtualNumber, anna: Member) -> None:
    entry = BlacklistEntry.objects.create(account=anna.account, digits="79260000000")
    assert not form(anna, number).is_valid()
    save_changes(entry, gone_at=now())
    assert form(anna, number).is_valid()
