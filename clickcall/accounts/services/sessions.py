"""Ending what somebody has open in their browsers."""

from django.db.models import F

from ...models import User


def end_sessions(user: User) -> None:
    """Every session of this user ends with its next request."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
