"""What the live bar, a question and the call's page show of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.utils.timezone import now

from ...contacts.callbacks import times
from ...contacts.zones import zone_by
from ...models import Call, ContactPhone, Effect, Member, Outcome, WrapUp
from ...models.columns import attnames, loaded
from ...models.prepared import Prepared
from .. import endings
from .outcomes import name_of, to_choose
from .pending import USUAL_SECONDS, can_be_noted, is_to_be_said
from .services import stamp

_THIS_PHONE = Q(contact=OuterRef("contact"), digits=OuterRef("contact_phone"))
_ROW, _OUTCOME = attnames(WrapUp), attnames(Outcome)
# What a call's row is asked for beside itself: when the account asks, where the contact is, what was said so far, and
# what there is to choose from. Every page with a bar asks, so it is one question, with a line for each outcome.
COLUMNS: tuple[str | Combinable, ...] = (
    "phone_check__pk",
    "account__rules__outcome_from_seconds",
    "contact__timezone",
    "contact__city",
    "contact__region",
    Subquery(ContactPhone.objects.filter(_THIS_PHONE).order_by().values("region")[:1]),
    *(f"wrap_up__{name}" for name in _ROW),
    *(f"account__outcomes__{name}" for name in _OUTCOME),
)
_KNOWN = Prepared(int, ask=lambda call: Call.objects.filter(pk=call).order_by().values_list(*COLUMNS))


@dataclass(frozen=True, slots=True)
class Known:
    """`row` is None where nobody has said anything yet; `there` where nobody knows the contact's clock."""

    row: WrapUp | None
    seconds: int
    there: ZoneInfo | None
    outcomes: list[Outcome]  # all that are stored
    is_check: bool  # of a phone: nobody was talked to

    def is_asked(self, call: Call) -> bool:
        """Whether the call waits for its outcome."""
        if self.is_check or (self.row and self.row.decided_at):
            return False
        return is_to_be_said(call, self.seconds)


@dataclass(frozen=True, slots=True)
class Option:
    """An outcome to choose: `value` is what the form says, `key` what the keyboard says."""

    value: str
    name: str
    key: int
    effect: str
    is_chosen: bool

    @property
    def calls_back(self) -> bool:
        return self.effect == Effect.CALL_BACK


NOTHING = Known(None, USUAL_SECONDS, None, [], is_check=False)  # about a call that was placed a moment ago


def known(call: Call) -> Known:
    """What there is about a call so far."""
    return of_lines(call, _KNOWN.rows(call.pk))


def of_lines(call: Call, lines: list[list[Any]]) -> Known:
    """The same, from lines of `COLUMNS`; a call that is not stored has none."""
    if not lines:
        return NOTHING
    check, seconds, timezone, city, region, told, *columns = lines[0]
    row = loaded(WrapUp, _ROW, columns) if columns[0] else None
    stored = [line[-len(_OUTCOME) :] for line in lines if line[-len(_OUTCOME)]]
    there = zone_by(timezone or "", city or "", region or "", call.contact_phone, told or "").tz
    outcomes = [loaded(Outcome, _OUTCOME, one) for one in stored]
    return Known(row, USUAL_SECONDS if seconds is None else seconds, there, outcomes, is_check=check is not None)


def on_the_bar(call: Call, member: Member, found: Known | None = None) -> dict[str, Any]:
    """The bar's part: a note while there may be something to say, and after a talk the question."""
    if call.member_id != member.pk or not can_be_noted(call):
        return {}
    found = found or known(call)
    asked = endings.is_over(call) and found.is_asked(call)
    return {**_note(found), "asks_outcome": asked, **(form(call, member, found) if asked else {})}


def _note(found: Known) -> dict[str, Any]:
    row = found.row
    return {"has_note": True, "note": row.note if row else "", "stamp": stamp(row)}


def form(call: Call, member: Member, found: Known | None = None) -> dict[str, Any]:
    """Outcomes to choose from, and times to call back at."""
    found = found or known(call)
    chosen = found.row.outcome_id if found.row else None
    rows = to_choose(member.account, found.outcomes)
    options = [
        Option(name_of(row), row.name, place, row.effect, row.pk is not None and row.pk == chosen)
        for place, row in enumerate(rows, start=1)
        if call.contact_id or row.effect != Effect.CALL_BACK  # a promise is made to a contact
    ]
    return {"options": options, **callback_times(found.there, found.row.callback_at if found.row else None)}


def callback_times(there: ZoneInfo | None, wanted: datetime | None = None) -> dict[str, Any]:
    """The select of times, with the one that was chosen before among them."""
    offered = times.choices(there, now())
    chosen = f"{wanted:%Y-%m-%dT%H:%M:%SZ}" if wanted else ""
    if wanted and chosen not in [choice.value for choice in offered]:
        offered.insert(0, times.Choice(chosen, times.both(wanted, there)))
    return {"times": offered, "chosen_time": chosen, "other_time": times.OTHER, "knows_time_there": there is not None}


def on_its_page(call: Call, member: Member, *, on_bar: bool) -> dict[str, Any]:
    """The part of the call's own page: what was said, and for the caller a form, unless the bar holds it."""
    if not can_be_noted(call):
        return {}
    found = known(call)
    mine = call.member_id == member.pk and endings.is_over(call) and not on_bar
    said = {"said": found.row, "is_decided": bool(found.row and found.row.decided_at), "stamp": stamp(found.row)}
    return {"has_wrap_up": True, "may_say": mine, "waits": found.is_asked(call), **said, **form(call, member, found)}
