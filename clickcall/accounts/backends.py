"""Who is signed in: the user and their memberships in one query, since every request needs both."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from ..models import Member, User
from ..models.prepared import PreparedModels

_MEMBERSHIPS = PreparedModels(
    int,
    ask=lambda user: Member.objects.filter(user_id=user, archived_at=None).order_by("pk"),
    related=("user", "account", "default_number"),
)


class MemberBackend(AuthenticationBackend):  # type: ignore[misc]
    def get_user(self, user_id: Any) -> User | None:
        """The user of a session, with `active_memberships` filled in."""
        members = _MEMBERSHIPS.instances(int(user_id))
        if not members:
            user: User | None = super().get_user(user_id)
            return user
        user = members[0].user
        for member in members:
            member.user = user
        user.active_memberships = members
        return user if self.user_can_authenticate(user) else None
