"""What the rules need to know of phones, looked up for one press or for all of a page at once.

Both ways are prepared: a press is asked before each call, and a page of 25 buttons is what a salesperson waits for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When

from ...models import (
    Account,
    BlacklistEntry,
    CallRules,
    Consent,
    ContactList,
    ContactPhone,
    DoNotCall,
    Member,
    Purpose,
    WithoutConsent,
)
from ...models.columns import attnames, loaded
from ...models.lots import lots
from ...models.prepared import Prepared, PreparedModels
from ...web.frame import frame
from .. import masking
from . import caps

_MANY = 32  # phones of one question; fewer are filled up with empty texts, which no phone is
_RULES = attnames(CallRules)


@dataclass(frozen=True)
class Facts:
    """About phones of one account, by digits. `asks` holds lists for advertising: what a missing consent does there.

    `asks_unnamed` says the same of phones that are called without a contact: nobody said what for, so that the
    strictest list decides that the phone is on, whoever sees it. `regions` holds what the provider's report said of
    phones; those of a page have it with them.
    """

    rules: CallRules
    forbidden: dict[str, DoNotCall] = field(default_factory=dict)
    blacklisted: frozenset[str] = frozenset()
    attempts: dict[str, caps.Attempts] = field(default_factory=dict)
    asks: dict[int, str] = field(default_factory=dict)
    asks_unnamed: dict[str, str] = field(default_factory=dict)
    consents: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)


def _forbidden(account: Any, *digits: str) -> QuerySet[DoNotCall]:
    return DoNotCall.objects.in_force().filter(account_id=account, digits__in=digits).order_by()


def _blacklisted(account: Any, *digits: str) -> QuerySet[Any, tuple[str]]:
    return (
        BlacklistEntry.objects.present().filter(account_id=account, digits__in=digits).order_by().values_list("digits")
    )


def _newest_consent(account: Any, digits: str) -> QuerySet[Consent, tuple[str]]:
    return Consent.objects.filter(account_id=account, digits=digits).order_by("-at", "-pk").values_list("state")[:1]


def _told(account: Any, digits: str) -> QuerySet[ContactPhone, tuple[str]]:
    phones = ContactPhone.objects.filter(account_id=account, digits=digits).exclude(region="").order_by()
    return phones.values_list("region")[:1]


def _of_list(account: Any, on_list: int, digits: str) -> QuerySet[ContactList, tuple[str]]:
    ads = ContactList.objects.filter(pk=on_list, purpose=Purpose.ADVERTISING).order_by()
    return ads.values_list("without_consent")[:1]


def _of_lists(account: Any, *digits: str) -> QuerySet[ContactPhone, tuple[str, str]]:
    """These phones on the lists where a missing consent matters, the strictest last."""
    phones = ContactPhone.objects.filter(account_id=account, digits__in=digits, contact__archived_at=None)
    found = phones.filter(contact__list__in=ContactList.objects.active().minding_consent(OuterRef("account_id")))
    strictness = Case(When(contact__list__without_consent=WithoutConsent.BLOCK, then=1), default=0)
    return found.order_by(strictness).values_list("digits", "contact__list__without_consent")


def _of_strictest_list(account: Any, on_list: int, digits: str) -> QuerySet[ContactPhone, tuple[str]]:
    return _of_lists(account, digits).reverse().values_list("contact__list__without_consent")[:1]


def _of_a_press(
    account: int, digits: str, on_list: int, asks: Callable[[Any, int, str], QuerySet[Any, tuple[str]]] = _of_list
) -> QuerySet[Account, tuple[object, ...]]:
    """The account's rules, and what is known of one phone and of the list that its contact is on."""
    return (
        Account.objects.filter(pk=account)
        .order_by()
        .values_list(
            Exists(_forbidden(OuterRef("pk"), digits)),
            Exists(_blacklisted(OuterRef("pk"), digits)),
            Subquery(asks(OuterRef("pk"), on_list, digits)),
            Subquery(_newest_consent(OuterRef("pk"), digits)),
            Subquery(_told(OuterRef("pk"), digits)),
            *(f"rules__{name}" for name in _RULES),
        )
    )


_PRESS = Prepared(int, str, int, ask=_of_a_press)
_UNNAMED_PRESS = Prepared(int, str, int, ask=partial(_of_a_press, asks=_of_strictest_list))
_CALLS = Prepared(int, datetime, str, ask=caps.calls)
_ENTRY = PreparedModels(int, str, ask=_forbidden, related=("member",))

_MANY_CALLS = Prepared(int, datetime, *[str] * _MANY, ask=caps.calls)
_MANY_ENTRIES = PreparedModels(int, *[str] * _MANY, ask=_forbidden, related=("member",))


def _stopped(account: int, *digits: str) -> QuerySet[Any, tuple[str, bool]]:
    """Phones that must not be called, and whether that is our own list's doing."""
    ours = _forbidden(account, *digits).values_list("digits", Value(True))
    return ours.union(_blacklisted(account, *digits).values_list("digits", Value(False)), all=True)


_ADS = Prepared(
    int, ask=lambda account: ContactList.objects.minding_consent(account).values_list("pk", "without_consent")
)
_MANY_STOPPED = Prepared(int, *[str] * _MANY, ask=_stopped)


def of_press(account: Account, digits: str, on_list: int | None, at: datetime) -> Facts:
    """About one phone, in two questions; a third where it is on *Do not call*. Without a contact there is no list."""
    ask = _UNNAMED_PRESS if on_list is None else _PRESS
    forbidden, blacklisted, asks, consent, region, *columns = ask.rows(account.pk, digits, on_list or 0)[0]
    rules = _rules(account, loaded(CallRules, _RULES, columns) if columns[0] else None)
    return Facts(
        rules=rules,
        forbidden=_entries(_ENTRY, account, [digits]) if forbidden else {},
        blacklisted=frozenset({digits}) if blacklisted else frozenset(),
        attempts=_attempts(_CALLS, account, rules, [digits], at),
        asks={on_list: asks} if on_list and asks else {},
        asks_unnamed={digits: asks} if on_list is None and asks else {},
        consents={digits: consent} if consent else {},
        regions={digits: region or ""},
    )


def of_page(member: Member, digits: Iterable[str], on_lists: set[int], unnamed: set[str], at: datetime) -> Facts:
    """About all the phones of a page, in two questions; in more where something is found, or for more phones.

    `on_lists` are those of the contacts, `unnamed` the phones without one.
    """
    phones, account, known = list(dict.fromkeys(filter(None, digits))), member.account, frame(member)
    rules, ads = _rules(account, known.rules), _ADS.rows(account.pk) if known.has_ads else []
    found = Facts(rules, asks={key: what for key, what in ads if key in on_lists})
    blacklisted: set[str] = set()
    for some in _slices(phones):
        stopped = _MANY_STOPPED.rows(account.pk, *some)
        blacklisted.update(text for text, is_ours in stopped if not is_ours)
        if any(is_ours for _text, is_ours in stopped):
            found.forbidden.update(_entries(_MANY_ENTRIES, account, some))
        found.attempts.update(_attempts(_MANY_CALLS, account, rules, some, at))
    if known.has_ads and unnamed:
        found.asks_unnamed.update(_of_lists(account.pk, *unnamed))
    if found.asks or found.asks_unnamed:
        rows = Consent.objects.filter(account=account, digits__in=phones).order_by("at", "pk")
        found.consents.update(rows.values_list("digits", "state"))
    return Facts(**{**found.__dict__, "blacklisted": frozenset(blacklisted)})


def _rules(account: Account, stored: CallRules | None) -> CallRules:
    """The stored ones, or the defaults."""
    rules = stored or CallRules(account_id=account.pk)
    masking.heard(rules, account)
    return rules


def _entries(ask: PreparedModels[DoNotCall], account: Account, phones: Sequence[str]) -> dict[str, DoNotCall]:
    return {entry.digits: entry for entry in ask.instances(account.pk, *phones)}


def _attempts(
    ask: Prepared, account: Account, rules: CallRules, phones: Sequence[str], at: datetime
) -> dict[str, caps.Attempts]:
    if not (rules.attempts_a_day or rules.attempts_a_month):
        return {}
    day, month = caps.begins(at, account.tz)
    return caps.count(ask.rows(account.pk, month, *phones), day, rules)


def _slices(phones: list[str]) -> Iterator[list[str]]:
    """Filled up to the number that is asked about."""
    for some in lots(phones, _MANY):
        yield some + [""] * (_MANY - len(some))
