"""The only writers of virtual numbers, of who calls from them, and of media files. Nothing is ever deleted."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ..accounts.services.rules import check_fields, unique
from ..models import Account, MediaFile, MediaKind, Member, VirtualNumber
from ..models.saving import save_changes

PROVIDER_ID_LENGTH = MediaFile._meta.get_field("provider_id").max_length or 0


def add_number(
    *,
    account: Account,
    digits: str,
    name: str = "",
    enabled: bool = True,
    has_scenario: bool | None = None,
    members: Collection[Member] = (),
) -> VirtualNumber:
    """A number that the account rents at the provider; `digits` is E.164 without the plus.

    `has_scenario` is None until somebody has told; `members` as in `assign_number`. Raises `ValidationError` at
    `digits`, `name` or `members`, also for a number that is already there.
    """
    number = VirtualNumber(
        account=account, digits=digits, name=name.strip(), enabled=enabled, has_scenario=has_scenario
    )
    number.clean_fields(exclude=["account"])
    with unique("digits", _("This number is already on the list.")):
        number.save()
        assign_number(number, members)
    return number


def update_number(number: VirtualNumber, **changes: Any) -> bool:
    """Saves name, use, scenario or label; True when something changed. The digits are what a number is.

    The label is a note of ours: only the operator sets it. Raises `ValidationError` by field.
    """
    check_fields(number, changes)
    return save_changes(number, **changes)


@transaction.atomic
def assign_number(number: VirtualNumber, members: Collection[Member]) -> bool:
    """Makes exactly these people the ones who call from the number; nobody = all may. True when something changed.

    Whoever loses the number loses it as their default too. Raises `ValidationError` at `members` for a stranger.
    """
    if any(member.account_id != number.account_id for member in members):
        raise ValidationError({"members": _("Choose people of this account.")})
    wanted = {member.pk for member in members}
    if wanted == set(number.members.values_list("pk", flat=True)):
        return False
    number.members.set(members)
    Member.objects.filter(default_number=number).exclude(pk__in=wanted).update(default_number=None)
    return True


@transaction.atomic
def set_default_number(member: Member, number: VirtualNumber | None) -> bool:
    """Makes it "my number" of the member, who may then call from it too; None takes the default away.

    True when something changed. Raises `ValidationError` at `number` for a number of another account.
    """
    if number is None:
        return save_changes(member, default_number=None)
    if number.account_id != member.account_id:
        raise ValidationError({"number": _("Choose a number of this account.")})
    changed = save_changes(member, default_number=number)
    if number.members.filter(pk=member.pk).exists():
        return changed
    number.members.add(member)
    return True


def add_media_file(*, account: Account, provider_id: str, name: str = "", kind: str = MediaKind.USER) -> MediaFile:
    """A file that the provider can play; `provider_id` is its ID there, a text of digits.

    From the first one on, calls may only play files that the account knows. Raises `ValidationError` at `provider_id`,
    `name` or `kind`, also for a file that is already there.
    """
    media_file = MediaFile(account=account, provider_id=provider_id.strip(), name=name.strip(), kind=kind)
    media_file.clean_fields(exclude=["account"])
    with unique("provider_id", _("This file is already on the list.")):
        media_file.save()
    return media_file


def update_media_file(media_file: MediaFile, **changes: Any) -> bool:
    """Saves `name` or `kind`; True when something changed. Raises `ValidationError` by field."""
    check_fields(media_file, changes)
    return save_changes(media_file, **changes)


def mark_media_gone(*, account: Account, provider_id: str) -> bool:
    """The provider does not know this file (any more); a file that we did not know either is remembered as gone.

    True when that was news. What is too long to be an ID teaches nothing.
    """
    if len(provider_id) > PROVIDER_ID_LENGTH:
        return False
    media_file, new = MediaFile.objects.get_or_create(
        account=account, provider_id=provider_id, defaults={"gone_at": now()}
    )
    return new or (media_file.gone_at is None and save_changes(media_file, gone_at=now()))


def restore_media_file(media_file: MediaFile) -> bool:
    """The provider has the file (again). True when it counted as gone."""
    return save_changes(media_file, gone_at=None)
