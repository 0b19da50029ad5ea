"""What was said about the talks of the demo's history: notes, outcomes, and calls that were promised."""

import random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import now

from clickcall.calls.wrapup import outcomes, services
from clickcall.calls.wrapup.services import Draft
from clickcall.models import Account, Call, Effect, Origin, Outcome, Status, WrapUp

NOTES = (
    "Ждёт расчёт на два объекта, отправить сегодня.",
    "Решает директор, он в отпуске до понедельника.",
    "Спросить про бюджет на декабрь.",
    "Работают с другим поставщиком, сравнивают цены.",
    "",
)
# Mostly it stays open what comes of it: the queue of a demo must not be empty.
ENDS = (Effect.DONE, Effect.CALL_BACK, Effect.MACHINE, Effect.MACHINE)
# The first of these is due a minute after the demo's start.
_IN = (timedelta(minutes=1), timedelta(minutes=45), timedelta(hours=3), timedelta(days=1), timedelta(days=2))


@transaction.atomic
def seed_wrap_ups(account: Account) -> int:
    """Says something about every talk of the history; how many they are."""
    outcomes.store_usual(account)
    by_effect = {row.effect: row for row in reversed(outcomes.outcomes_of(account))}
    dice = random.Random(account.slug)  # noqa: S311 - a demonstration, no secret
    talks = Call.objects.filter(account=account, origin=Origin.PRESS, status=Status.TALKED).order_by("-requested_at")
    met: set[int | None] = set()
    promised = 0
    for call in talks.select_related("account", "member", "contact"):
        chosen, note = by_effect[dice.choice(ENDS)], dice.choice(NOTES)
        if call.contact_id in met:
            _said_before(call, by_effect[Effect.MACHINE], note)
            continue
        met.add(call.contact_id)
        due = now() + _IN[promised % len(_IN)] + timedelta(days=promised // len(_IN))
        promised += chosen.effect == Effect.CALL_BACK
        _said(call, chosen, note, due if chosen.effect == Effect.CALL_BACK else None)
    return talks.count()


def _said(call: Call, outcome: Outcome, note: str, due: datetime | None) -> None:
    if call.member:
        services.decide(call, Draft(note=note, outcome=outcome, callback_at=due, asked_by_client=True), by=call.member)
        WrapUp.objects.filter(call=call).update(decided_at=call.finished_at, updated_at=call.finished_at or now())


def _said_before(call: Call, outcome: Outcome, note: str) -> None:
    """About a talk that a later one has overtaken: it does nothing any more."""
    given = {"account": call.account, "member": call.member, "note": note, "outcome_name": outcome.name}
    at = call.finished_at
    WrapUp.objects.create(call=call, outcome=outcome, decided_at=at, updated_at=at or now(), **given)
