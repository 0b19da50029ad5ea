"""What was noted about a contact."""

from collections.abc import Iterable

from ..models import Call, WrapUp


def last_note(calls: Iterable[Call]) -> WrapUp | None:
    """The note of the newest of these calls that has one, whoever took it: it is meant for everybody who calls.

    The calls come with their `wrap_up` and its member, newest first.
    """
    said = (getattr(call, "wrap_up", None) for call in calls)
    return next((wrap_up for wrap_up in said if wrap_up and wrap_up.note), None)
