"""An account's outcomes: the usual ones until an admin changes them or somebody chooses one."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ...models import Account, Effect, Outcome
from ...models.saving import save_changes

MOST = 9  # one for each key
RUSSIAN = ("RU", "BY", "KZ", "KG")  # countries whose accounts begin with Russian names
USUAL = (
    (pgettext_lazy("outcome", "Agreed"), Effect.DONE),
    (pgettext_lazy("outcome", "Call back"), Effect.CALL_BACK),
    (pgettext_lazy("outcome", "Not interested"), Effect.DONE),
    (pgettext_lazy("outcome", "Wrong number"), Effect.WRONG_NUMBER),
    (pgettext_lazy("outcome", "Answering machine"), Effect.MACHINE),
    (pgettext_lazy("outcome", "Do not call"), Effect.DO_NOT_CALL),
)


def outcomes_of(account: Account) -> list[Outcome]:
    """The outcomes to choose from, by their keys; rows that are not stored yet where the account has none at all."""
    return to_choose(account, [*account.outcomes.all()])


def to_choose(account: Account, stored: list[Outcome]) -> list[Outcome]:
    """Those of the stored ones that are in use, by their keys."""
    used = [row for row in stored if row.archived_at is None]
    return sorted(used, key=lambda row: (row.position, row.pk)) if stored else usual(account)


def usual(account: Account) -> list[Outcome]:
    """Not stored: a page that only shows them changes nothing."""
    with translation.override("ru" if account.country in RUSSIAN else "en"):
        return [
            Outcome(account=account, name=str(name), effect=effect, position=place)
            for place, (name, effect) in enumerate(USUAL, start=1)
        ]


def name_of(outcome: Outcome) -> str:
    """What a form says for it: its key, or its place where it is not stored."""
    return str(outcome.pk) if outcome.pk else f"usual-{outcome.position}"


def chosen(account: Account, name: str) -> Outcome | None:
    """The outcome that a form names; the first choice of an account stores the usual ones."""
    if name.startswith("usual-"):
        store_usual(account)
        return account.outcomes.filter(position=name.removeprefix("usual-")).first() if name[6:].isdecimal() else None
    return account.outcomes.filter(pk=int(name)).first() if name.isdecimal() and len(name) < 19 else None


@transaction.atomic
def store_usual(account: Account) -> bool:
    """Stores the usual outcomes of an account that has none. False where there are some."""
    if account.outcomes.exists():
        return False
    Outcome.objects.bulk_create(usual(account), ignore_conflicts=True)
    return True


@transaction.atomic
def save(account: Account, outcome: Outcome | None, *, name: str, effect: str) -> Outcome:
    """Adds an outcome behind the others, or changes one. Raises ValidationError (`name`, `effect`)."""
    name = name.strip()
    if account.outcomes.filter(name=name).exclude(pk=outcome.pk if outcome and outcome.pk else 0).exists():
        raise ValidationError({"name": _("There is already one with this name.")})
    if outcome is None:
        _check_room(account)
        last = account.outcomes.aggregate(last=Max("position"))["last"] or 0
        return Outcome.objects.create(account=account, name=name, effect=effect, position=last + 1)
    save_changes(outcome, name=name, effect=effect)
    return outcome


def _check_room(account: Account) -> None:
    if account.outcomes.filter(archived_at=None).count() >= MOST:
        raise ValidationError({"name": _("There are nine already, one for each key. Put one away first.")})


@transaction.atomic
def move(outcome: Outcome, by: int) -> None:
    """Gives it the key before (-1) or after (+1); the one that had it takes its place."""
    rows = [row for row in outcomes_of(outcome.account) if row.pk]
    here = rows.index(outcome)
    there = min(max(here + by, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    _number(rows)


@transaction.atomic
def archive(outcome: Outcome) -> None:
    """Takes it out of the choice; calls keep it. Raises ValidationError for the last one."""
    rest = [row for row in outcomes_of(outcome.account) if row.pk != outcome.pk]
    if not rest:
        raise ValidationError(_("The last outcome stays: there has to be something to choose."))
    save_changes(outcome, archived_at=now(), position=MOST + 1)
    _number(rest)


@transaction.atomic
def restore(outcome: Outcome) -> None:
    """Puts it behind the others again. Raises ValidationError when every key is taken."""
    _check_room(outcome.account)
    save_changes(outcome, archived_at=None)
    _number([*(row for row in outcomes_of(outcome.account) if row.pk != outcome.pk), outcome])


def _number(rows: list[Outcome]) -> None:
    for place, row in enumerate(rows, start=1):
        row.position = place
    Outcome.objects.bulk_update(rows, ["position"])
