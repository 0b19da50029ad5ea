"""Presets: judged by the form that judges them in the pages."""

from typing import Any

from django.core.exceptions import ValidationError

from ...calls import services
from ...calls.params import PresetForm, preset_values
from ...models import Account, FirstCall, Preset
from .entries import Entry
from .run import Run, checked

NAMES = {name: name for name in PresetForm.base_fields}
_KEYS = NAMES | {"default": "is_default"}  # of what the service may refuse


def apply_preset(run: Run, account: Account, entry: Entry) -> Preset:
    """The preset by its name; what the entry does not say stays as it is."""
    run.once(entry, "name", "preset", account.pk, entry["name"])
    if entry.get("default"):
        run.agree(entry, "default", account.pk, entry["name"])
    preset = Preset.objects.filter(account=account, name=entry["name"]).first()
    fields = _judged(run, account, entry, preset)
    if "default" in entry and not (preset and preset.archived_at):
        fields["is_default"] = entry["default"]

    def create() -> Preset:
        made: Preset = checked(services.save_preset, entry, _KEYS, account=account, **fields)
        return made

    def update(found: Preset) -> bool:
        before = {name: getattr(found, name) for name in fields}
        checked(services.save_preset, entry, _KEYS, account=account, preset=found, **fields)
        return before != fields

    found = run.settle(preset, create, update)
    run.left_archived(entry, found)
    return found


def _judged(run: Run, account: Account, entry: Entry, preset: Preset | None) -> dict[str, Any]:
    """What the form makes of the entry; an entry that it refuses is a bad file."""
    before = preset_values(preset) if preset else {"first_call": FirstCall.EMPLOYEE}
    form = PresetForm(before | entry.given(NAMES), preset=preset, account=account)
    if not form.is_valid():
        raise entry.refused(ValidationError(form.errors.as_data()), NAMES)
    run.notices.extend(f"{entry.path}: warning {code}" for code in form.warnings)
    return dict(form.cleaned_data)
