"""What becomes of the rows of a batch: added, put into a contact that is ours already, or left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...models import ConsentState, ImportChoice
from .consents import Said, said_in
from .known import Known, Ours, meant
from .rows import Row

_TEXTS = ("name", "company", "city", "region", "timezone", "owner_id")


@dataclass(slots=True)
class Plan:
    """`updates` are (contact's key, row); `joined` counts rows that went into another row of the same batch.

    `consents` are those of all rows, as they stand in the file; of rows that are left out only withdrawals.
    """

    added: list[Row] = field(default_factory=list)
    updates: list[tuple[int, Row]] = field(default_factory=list)
    joined: int = 0
    skipped: list[Row] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)
    consents: list[Said] = field(default_factory=list)


def digits_of(rows: Iterable[Row]) -> list[str]:
    return [phone.digits for row in rows for phone in row.phones]


def make_plan(rows: Iterable[Row], known: Known, choice: str) -> Plan:
    """A row whose phone is known, to the account or from a row before, is dealt with as `choice` says."""
    plan, before = Plan(), dict[str, Row]()
    for row in rows:
        if row.wrong:
            plan.refused.append(row)
            continue
        ours, earlier = None, None
        if choice != ImportChoice.ADD:
            ours = meant(row, known) if known else None
            for phone in row.phones:
                earlier = earlier or before.get(phone.digits)
        is_new = ours is None and earlier is None
        if row.consent and (is_new or choice != ImportChoice.SKIP or row.consent == ConsentState.WITHDRAWN):
            plan.consents.append(said_in(row, row.consent))
        if is_new:
            plan.added.append(row)
            for phone in row.phones:
                before[phone.digits] = row
        elif choice == ImportChoice.SKIP:
            plan.skipped.append(row)
        else:
            _update(plan, ours, earlier, row, before)
    return plan


def _update(plan: Plan, ours: Ours | None, earlier: Row | None, row: Row, before: dict[str, Row]) -> None:
    if ours:
        plan.updates.append((ours.contact_id, row))
    elif earlier:
        _join(earlier, row, before)
        plan.joined += 1


def _join(earlier: Row, row: Row, before: dict[str, Row]) -> None:
    """What the later row knows goes into the one that will be written; its consent is for its own phones alone."""
    for name in _TEXTS:
        if value := getattr(row, name):
            setattr(earlier, name, value)
    earlier.do_not_call = earlier.do_not_call or row.do_not_call
    earlier.notes = joined_notes(earlier.notes, row.notes)
    known = {phone.digits for phone in earlier.phones}
    earlier.phones += [phone for phone in row.phones if phone.digits not in known]
    for phone in row.phones:
        before[phone.digits] = earlier


def joined_notes(before: str, more: str) -> str:
    """Notes are never written over."""
    return before if more in before else f"{before}\n{more}" if before else more
