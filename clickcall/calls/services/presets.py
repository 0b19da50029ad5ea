"""Presets: prepared by admins, used by everybody, never deleted."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from ...models import Account, Preset
from ...models.saving import save_changes
from ..params import NEVER_DEFAULT, machine_first


@transaction.atomic
def save_preset(*, account: Account, preset: Preset | None = None, **fields: Any) -> Preset:
    """Makes a preset, or changes one. `is_default=True` takes the place of the default before.

    The fields come from a valid `PresetForm`. Raises ValidationError for a name that is taken (`name`), and for a
    default that would let the client hear a machine first (`is_default`).
    """
    if _standing(preset, fields, "is_default") and machine_first(
        {name: _standing(preset, fields, name) for name in ("first_call", "message_type")}
    ):
        raise ValidationError({"is_default": ValidationError(NEVER_DEFAULT, code="default")})
    others = account.presets.exclude(pk=preset.pk) if preset else account.presets.all()
    if "name" in fields and others.filter(name=fields["name"]).exists():
        raise ValidationError({"name": _("There is already one with this name.")})
    if fields.get("is_default"):
        others.filter(is_default=True).update(is_default=False)
    if preset is None:
        return Preset.objects.create(account=account, **fields)
    save_changes(preset, **fields)
    return preset


def _standing(preset: Preset | None, fields: dict[str, Any], name: str) -> Any:
    """What a column would hold after the change."""
    return fields.get(name, getattr(preset, name, None))


def make_default(preset: Preset) -> None:
    """The preset that a press uses unless another one is chosen."""
    save_preset(account=preset.account, preset=preset, is_default=True, archived_at=None)


def archive_preset(preset: Preset) -> None:
    """Hides a preset; calls that were made with it keep its name and parameters."""
    save_changes(preset, is_default=False, archived_at=preset.archived_at or now())
