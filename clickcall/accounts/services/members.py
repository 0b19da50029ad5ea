"""People in an account: adding, changing, disabling."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from ...models import Account, Member, Role, Team, User
from ...models.saving import save_changes
from ..usernames import normal_username
from .employees import drop_taken_link
from .passwords import one_time_password, set_password
from .rules import check_fields, tidy, unique
from .sessions import end_sessions

CHANGEABLE = {"name", "role", "team"}
LAST_ADMIN = _("The account's last admin stays one. Make somebody else an admin first.")


@dataclass(frozen=True, slots=True)
class NewMember:
    """`one_time_password` is None for a user who can sign in already: known before, or given a password."""

    member: Member
    one_time_password: str | None

    def __repr__(self) -> str:
        return f"NewMember({self.member.pk})"  # a password has no place in a traceback


@transaction.atomic
def add_member(
    *, account: Account, username: str, name: str, role: str, team: Team | None = None, password: str | None = None
) -> NewMember:
    """Takes a user into the account, who is created unless known. A known user's password changes only if one is given
    that does not fit."""
    member = Member(account=account)
    fields = tidy({"name": name, "role": role, "team": team})
    _check(member, fields)
    user, one_time = _user(normal_username(username), password)
    with unique("username", _("This person is in the account already. If they are disabled, enable them again.")):
        member = Member.objects.create(account=account, user=user, **fields)
    return NewMember(member, one_time)


def _user(username: str, password: str | None) -> tuple[User, str | None]:
    """The user of this name, and the one-time password of a new one."""
    user = User.objects.filter(username=username).first()
    if user is not None:
        if password and not user.check_password(password):
            set_password(user, password)
        return user, None
    check_fields(User(), {"username": username})
    one_time = None if password else one_time_password()
    user = User(username=username, must_change_password=one_time is not None)
    user.set_password(password or one_time)
    with unique("username", _("This user name is taken. Choose another one.")):
        user.save(force_insert=True)
    return user, one_time


@transaction.atomic
def update_member(member: Member, **changes: Any) -> bool:
    """Changes `name`, `role` or `team`. The last active admin stays one. True when something was saved."""
    if unknown := sorted(changes.keys() - CHANGEABLE):
        raise TypeError(f"Not changed here: {', '.join(unknown)}")
    changes = tidy(changes)
    _check(member, changes)
    if changes.get("role", Role.ADMIN) != Role.ADMIN:
        _keep_an_admin(member, "role")
    return save_changes(member, **changes)


@transaction.atomic
def disable_member(member: Member) -> bool:
    """Archives the membership and ends the person's sessions. False when it was archived already."""
    _keep_an_admin(member, "member")
    changed = member.archived_at is None and save_changes(member, archived_at=now())
    if changed:
        end_sessions(member.user)
    return changed


@transaction.atomic
def enable_member(member: Member) -> bool:
    """Lets an archived member in again, with the password they had; a link that a successor has is theirs no more."""
    drop_taken_link(member)
    return save_changes(member, archived_at=None)


def _check(member: Member, fields: dict[str, Any]) -> None:
    check_fields(member, fields)
    team: Team | None = fields.get("team")
    if team is not None and team.account_id != member.account_id:
        raise ValidationError({"team": [_("This team belongs to another account.")]})


def _keep_an_admin(member: Member, field: str) -> None:
    """Raises for the last active admin. Locks the account, so that two admins cannot disable each other at once."""
    Account.objects.select_for_update(no_key=True).get(pk=member.account_id)
    admins = set(
        Member.objects.active().filter(account=member.account_id, role=Role.ADMIN).values_list("pk", flat=True)
    )
    if admins == {member.pk}:
        raise ValidationError({field: [LAST_ADMIN]})
