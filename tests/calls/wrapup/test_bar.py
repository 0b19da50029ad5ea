"""The live bar with note and outcomes, and what is typed into it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from support.calls import make_call
from support.press_pages import HTMX
from support.talks import talked

from clickcall.calls import bar
from clickcall.models import Call, Callback, Contact, DoNotCall, Member, WrapUp

SignIn = Callable[[Member], Client]


def test_a_note_can_be_taken_while_the_call_runs_and_nothing_is_asked(as_: SignIn, anna: Member, ivan: Contact) -> None:
    call = make_call(anna, contact=ivan, requested_at=now(), call_session_id="1")
    page = as_(anna).get(f"/calls/{call.pk}/bar/").content.decode()
    assert f'id="note-text-{call.pk}"' in page
    assert 'name="outcome"' not in page


def test_after_a_talk_the_bar_asks_how_it_went(as_: SignIn, anna: Member, talk: Call) -> None:
    anna.account.country = "GB"
    anna.account.save()
    page = as_(anna).get("/contacts/").content.decode()
    assert "How did it go?" in page
    assert re.findall(r'data-key="(\w+)"', page)[:7] == ["Enter", "1", "2", "3", "4", "5", "6"]
    assert 'id="bar-close"' not in page


@pytest.mark.parametrize(("fields", "asks"), [({"talk_duration": 2}, False), ({"finish_reason": "caller_busy"}, False)])
def test_other_ends_are_shown_with_a_note_and_not_asked_about(
    as_: SignIn, anna: Member, ivan: Contact, fields: dict[str, object], asks: bool
) -> None:
    given = {"requested_at": now() - timedelta(minutes=1), "finished_at": now(), **fields}
    call = make_call(anna, contact=ivan, **given)
    page = as_(anna).get("/contacts/").content.decode()
    assert f'id="note-text-{call.pk}"' in page
    assert ('name="outcome"' in page) is asks


def test_about_a_press_that_was_refused_there_is_nothing_to_note(anna: Member, ivan: Contact) -> None:
    call = make_call(anna, contact=ivan, dispatch="refused", cause="forbidden")
    assert "has_note" not in bar.contents(call, anna)


def test_the_bar_of_a_talk_stays_until_it_was_said_how_it_went(anna: Member, ivan: Contact) -> None:
    ended = {"requested_at": now() - timedelta(hours=2), "finished_at": now() - timedelta(hours=1)}
    call = talked(anna, ivan, **ended)
    assert bar.current(anna) == call
    WrapUp.objects.create(call=call, account=call.account, member=anna, decided_at=now())
    assert bar.current(anna) is None


def test_what_was_typed_is_there_on_another_device(as_: SignIn, anna: Member, talk: Call) -> None:
    typed = {"note": "Wants <b>two</b> sites", "outcome": "usual-2", "when": "other", "at": "2030-01-02T10:00"}
    kept = as_(anna).post(f"/calls/{talk.pk}/keep/", typed, headers={"HX-Request": "true"})
    assert "Saved" in kept.content.decode()
    page = as_(anna).get("/contacts/").content.decode()
    assert "Wants &lt;b&gt;two&lt;/b&gt; sites</textarea>" in page
    assert re.search(r'value="\d+"[^<]*data-calls-back\s+checked', page)


def test_a_note_of_another_device_is_shown_beside_ones_own(as_: SignIn, anna: Member, talk: Call) -> None:
    browser = as_(anna)
    browser.post(f"/calls/{talk.pk}/keep/", {"note": "At the desk"}, **HTMX)
    kept = browser.post(f"/calls/{talk.pk}/keep/", {"note": "On the phone"}, **HTMX).content.decode()
    assert "<q>At the desk</q>" in kept
    assert WrapUp.objects.get().note == "On the phone\nAt the desk"


def test_an_outcome_ends_it_and_the_page_is_told(as_: SignIn, anna: Member, talk: Call) -> None:
    answer = as_(anna).post(f"/calls/{talk.pk}/outcome/", {"outcome": "usual-1", "note": "Good"}, **HTMX)
    assert answer["HX-Trigger"] == "wrapped-up"
    assert "livebar" not in answer.content.decode()
    assert "Noted:" in answer.content.decode()
    assert WrapUp.objects.get().decided_at
    assert bar.current(anna) is None


def test_a_callback_is_agreed_by_the_clients_clock(as_: SignIn, anna: Member, ivan: Contact, talk: Call) -> None:
    ivan.timezone = "Asia/Yekaterinburg"
    ivan.save()
    said = {"outcome": "usual-2", "when": "other", "at": "2027-01-12T10:00", "asked_by_client": "1"}
    answer = as_(anna).post(f"/calls/{talk.pk}/outcome/", said, **HTMX).content.decode()
    made = Callback.objects.get()
    assert f"{made.due_at:%Y-%m-%d %H:%M}" == "2027-01-12 05:00"
    assert "10:00 there, 08:00 here" in answer


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Choose how it went."),
        ({"outcome": "usual-2", "when": "other", "at": ""}, "Say when to call back."),
        ({"outcome": "usual-2", "when": "other", "at": "2020-01-01T10:00"}, "This time has passed."),
        ({"outcome": "usual-2", "when": "nonsense"}, "Say when to call back."),
    ],
)
def test_what_is_missing_is_said_in_the_bar_and_the_note_is_kept(
    as_: SignIn, anna: Member, talk: Call, said: dict[str, str], told: str
) -> None:
    answer = as_(anna).post(f"/calls/{talk.pk}/outcome/", {"note": "Important", **said}, **HTMX)
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#livebar", "morph:outerHTML")
    assert told in answer.content.decode()
    assert (WrapUp.objects.get().note, WrapUp.objects.get().decided_at) == ("Important", None)


def test_closing_keeps_what_was_typed_last(as_: SignIn, anna: Member, ivan: Contact) -> None:
    call = make_call(anna, contact=ivan, requested_at=now(), finished_at=now(), finish_reason="caller_busy")
    as_(anna).post(f"/calls/{call.pk}/close/", {"note": "Try his wife"}, **HTMX)
    assert WrapUp.objects.get().note == "Try his wife"


def test_without_scripts_the_same_form_works(as_: SignIn, anna: Member, talk: Call) -> None:
    browser = as_(anna)
    assert browser.post(f"/calls/{talk.pk}/keep/", {"note": "Slowly"}).status_code == 302
    wrong = browser.post(f"/calls/{talk.pk}/outcome/", {}, follow=True)
    assert "Choose how it went." in wrong.content.decode()
    browser.post(f"/calls/{talk.pk}/outcome/", {"outcome": "usual-6"})
    assert DoNotCall.objects.get().digits == talk.contact_phone


@pytest.mark.parametrize("what", ["keep", "outcome", "say"])
def test_only_the_caller_says_how_it_went(
    as_: SignIn, talk: Call, boris: Member, maria: Member, stranger: Member, what: str
) -> None:
    for member in (boris, maria, stranger):
        assert as_(member).post(f"/calls/{talk.pk}/{what}/", {"outcome": "usual-1"}).status_code == 404
    assert not WrapUp.objects.exists()
