"""Notifications from the provider: taking them in, doing what they say, and the page on which they are set up."""

from .states import HooksState, last_seen, state

__all__ = ["HooksState", "last_seen", "state"]
