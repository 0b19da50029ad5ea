"""Somebody else's client: what a button knows before the press. At the press itself the guards ask again."""

from django.db.models import F

from ..models import Contact, Member
from ..models.contacts import ContactQuerySet


def with_owner(rows: ContactQuerySet) -> ContactQuerySet:
    """Adds whose each contact is, as far as `owner_to_ask` needs it, without a query of its own."""
    return rows.annotate(owner_name=F("owner__name"), owner_left=F("owner__archived_at"))


def owner_to_ask(contact: Contact, member: Member) -> str:
    """Whose client this is, if it is a colleague's who works here and the page has looked that up; else empty."""
    if contact.owner_id in (None, member.pk):
        return ""
    known = contact.__dict__
    if "owner_name" in known:
        return "" if known["owner_left"] else str(known["owner_name"])
    owner: Member | None = contact._state.fields_cache.get("owner")
    return owner.name if owner and not owner.archived_at else ""
