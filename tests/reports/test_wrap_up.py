"""What was said about a call, on its page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from support.calls import make_call
from support.talks import talked

from clickcall.calls.services import close
from clickcall.calls.wrapup import outcomes, services
from clickcall.models import Call, Contact, Effect, Member, WrapUp

SignIn = Callable[[Member], Client]


def path(call: Call) -> str:
    return f"/log/{call.pk}/"


def decided(call: Call, note: str = "Two sites") -> WrapUp:
    assert call.member
    outcomes.store_usual(call.account)
    outcome = call.account.outcomes.filter(effect=Effect.DONE)[0]
    return services.decide(call, services.Draft(note=note, outcome=outcome), by=call.member)


@pytest.fixture
def talk(anna: Member, ivan: Contact) -> Call:
    return talked(anna, ivan)


def test_everybody_who_sees_the_call_reads_what_was_said(as_: SignIn, talk: Call, anna: Member, maria: Member) -> None:
    row = decided(talk)
    for member in (anna, maria):
        page = as_(member).get(path(talk)).content.decode()
        assert row.outcome_name in page
        assert "Two sites" in page
        assert (f'action="/calls/{talk.pk}/outcome/"' in page) is (member == anna)


def test_the_facts_are_the_outcome_where_nobody_said_another_and_can_be_changed(
    as_: SignIn, anna: Member, ivan: Contact
) -> None:
    given = {"requested_at": now() - timedelta(minutes=1), "finished_at": now(), "finish_reason": "caller_busy"}
    call = make_call(anna, contact=ivan, **given)
    close(call)
    browser = as_(anna)
    page = browser.get(path(call)).content.decode()
    assert "set by what happened" in page
    browser.post(f"/calls/{call.pk}/outcome/", {"outcome": "usual-4"})
    changed = browser.get(path(call)).content.decode()
    assert "set by what happened" not in changed
    assert WrapUp.objects.get().outcome_name in changed


def test_a_call_that_lives_has_no_outcome_yet(as_: SignIn, talk: Call, anna: Member) -> None:
    Call.objects.filter(pk=talk.pk).update(is_final=False, finished_at=None, status="talking")
    assert "set by what happened" not in as_(anna).get(path(talk)).content.decode()


def test_while_the_bar_holds_the_note_the_page_has_no_second_one(as_: SignIn, talk: Call, anna: Member) -> None:
    page = as_(anna).get(path(talk)).content.decode()
    assert (page.count('name="note"'), "page-note" in page) == (1, False)
    assert "Nobody has said yet how it went." in page


def test_the_note_of_an_own_call_is_edited_later(as_: SignIn, talk: Call, anna: Member) -> None:
    row = decided(talk)
    browser = as_(anna)
    browser.post(f"/calls/{talk.pk}/keep/", {"note": "Three sites", "seen": services.stamp(row)})
    page = browser.get(path(talk)).content.decode()
    assert ("Three sites" in page, "Two sites" in page) == (True, False)
    assert WrapUp.objects.get().decided_at == row.decided_at


def test_about_a_call_that_was_never_made_there_is_nothing_to_say(as_: SignIn, anna: Member) -> None:
    call = make_call(anna, dispatch="refused", cause="forbidden")
    assert "Outcome and note" not in as_(anna).get(path(call)).content.decode()
