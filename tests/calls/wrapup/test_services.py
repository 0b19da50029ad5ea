"""Drafts and outcomes: kept, set, changed, and what an outcome does."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from clickcall.calls.wrapup import outcomes, services
from clickcall.calls.wrapup.services import Draft
from clickcall.contacts import callbacks
from clickcall.models import Call, Callback, Contact, DoNotCall, Effect, Member, Outcome, WrapUp

TOMORROW = timedelta(days=1)


def outcome(call: Call, effect: str) -> Outcome:
    outcomes.store_usual(call.account)
    return call.account.outcomes.filter(effect=effect)[0]


def decided(call: Call, effect: str, **given: object) -> WrapUp:
    assert call.member
    draft = Draft(outcome=outcome(call, effect), **given)  # type: ignore[arg-type]
    return services.decide(call, draft, by=call.member)


def test_a_note_is_kept_and_kept_again_as_it_grows(talk: Call, anna: Member) -> None:
    first = services.keep(talk, Draft(note="Wants"), by=anna)
    second = services.keep(talk, Draft(note="Wants an invoice", seen=first.stamp), by=anna)
    assert (second.other, WrapUp.objects.get().note) == ("", "Wants an invoice")
    services.keep(talk, Draft(note="", seen=second.stamp), by=anna)
    assert WrapUp.objects.get().note == ""


def test_what_another_device_wrote_meanwhile_is_kept_and_shown(talk: Call, anna: Member) -> None:
    at_desk = services.keep(talk, Draft(note="Wants an invoice"), by=anna)
    services.keep(talk, Draft(note="Wants an invoice\nCalls on Friday", seen=at_desk.stamp), by=anna)
    saved = services.keep(talk, Draft(note="Two sites", seen=at_desk.stamp), by=anna)
    assert saved.other == "Wants an invoice\nCalls on Friday"
    again = services.keep(talk, Draft(note="Two sites, urgent", seen=saved.stamp, other=saved.other), by=anna)
    assert again.other == saved.other
    assert WrapUp.objects.get().note == "Two sites, urgent\nWants an invoice\nCalls on Friday"


def test_the_same_text_once_more_writes_nothing(talk: Call, anna: Member) -> None:
    first = services.keep(talk, Draft(note="Wants"), by=anna)
    again = services.keep(talk, Draft(note="Wants", seen=first.stamp), by=anna)
    assert again.stamp == first.stamp


def test_a_chosen_outcome_is_a_draft_until_it_is_set(talk: Call, anna: Member) -> None:
    services.keep(talk, Draft(outcome=outcome(talk, Effect.DO_NOT_CALL)), by=anna)
    row = WrapUp.objects.get()
    assert (row.outcome, row.outcome_name, row.decided_at) == (outcome(talk, Effect.DO_NOT_CALL), "", None)
    assert not DoNotCall.objects.exists()


def test_an_outcome_is_set_and_the_bar_put_away(talk: Call) -> None:
    row = decided(talk, Effect.DONE, note="Sends the papers")
    talk.refresh_from_db()
    assert (row.outcome_name, row.note) == (row.outcome and row.outcome.name, "Sends the papers")
    assert row.decided_at == talk.closed_at is not None


def test_without_an_outcome_nothing_is_set(talk: Call, anna: Member) -> None:
    with pytest.raises(ValidationError):
        services.decide(talk, Draft(note="x"), by=anna)
    assert not WrapUp.objects.exists()


def test_calling_back_needs_a_time_and_makes_a_promise(talk: Call, anna: Member, ivan: Contact) -> None:
    with pytest.raises(ValidationError) as caught:
        decided(talk, Effect.CALL_BACK)
    assert list(caught.value.message_dict) == ["due_at"]
    when = now() + TOMORROW
    decided(talk, Effect.CALL_BACK, callback_at=when, note="About the price", asked_by_client=True)
    made = Callback.objects.get()
    assert (made.contact, made.member, made.due_at, made.note, made.call) == (ivan, anna, when, "About the price", talk)
    assert made.asked_by_client


def test_anyone_may_be_the_one_who_calls_back(talk: Call) -> None:
    decided(talk, Effect.CALL_BACK, callback_at=now() + TOMORROW, anyone=True)
    assert Callback.objects.get().member is None


@pytest.mark.parametrize("effect", [Effect.DONE, Effect.DO_NOT_CALL, Effect.WRONG_NUMBER])
def test_what_is_settled_needs_no_callback_any_more(talk: Call, anna: Member, ivan: Contact, effect: str) -> None:
    callbacks.promise(contact=ivan, digits="79260000000", member=anna, due_at=now() + TOMORROW, made_by=anna)
    Callback.objects.update(made_at=talk.requested_at)
    decided(talk, effect)
    assert not Callback.objects.open().exists()


def test_who_is_not_to_be_called_stands_on_the_list_with_the_note_as_the_reason(talk: Call, anna: Member) -> None:
    decided(talk, Effect.DO_NOT_CALL, note="Angry\nabout the price")
    entry = DoNotCall.objects.get()
    assert (entry.digits, entry.member, entry.why) == ("79260000000", anna, "Angry")


def test_an_outcome_can_be_changed_and_the_note_edited_later(talk: Call, anna: Member) -> None:
    first = decided(talk, Effect.DONE)
    services.keep(talk, Draft(note="He rang again", seen=services.stamp(first)), by=anna)
    row = decided(talk, Effect.CALL_BACK, callback_at=now() + TOMORROW, note="He rang again")
    assert WrapUp.objects.get().outcome_name == row.outcome_name
    assert (row.note, Callback.objects.open().count()) == ("He rang again", 1)


def test_an_outcome_of_another_account_is_none(talk: Call, anna: Member, stranger: Member) -> None:
    theirs = Outcome.objects.create(account=stranger.account, name="Theirs")
    with pytest.raises(ValidationError):
        services.decide(talk, Draft(outcome=theirs), by=anna)
