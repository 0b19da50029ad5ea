"""The rules, judged: by facts that were looked up for one press or for a page."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from ...models import Callback, ConsentState, Contact, Member, WithoutConsent
from ...web.waiting import shown_callbacks
from ..zones import zone_of
from . import facts as knowledge
from . import hours
from .facts import Facts
from .findings import FREE, Code, Finding, Kind, Verdict

CALLBACK_LASTS = timedelta(minutes=30)  # before and after the time that the client asked for
_PASSED_BY_CALLBACK = (Code.OUTSIDE_HOURS, Code.TIME_UNKNOWN, Code.ATTEMPTS_DAY, Code.ATTEMPTS_MONTH)


def verdict(member: Member, contact: Contact | None, digits: str, at: datetime) -> Verdict:
    """Whether `member` may call this phone at this moment. `contact` is whose it is, as far as that is known."""
    found = knowledge.of_press(member.account, digits, contact.list_id if contact else None, at)
    judged = _judge(found, member, contact, digits, at)
    return _with_promises(judged, _promised(member, [digits], at) if _may_pass(judged) else set(), digits)


def verdicts(member: Member, rows: Iterable[Contact], at: datetime) -> dict[int, Verdict]:
    """By contact, the verdict on its (first) phone; those without a phone are left out. Phones are to be prefetched.

    The page's buttons find theirs by `known`.
    """
    pairs = [(contact, phones[0].digits) for contact in rows if (phones := [*contact.fetched_phones])]
    judged = weigh(member, pairs, at)
    return {contact.pk: judged[contact.pk, digits] for contact, digits in pairs}


def weigh(
    member: Member, pairs: Iterable[tuple[Contact | None, str]], at: datetime
) -> dict[tuple[int | None, str], Verdict]:
    """The verdicts on phones of contacts (or of nobody), by contact and digits; kept for the page's buttons.

    Promises whose buttons the page will draw as well are asked about in the same questions.
    """
    asked = dict.fromkeys(pairs)
    if not asked:
        return {}
    due = shown_callbacks(member)
    asked |= dict.fromkeys((one.contact, one.digits) for one in due)
    lists = {contact.list_id for contact, _digits in asked if contact}
    unnamed = {digits for contact, digits in asked if contact is None}
    found = knowledge.of_page(member, (digits for _contact, digits in asked), lists, unnamed, at)
    found.regions.update((one.digits, one.__dict__["told_region"]) for one in due)
    judged = {(contact, digits): _judge(found, member, contact, digits, at) for contact, digits in asked}
    passing = [digits for (_contact, digits), one in judged.items() if _may_pass(one)]
    promised = _promised(member, passing, at) if passing else set()
    told = {
        (contact.pk if contact else None, digits): _with_promises(one, promised, digits)
        for (contact, digits), one in judged.items()
    }
    _kept(member).update(told)
    return told


def known(member: Member, contact_id: int | None, digits: str) -> Verdict | None:
    """What `verdicts` or `weigh` said in this request; None when they were not asked."""
    return _kept(member).get((contact_id, digits))


def _kept(member: Member) -> dict[tuple[int | None, str], Verdict]:
    """The member lives as long as the request."""
    kept: dict[tuple[int | None, str], Verdict] = member.__dict__.setdefault("_verdicts", {})
    return kept


def _judge(found: Facts, member: Member, contact: Contact | None, digits: str, at: datetime) -> Verdict:
    findings = tuple(_findings(found, member, contact, digits, at))
    blocks = tuple(finding for finding in findings if finding.kind == Kind.BLOCK)
    return Verdict(blocks or findings) if findings else FREE


def _findings(found: Facts, member: Member, contact: Contact | None, digits: str, at: datetime) -> Iterator[Finding]:
    if entry := found.forbidden.get(digits):
        yield Finding(Kind.BLOCK, Code.DO_NOT_CALL, entry=entry)
    if digits in found.blacklisted:
        yield Finding(Kind.BLOCK, Code.PBX_BLACKLIST)
    what = found.asks.get(contact.list_id) if contact else found.asks_unnamed.get(digits)
    if what:
        yield from _consent(what, found.consents.get(digits), is_named=contact is not None)
    if found.rules.hours_on:
        yield from _hours(found, member, contact, digits, at)
    yield from _attempts(found, digits)


def _consent(what: str, state: str | None, *, is_named: bool) -> Iterator[Finding]:
    if state != ConsentState.GIVEN and what != WithoutConsent.NOTHING:
        kind = Kind.BLOCK if what == WithoutConsent.BLOCK else Kind.ASK
        yield Finding(kind, Code.NO_CONSENT, consent=ConsentState(state) if state else None, is_named=is_named)


def _hours(found: Facts, member: Member, contact: Contact | None, digits: str, at: datetime) -> Iterator[Finding]:
    if digits.startswith("0"):
        return  # a colleague's SIP number
    zone = zone_of(contact, digits, found.regions.get(digits)).tz
    if zone is None:
        if hours.asks_unknown(found.rules, at.astimezone(member.account.tz)):
            yield Finding(Kind.ASK, Code.TIME_UNKNOWN)
        return
    there = at.astimezone(zone)
    if not hours.is_open(found.rules, there):
        opens = hours.opens_at(found.rules, there)
        yield Finding(Kind.ASK, Code.OUTSIDE_HOURS, there=there, opens_at=opens)


def _attempts(found: Facts, digits: str) -> Iterator[Finding]:
    tried, rules = found.attempts.get(digits), found.rules
    if tried is None:
        return
    if rules.attempts_a_day and tried.day >= rules.attempts_a_day:
        yield Finding(Kind.ASK, Code.ATTEMPTS_DAY, attempts=tried.day)
    if rules.attempts_a_month and tried.month >= rules.attempts_a_month:
        yield Finding(Kind.ASK, Code.ATTEMPTS_MONTH, attempts=tried.month)


def _may_pass(judged: Verdict) -> bool:
    """Whether a callback that the client asked for would change the verdict."""
    return judged.kind == Kind.ASK and any(finding.code in _PASSED_BY_CALLBACK for finding in judged.findings)


def _promised(member: Member, digits: list[str], at: datetime) -> set[str]:
    """Those of the phones whose owner asked to be called at about this time."""
    due = Callback.objects.filter(account_id=member.account_id, digits__in=digits, asked_by_client=True, done_at=None)
    soon = due.filter(due_at__range=(at - CALLBACK_LASTS, at + CALLBACK_LASTS))
    return set(soon.order_by().values_list("digits", flat=True))


def _with_promises(judged: Verdict, promised: set[str], digits: str) -> Verdict:
    if digits not in promised:
        return judged
    left = tuple(finding for finding in judged.findings if finding.code not in _PASSED_BY_CALLBACK)
    return Verdict(left) if left else FREE
