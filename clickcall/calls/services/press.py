"""One press, at most one call: the row first, the request second, the result third."""

import logging
import time
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ... import gateway
from ...contacts.rules.stopped import note_passed
from ...contacts.services import note_new_call
from ...models import Account, Call, Contact, Dispatch, EventSource, Member, Token
from ...models.prepared import Prepared, PreparedModels, whether
from ...models.writing import PreparedInsert
from ..dispatch import called_off, send
from ..forms import CallForm
from ..guards import Question, questions
from ..learning import learn
from .facts import apply_event, note
from .sessions import return_missed

log = logging.getLogger("clickcall.calls")
_WAIT_STEP = 0.1  # seconds between two looks at a press that another process is sending


_IS_KNOWN = Prepared(
    int, str, ask=lambda account, press: whether(Call.objects.filter(account_id=account, external_id=press))
)
_LOCK = Prepared(
    # Without its key: who only refers to the member, as an import does, need not wait for a press, nor it for them.
    int,
    ask=lambda member: Member.objects.select_for_update(no_key=True).filter(pk=member).order_by().values_list("pk"),
)
_CALLS = PreparedInsert(Call)
_TOKENS = PreparedModels(int, ask=lambda account: Token.objects.usable().filter(account_id=account))


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of a press. Without `call` nothing was stored: `questions` are to be answered first."""

    call: Call | None
    duplicate: bool = False
    warnings: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def new_external_id() -> str:
    return str(uuid.uuid4())


def find_press(account: Account, external_id: str) -> Call | None:
    """The call of this press, if it is known; a text that no press can have as its ID finds nothing."""
    if not (external_id and external_id.isascii() and external_id.isprintable()):
        return None
    # Mostly it is not known, and whether it is costs less than the whole row.
    return account.calls.get(external_id=external_id) if _IS_KNOWN.any(account.pk, external_id) else None


def place_call(
    form: CallForm, *, external_id: str, confirmed: Collection[str] = (), reason: str = "", asks: bool = True
) -> Placement:
    """Places the call of a valid form: row first, request second, result third.

    With `asks` (pages) soft guards stop a press and come back as `questions`, unless all of them are among the codes
    that were `confirmed`; without it (command line, programs) they are warnings. Some company rules want a `reason` as
    well, which is recorded. A press that is known already sends nothing and comes back as `duplicate`. Raises
    ValidationError, with nothing stored, when the account has no access key.
    """
    tokens = _TOKENS.instances(form.account.pk)
    if not tokens:
        raise ValidationError({"account": _("No access key. The admin can add one under “Access keys”.")})
    payload = form.payload(external_id)
    try:
        placement = _record(form, payload, external_id, _Answer(confirmed, reason.strip(), asks))
    except IntegrityError:
        known = find_press(form.account, external_id)
        if known is None:
            raise
        placement = Placement(known, duplicate=True)  # the same press came by another way and was quicker
    if placement.call is None or placement.duplicate:
        return _waited(placement)
    return _sent(form.account, tokens, placement, payload)


def call_off(form: CallForm, *, external_id: str) -> Call:
    """A page gave this press up, and it has not come here: however late it comes, it shall place no call.

    Stored as a call that was not sent, so that its ID is known from now on. If the press was quicker, returns its call.
    """
    payload = form.payload(external_id)
    try:
        with transaction.atomic():
            return apply_event(_stored(form, payload, external_id, at=now()), called_off())
    except IntegrityError:
        known = find_press(form.account, external_id)
        if known is None:
            raise
        return known


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was said to which questions beforehand; without `asks` nobody is asked."""

    confirmed: Collection[str]
    reason: str
    asks: bool

    def settles(self, asked: list[Question]) -> bool:
        """Whether the press may go on: what came up since the page asked, nobody has confirmed."""
        if not asked or not self.asks:
            return True
        if not all(question.code in self.confirmed for question in asked):
            return False
        return bool(self.reason) or not any(question.needs_reason for question in asked)


@transaction.atomic
def _record(form: CallForm, payload: dict[str, Any], external_id: str, answer: _Answer) -> Placement:
    """Step 1, under the lock of the member's row: questions? else the row. IntegrityError when the press is known."""
    member = form.member
    if connection.features.has_select_for_update:  # SQLite has locked all of itself
        _LOCK.rows(member.pk)
    if form.number is None:
        raise ValueError("the form was not valid")
    moment = now()
    about = {"contact": form.person, "phone": payload["contact"], "verdict": form.verdict}
    asked = questions(member=member, number=form.number, at=moment, **about)
    if not answer.settles(asked):
        known = find_press(form.account, external_id)  # no question about a call to itself
        return Placement(known, duplicate=True) if known else Placement(None, questions=asked)
    codes = [question.code for question in asked]
    said = {"confirmed": codes} if answer.asks else {"warnings": form.warnings + codes}
    call = _stored(form, payload, external_id, at=moment, **said)
    if form.verdict.findings:
        note_passed(form.verdict, call=call, reason=answer.reason)
    return Placement(call, warnings=call.warnings)


def _stored(form: CallForm, payload: dict[str, Any], external_id: str, *, at: datetime, **said: Any) -> Call:
    """The row of a press, before anything is sent. IntegrityError when the press is known."""
    columns = {"external_id": external_id, "warnings": form.warnings, **_copies(form, payload), **said}
    stale_at = at + timedelta(seconds=gateway.stale_seconds())
    call = _CALLS.write(Call(**columns, requested_at=at, attempted_at=at, next_check_at=stale_at))
    note(call, EventSource.PRESS, "pressed", _request(external_id, payload), at=at)
    if call.contact_id:
        note_new_call(contact_id=call.contact_id, call_id=call.pk)
    return_missed(call.account_id, call.contact_phone, at)
    return call


def _request(external_id: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The request as it will be sent, without the token."""
    return {"method": "start.vnumber_call", "id": external_id, "params": payload}


def _copies(form: CallForm, payload: dict[str, Any]) -> dict[str, Any]:
    """What was said at the press, kept in the row however names and numbers change later."""
    person: Contact | None = form.person
    number = form.number
    return {
        "account": form.account,
        "member": form.member,
        "member_name": form.member.name,
        "contact": person,
        "contact_name": person.name if person else form.unnamed,
        "contact_company": person.company if person else "",
        "contact_phone": payload["contact"],
        "number": number,
        "number_digits": number.digits if number else "",
        "number_name": number.name if number else "",
        "preset": form.preset,
        "preset_name": form.preset.name if form.preset else "",
        "params": payload,
    }


def _sent(account: Account, tokens: list[Token], placement: Placement, payload: dict[str, Any]) -> Placement:
    """Steps 2 and 3."""
    call = placement.call
    assert call is not None and call.external_id  # noqa: S101, PT018 - _record made this row
    event = send(account, tokens, payload, external_id=call.external_id, may_send=_Turn(call))
    try:
        call = apply_event(call, event)
        learn(account, event, payload)
    except DatabaseError:
        # The call may be under way, so this is no failure of the press: the row still says *calling*, goes stale, and
        # the sweep finds at the provider what we could not write down.
        log.exception("the answer to a press could not be stored")
    return Placement(call, warnings=placement.warnings)


class _Turn:
    """Whether a press may (still) send. The sweep and we never both decide: whoever updates the row first does."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.began = time.monotonic()

    def __call__(self) -> bool:
        """The first request follows its row at once; a later or belated one has to win its turn anew."""
        if time.monotonic() - self.began < 1.0:
            return True
        moment = now()
        self.began = time.monotonic()
        return bool(
            Call.objects.filter(pk=self.call.pk, dispatch=Dispatch.SENDING).update(
                attempted_at=moment, next_check_at=moment + timedelta(seconds=gateway.stale_seconds())
            )
        )


def _waited(placement: Placement) -> Placement:
    """A second request for the same press waits for the first one's answer, at most as long as it may take."""
    call = placement.call
    deadline = time.monotonic() + gateway.answer_seconds() + 1
    while call is not None and call.is_pending and time.monotonic() < deadline:
        time.sleep(_WAIT_STEP)
        call = Call.objects.get(pk=call.pk)
    return Placement(call, placement.duplicate, placement.warnings, placement.questions)


def wait_for(call: Call) -> Placement:
    """The state of a press that is known, once it is decided or its time is over."""
    return _waited(Placement(call, duplicate=True, warnings=call.warnings))
