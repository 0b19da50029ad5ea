"""An outcome that is changed: what the first one did does not stay behind unseen."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from clickcall.calls.views.wrap_up import told
from clickcall.calls.wrapup import outcomes, services
from clickcall.calls.wrapup.services import Draft
from clickcall.contacts import callbacks
from clickcall.models import Call, Callback, Contact, DoNotCall, Effect, Member, WrapUp

FORBIDDEN = "This phone stays on “Do not call”: a manager can take it off"


def decided(call: Call, effect: str, **given: object) -> WrapUp:
    outcomes.store_usual(call.account)
    assert call.member
    given["callback_at"] = now() + timedelta(days=1) if effect == Effect.CALL_BACK else None
    chosen = call.account.outcomes.filter(effect=effect)[0]
    return services.decide(call, Draft(outcome=chosen, **given), by=call.member)  # type: ignore[arg-type]


@pytest.mark.parametrize("effect", [Effect.MACHINE, Effect.DONE])
def test_a_promise_of_the_first_outcome_goes_with_it(
    talk: Call, ivan: Contact, anna: Member, boris: Member, effect: str
) -> None:
    other = callbacks.promise(
        contact=ivan, digits="79260000000", member=boris, due_at=now() + timedelta(days=2), made_by=boris
    )
    decided(talk, Effect.CALL_BACK)
    decided(talk, effect)
    assert [*Callback.objects.open()] == [other]


def test_a_promise_that_is_made_anew_for_somebody_else_is_one(talk: Call, anna: Member) -> None:
    decided(talk, Effect.CALL_BACK, anyone=True)
    decided(talk, Effect.CALL_BACK)
    assert Callback.objects.open().get().member == anna


def test_whoever_takes_do_not_call_back_is_told_that_it_stays(talk: Call) -> None:
    assert FORBIDDEN not in told(decided(talk, Effect.DONE), talk)
    assert FORBIDDEN not in told(decided(talk, Effect.DO_NOT_CALL), talk)
    assert told(decided(talk, Effect.DONE), talk) == f"Noted: Договорились. {FORBIDDEN}"
    assert told(decided(talk, Effect.CALL_BACK), talk).endswith(FORBIDDEN)
    assert DoNotCall.objects.in_force().exists()
