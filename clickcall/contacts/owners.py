"""Somebody else's client: what a button knows before the press. At the press itself the guards ask again."""

from ..models import Contact, Member


def owner_to_ask(contact: Contact, member: Member) -> str:
    """Whose client this is, if it is a colleague's who works here and the page has looked that up; else empty."""
    if contact.owner_id in (None, member.pk):
        return ""
    owner: Member | None = contact._state.fields_cache.get("owner")
    return owner.name if owner and not owner.archived_at else ""
