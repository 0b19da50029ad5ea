"""Passwords: chosen ones, and one-time ones that must be changed at the first sign-in."""

import secrets

from ...models import Member, User
from .sessions import end_sessions

# Without letters and digits that look alike: these passwords are read out and typed.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 3, 4


def one_time_password() -> str:
    """Twelve random characters in three groups, 59 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def set_password(user: User, password: str) -> None:
    """Sets a password that its owner keeps, and ends the sessions. Its quality is checked by forms and commands."""
    _set(user, password, must_change=False)


def set_one_time_password(user: User) -> str:
    """Sets and returns a password that opens only the page where it is changed; ends the sessions."""
    password = one_time_password()
    _set(user, password, must_change=True)
    return password


def reset_password(member: Member) -> str:
    """The member's new one-time password: to be shown once and stored nowhere."""
    return set_one_time_password(member.user)


def _set(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
    end_sessions(user)
