"""Whoever signs out takes no contact of the queue along."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from ...models import QueueEntry, User


@receiver(user_logged_out)
def give_back(sender: object, user: User | None, **kwargs: Any) -> None:
    """In all accounts of the user. `user` is None for somebody who was not signed in."""
    if user is not None:
        QueueEntry.objects.filter(leased_to__user=user).release()
