"""Sessions that the provider has without a press of ours: people who call us, and calls made by other means."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from ...contacts.services import note_last_call
from ...models import RANG_NOBODY, Account, Call, Contact, Dispatch, Member, Origin, Status, VirtualNumber
from ...models.calls import TALKED, CallQuerySet
from ...models.prepared import Prepared, whether
from ...provider.sighting import Sighting


def _missed(account_id: int, phone: str) -> CallQuerySet:
    """Missed calls from this phone whose caller still waits."""
    return Call.objects.waiting().filter(account_id=account_id, contact_phone=phone)


_IS_MISSED = Prepared(int, str, ask=lambda account, phone: whether(_missed(account, phone)))


def record_session(account: Account, number: VirtualNumber, sighting: Sighting, at: datetime) -> Call:
    """The row of a session without a press; whoever else takes it in at the same moment gets the same row."""
    origin = origin_of(sighting)
    call = Call(
        account=account,
        origin=origin,
        dispatch=Dispatch.NONE,
        status=Status.INCOMING if origin == Origin.INBOUND else Status.ACCEPTED,
        external_id=None,
        call_session_id=sighting.call_session_id,
        number=number,
        number_digits=number.digits,
        number_name=number.name,
        requested_at=sighting.started_at or at,
        **_person(_employee(account, sighting, anybody=True) or _only_owner(number)),
        **_client(account, sighting),
    )
    try:
        with transaction.atomic():
            call.save(force_insert=True)
            if call.contact_id:
                note_last_call(contact_id=call.contact_id, call_id=call.pk)
    except IntegrityError:
        return account.calls.exclude(origin=Origin.PRESS).get(call_session_id=sighting.call_session_id)
    return call


def complete_session(call: Call, sighting: Sighting) -> None:
    """What earlier sightings did not say: who it was, when it began, that a program placed it."""
    changes: dict[str, Any] = {}
    if call.origin == Origin.INBOUND and sighting.is_by_api:
        changes |= {"origin": Origin.OTHER, "is_missed": False}
    if sighting.started_at and sighting.started_at < call.requested_at:
        changes["requested_at"] = sighting.started_at
    if sighting.contact and not call.contact_phone:
        changes |= _client(call.account, sighting)
    member = _employee(call.account, sighting, anybody=call.member_id is None)
    if member and member.pk != call.member_id:
        changes |= _person(member)
    if changes:
        Call.objects.filter(pk=call.pk).update(**changes)
        for name, value in changes.items():
            setattr(call, name, value)


def origin_of(sighting: Sighting) -> Origin:
    """A client's own call, unless a program placed it (an ID, a request) or somebody in the company did."""
    if sighting.external_id or sighting.is_by_api:
        return Origin.OTHER
    if sighting.direction:
        return Origin.INBOUND if sighting.direction == "in" else Origin.OTHER
    return Origin.INBOUND if sighting.stage in ("incoming", "lost") else Origin.OTHER


def return_missed(account_id: int, phone: str, at: datetime) -> None:
    """A press to a phone calls back whoever was missed. Each press asks, and mostly nobody was: so it is prepared."""
    if _IS_MISSED.any(account_id, phone):
        _missed(account_id, phone).update(returned_at=at)


def note_dispatch(press: Call, before: str) -> None:
    """What became of a press, after its row says so: one that has rung nobody returns no call after all."""
    if press.dispatch == before or not press.contact_phone:
        return
    if press.dispatch in RANG_NOBODY:
        theirs = Call.objects.filter(account_id=press.account_id, contact_phone=press.contact_phone, is_missed=True)
        for missed in theirs.filter(returned_at=press.requested_at):
            Call.objects.filter(pk=missed.pk).update(returned_at=None)
            _settle(missed)
    elif before in RANG_NOBODY:  # a later sighting: it was placed
        earlier = _missed(press.account_id, press.contact_phone).filter(requested_at__lt=press.requested_at)
        earlier.update(returned_at=press.requested_at)


def settle_missed(call: Call) -> None:
    """After each sighting: who waits for no call any more. Calls are also found late and in any order.

    A missed caller may have been called back already, or have got through in another way; and a talk that nobody
    pressed for (they called again, somebody called them by other means) answers the missed calls before it.
    """
    if not call.contact_phone:
        return
    if call.is_waiting:
        _settle(call)
    elif call.origin != Origin.PRESS and call.is_talk and _IS_MISSED.any(call.account_id, call.contact_phone):
        before = _missed(call.account_id, call.contact_phone).filter(requested_at__lt=call.requested_at)
        before.update(got_through_at=call.requested_at)


def _settle(call: Call) -> None:
    """By the first press or talk after it."""
    later = call.account.calls.filter(contact_phone=call.contact_phone, requested_at__gt=call.requested_at)
    pressed = Q(origin=Origin.PRESS) & ~Q(dispatch__in=RANG_NOBODY)
    first = later.filter(TALKED | pressed).order_by("requested_at", "pk").first()
    if first is None:
        return
    name = "returned_at" if first.origin == Origin.PRESS else "got_through_at"
    Call.objects.filter(pk=call.pk).update(**{name: first.requested_at})
    setattr(call, name, first.requested_at)


def _client(account: Account, sighting: Sighting) -> dict[str, Any]:
    """The client, with the copies that a call keeps."""
    contact = _contact(account, sighting.contact)
    return {
        "contact": contact,
        "contact_name": contact.name if contact else "",
        "contact_company": contact.company if contact else "",
        "contact_phone": sighting.contact[:20],
    }


def _contact(account: Account, digits: str) -> Contact | None:
    """Who has this phone: somebody who is not archived rather than somebody who is, the newest of them."""
    if not digits:
        return None
    found = Contact.objects.filter(account=account, phones__account=account, phones__digits=digits)
    return found.filter(archived_at=None).order_by("-pk").first() or found.order_by("-pk").first()


def _person(member: Member | None) -> dict[str, Any]:
    return {"member": member, "member_name": member.name if member else ""}


def _employee(account: Account, sighting: Sighting, *, anybody: bool) -> Member | None:
    """The member who is linked with the employee that talked or answered; with `anybody`, also with one who is rung."""
    people = sorted(sighting.employees, key=lambda one: (not one.talked, not one.answered))
    ids = [one.employee_id for one in people if anybody or one.talked or one.answered]
    legs = sorted((leg for leg in sighting.legs if leg.is_employee), key=lambda leg: leg.state != "talking")
    ids += [leg.employee_id for leg in legs if anybody or leg.state == "talking"]
    wanted = [one for one in ids if one]
    if not wanted:
        return None
    linked = account.members.active().filter(employee__provider_id__in=wanted).order_by("-pk")
    by_employee = dict(linked.values_list("employee__provider_id", "pk"))
    found = next((by_employee[one] for one in wanted if one in by_employee), None)
    return account.members.get(pk=found) if found else None


def _only_owner(number: VirtualNumber) -> Member | None:
    """Whose "my number" it is, if it is one person's."""
    owners = list(number.default_of.active()[:2])
    return owners[0] if len(owners) == 1 else None
