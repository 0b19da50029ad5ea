"""Calls of the last days, so that the log and the contacts' histories are not empty at first sight.

The simulator knows nothing of them, so each has ended. They are written as a press is: the row, then what became known
about it through `apply_event`.
"""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from clickcall.calls import payload
from clickcall.calls.events import Event
from clickcall.calls.lifecycle import Facts
from clickcall.calls.services import apply_event
from clickcall.contacts.services import note_last_call
from clickcall.models import Account, Call, Contact, Dispatch, EventSource, Member, Preset, Role

DAYS = 6
BEGIN, END = time(9, 30), time(17, 45)
NOT_CALLED_YET = "Чем кончится звонок"  # the list of fates: everybody tries those first


@dataclass(frozen=True, slots=True)
class End:
    """How a call ends: the provider's reason, and the shortest and longest talk in seconds."""

    reason: str
    talk: tuple[int, int] = (0, 0)
    answered: bool = True  # by the salesperson


ENDS = (
    [End("caller_disconnects", (20, 420))] * 6
    + [End("operator_disconnects", (15, 300))] * 4
    + [End("caller_not_responsive")] * 5
    + [End("caller_busy")] * 2
    + [End("no_success_caller_call"), End("operator_not_responsive", answered=False)]
    + [End("sip_offline", answered=False), End("another_operator_answer", (30, 90))]
)


@transaction.atomic
def seed(account: Account, provider: str) -> int:
    """Writes the history of an account's salespeople; how many calls that are. `provider`: where recordings are."""
    dice = random.Random(account.slug)  # noqa: S311 - a demonstration, no secret
    contacts = list(Contact.objects.filter(account=account).exclude(list__name=NOT_CALLED_YET).order_by("pk"))
    preset = Preset.objects.filter(account=account, is_default=True).first()
    people = Member.objects.filter(account=account, role=Role.SALES).exclude(default_number=None).order_by("pk")
    written = 0
    for member in people:
        mine = [contact for contact in contacts if contact.owner_id in (None, member.pk)]
        for at in _moments(account, dice):
            _recorded(_write(member, preset, dice.choice(mine), at, dice), provider)
            written += 1
    return written


def _moments(account: Account, dice: random.Random) -> Iterator[datetime]:
    """A few moments of each working day before today, in the account's zone."""
    today = now().astimezone(account.tz).date()
    span = (END.hour - BEGIN.hour) * 3600 + (END.minute - BEGIN.minute) * 60
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        if day.weekday() < 5:
            opening = datetime.combine(day, BEGIN, tzinfo=account.tz)
            seconds = sorted(dice.sample(range(0, span, 900), dice.randint(3, 5)))
            yield from (opening + timedelta(seconds=second + dice.randrange(400)) for second in seconds)


def _write(member: Member, preset: Preset | None, contact: Contact, at: datetime, dice: random.Random) -> Call:
    call = _pressed(member, preset, contact, at, str(uuid.UUID(int=dice.getrandbits(128), version=4)))
    session = str(int(at.timestamp() * 1_000_000) + member.pk)
    answered = at + timedelta(milliseconds=dice.randint(90, 400))
    accepted = Facts(dispatch=Dispatch.ACCEPTED, call_session_id=session, accepted_at=answered)
    answer = {"jsonrpc": "2.0", "id": call.external_id, "result": {"data": {"call_session_id": int(session)}}}
    data = {"request_id": call.external_id, "answer": answer}
    apply_event(call, Event(EventSource.ANSWER, "accepted", answered, accepted, data))
    ended = _ended(member, answered, session, dice)
    assert ended.finished_at is not None  # noqa: S101 - _ended says when
    call = apply_event(call, Event(EventSource.REPORT, "finished", ended.finished_at, ended, {}))
    Call.objects.filter(pk=call.pk).update(closed_at=ended.finished_at)
    note_last_call(contact_id=contact.pk, call_id=call.pk)
    return call


def _recorded(call: Call, provider: str) -> None:
    """Every talk has a recording, which the simulator plays once it has been told of the call."""
    if not call.talk_duration or not call.finished_at:
        return
    communication, record = str(int(call.call_session_id) // 10_000), uuid.UUID(int=int(call.call_session_id)).hex
    facts = Facts(
        dispatch=Dispatch.ACCEPTED,
        communication_id=communication,
        record_ids=(record,),
        record_link=f"{provider}/system/media/talk/{communication}/{record}/",
    )
    apply_event(call, Event(EventSource.REPORT, "recorded", call.finished_at + timedelta(minutes=1), facts, {}))


def _pressed(member: Member, preset: Preset | None, contact: Contact, at: datetime, external_id: str) -> Call:
    number, phone = member.default_number, contact.phones.all()[0]
    assert number is not None  # noqa: S101 - seed asks for it
    params = _params(preset, number.digits, phone.digits, external_id)
    call = Call.objects.create(
        account_id=member.account_id,
        external_id=external_id,
        member=member,
        member_name=member.name,
        contact=contact,
        contact_name=contact.name,
        contact_company=contact.company,
        contact_phone=phone.digits,
        number=number,
        number_digits=number.digits,
        number_name=number.name,
        preset=preset,
        preset_name=preset.name if preset else "",
        params=params,
        requested_at=at,
        attempted_at=at,
    )
    data = {"method": "start.vnumber_call", "id": external_id, "params": params}
    call.events.create(account_id=call.account_id, source=EventSource.PRESS, kind="pressed", at=at, data=data)
    return call


def _params(preset: Preset | None, number: str, phone: str, external_id: str) -> dict[str, Any]:
    chosen = preset or Preset()
    return payload.build(
        {
            "virtual_phone_number": number,
            "contact": phone,
            "external_id": external_id,
            "first_call": chosen.first_call,
            "direction": chosen.direction or None,
            "switch_at_once": chosen.switch_at_once,
            "early_switching": chosen.early_switching,
        }
    )


def _ended(member: Member, accepted: datetime, session: str, dice: random.Random) -> Facts:
    """What the report says about a call of some kind."""
    end = dice.choice(ENDS)
    rung = accepted + timedelta(seconds=1)
    picked_up = rung + timedelta(seconds=dice.randint(2, 8))
    waited = dice.randint(5, 28)
    talk = dice.randint(*end.talk) if end.talk[1] else 0
    joined = picked_up + timedelta(seconds=waited) if talk else None
    finished = picked_up + timedelta(seconds=waited + talk)
    return Facts(
        dispatch=Dispatch.ACCEPTED,
        call_session_id=session,
        employee_ringing_at=rung if end.reason != "sip_offline" else None,
        employee_answered_at=picked_up if end.answered else None,
        contact_ringing_at=picked_up if end.answered else None,
        contact_answered_at=joined,
        finished_at=finished,
        finish_reason=end.reason,
        wait_duration=waited,
        talk_duration=talk,
        total_duration=int((finished - accepted).total_seconds()),
        answered_by=member.name if talk and end.reason != "another_operator_answer" else "",
    )
