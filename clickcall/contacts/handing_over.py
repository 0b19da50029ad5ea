"""Giving contacts to another owner: whose they are now, who would not see them then, and the change itself.

Done in batches, each a transaction of its own, so that a press never waits for a million rows; what a killed process
left undone is still its old owner's, and doing it again does the rest. Each contact's history says who did it and whose
it was; each time is written into the log.
"""

import logging
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from ..models import Contact, ContactList, Member
from ..models.contacts import ContactQuerySet
from .history import note_owners

log = logging.getLogger("clickcall.contacts")
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the contacts are this member's; None are nobody's."""

    owner: Member | None
    count: int

    @property
    def has_left(self) -> bool:
        return self.owner is not None and bool(self.owner.archived_at or not self.owner.user.is_active)


def shares(rows: ContactQuerySet) -> list[Share]:
    """Whose the contacts are, the most first."""
    counts = dict(rows.order_by().values_list("owner").annotate(Count("pk")))
    people = Member.objects.select_related("user").in_bulk([key for key in counts if key])
    found = [Share(people.get(key), count) for key, count in counts.items()]
    return sorted(found, key=lambda share: (-share.count, share.owner.name if share.owner else ""))


def out_of_sight(rows: ContactQuerySet, to: Member) -> list[tuple[str, int]]:
    """Lists that this member does not see, with how many of the contacts stand on each."""
    hidden = rows.exclude(list__in=ContactList.objects.visible_to(to)).order_by()
    return sorted(hidden.values_list("list__name").annotate(Count("pk")))


def hand_over(rows: ContactQuerySet, *, to: Member, by: Member | None, source: str = "") -> int:
    """Makes `to` the owner of these active contacts. How many were somebody else's.

    `by` is who did it; without anybody `source` says what did.
    """
    if to.archived_at or not to.user.is_active:
        raise ValidationError({"to": _("This person no longer works here.")})
    theirs = rows.exclude(owner=to).order_by()
    before = theirs.values_list("owner__user__username", flat=True).distinct()
    names = ", ".join(sorted(name or "nobody" for name in before))
    keys = [*theirs.values_list("pk", flat=True)]
    changed = 0
    for start in range(0, len(keys), BATCH):
        chosen = Contact.objects.active().filter(account_id=to.account_id, pk__in=keys[start : start + BATCH])
        with transaction.atomic():
            held = dict(chosen.exclude(owner=to).order_by("pk").select_for_update().values_list("pk", "owner"))
            note_owners(to.account_id, held, to=to.pk, by=by, source=source)
            changed += Contact.objects.filter(pk__in=held).update(owner=to)
    who = by.user.username if by else source
    log.info("%s gave %d contacts of %s to %s", who, changed, names or "nobody", to.user.username)
    return changed
