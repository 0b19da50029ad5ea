"""The rules of a call's parameters: what a preset may hold and what a press may carry.

Source: the parameter table and the errors in the provider's document of `start.vnumber_call`. What only the provider
knows (the longest text for the robot, its files, whether numbers may be chosen by themselves) is enforced once the
account has been told; until then it refuses nothing and warns.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..models import Account, Direction, FirstCall, MessageType, Preset, UsageRule
from ..phones import KEYS
from . import payload
from .fields import ThreeValuedField, WordField

NEVER_DEFAULT = _("The client would hear a machine first, and everybody calls like this. Choose another default first.")
WIRE_NAMES = {"message_type": "contact_message.type", "message_value": "contact_message.value"}


class ParamsForm(forms.Form):
    """Everything but the two phones and the ID. `warnings` holds codes, in the order in which they arose."""

    first_call = WordField(FirstCall, required=True, label=_("Who is rung first"))
    switch_at_once = ThreeValuedField(required=False, label=_("Connect at once"))
    early_switching = ThreeValuedField(required=False, label=_("Hear the client's line"))
    direction = WordField(Direction, label=_("Direction in reports"))
    virtual_phone_usage_rule = WordField(UsageRule, label=_("Number we call from"))
    dtmf_string = forms.CharField(required=False, label=_("Keys to press after the answer"))
    message_type = WordField(MessageType, label=_("What the client hears"))
    message_value = forms.CharField(required=False, label=_("File or text"), widget=forms.Textarea)

    def __init__(self, data: Mapping[str, Any] | None = None, *, account: Account, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.account = account
        self.warnings: list[str] = []

    def clean_dtmf_string(self) -> str:
        value: str = self.cleaned_data["dtmf_string"]
        if value and not KEYS.fullmatch(value):
            raise ValidationError(_("Only digits, * and #. A dot is a pause of one second."), code="alphabet")
        return value

    def clean_virtual_phone_usage_rule(self) -> str:
        value: str = self.cleaned_data["virtual_phone_usage_rule"]
        if value in ("", UsageRule.FIXED):
            return value
        if self.account.automatic_number_management is False:
            raise ValidationError(
                _("Your provider's plan has no automatic number management. Choose “Always this number”."),
                code="component_disabled",
            )
        if self.account.automatic_number_management is None:
            self.warnings.append("number_management_unknown")
        return value

    def clean(self) -> dict[str, Any]:
        self._clean_early_switching()
        self._clean_message()
        return self.cleaned_data

    def _clean_early_switching(self) -> None:
        values = self.cleaned_data
        if not values.get("early_switching") or "first_call" not in values or "switch_at_once" not in values:
            return
        if values["first_call"] != FirstCall.EMPLOYEE or not values["switch_at_once"]:
            self.add_error(
                "early_switching",
                ValidationError(
                    _("Only when the salesperson is rung first and “Connect at once” is on."), code="combination"
                ),
            )

    def _clean_message(self) -> None:
        kind, value = self.cleaned_data.get("message_type"), self.cleaned_data.get("message_value")
        if kind is None or value is None:
            return  # already refused
        if value and not kind:
            self.add_error("message_type", _("Say what this is: a file or a text that a robot reads."))
        elif kind and not value:
            self.add_error("message_value", _("Choose the file, or write the text."))
        elif not payload.is_utf8(value):
            self.add_error("message_value", _("This text has broken characters. Type it again."))
        elif kind == MessageType.TTS:
            self._check_text(value)
        elif kind == MessageType.MEDIA:
            self._check_file(value)

    def _check_text(self, text: str) -> None:
        limit = self.account.tts_max_length
        if limit is not None and len(text) > limit:
            message = _("%(length)d characters; your plan allows %(limit)d. Shorten the text.")
            params = {"length": len(text), "limit": limit}
            self.add_error("message_value", ValidationError(message, code="tts_text_exceeded", params=params))
        if limit is None:
            self.warnings.append("tts_length_unknown")
        if self.cleaned_data.get("switch_at_once"):
            self.warnings.append("switch_at_once_without_effect")

    def _check_file(self, file_id: str) -> None:
        known = dict(self.account.media_files.values_list("provider_id", "gone_at"))
        if file_id in known and known[file_id] is None:
            return
        if file_id in known or any(gone_at is None for gone_at in known.values()):
            self.add_error(
                "message_value",
                ValidationError(_("The provider has no such file. Choose another one."), code="media_file_not_found"),
            )
        else:
            self.warnings.append("media_files_unknown")

    def wire_errors(self) -> dict[str, list[str]]:
        """Errors as {name on the wire: [messages]}."""
        return {WIRE_NAMES.get(name, name): [str(text) for text in texts] for name, texts in self.errors.items()}

    def parameters(self) -> dict[str, Any]:
        """The cleaned parameters by their wire names; what was left alone is None."""
        values = self.cleaned_data
        kind = values["message_type"]
        return {
            "virtual_phone_usage_rule": values["virtual_phone_usage_rule"] or None,
            "dtmf_string": values["dtmf_string"] or None,
            "direction": values["direction"] or None,
            "first_call": values["first_call"],
            "switch_at_once": values["switch_at_once"],
            "early_switching": values["early_switching"],
            "contact_message": {"type": kind, "value": values["message_value"]} if kind else None,
        }


def machine_first(values: Mapping[str, Any]) -> bool:
    """Whether the client hears a machine, not a person, on picking up."""
    return values.get("first_call") == FirstCall.CONTACT or bool(values.get("message_type"))


class PresetForm(ParamsForm):
    """A named set of parameters."""

    name = forms.CharField(max_length=100, label=_("Name"))
    dtmf_string = forms.CharField(required=False, max_length=100, label=_("Keys to press after the answer"))

    field_order = ["name"]

    def __init__(self, data: Mapping[str, Any] | None = None, *, preset: Preset | None = None, **kwargs: Any) -> None:
        self.preset = preset
        super().__init__(data, initial=kwargs.pop("initial", None) or preset_values(preset), **kwargs)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.account.presets.filter(name=name)
        if self.preset:
            others = others.exclude(pk=self.preset.pk)
        if others.exists():
            raise ValidationError(_("There is already one with this name."), code="taken")
        return name


def preset_values(preset: Preset | None) -> dict[str, Any]:
    """A preset as the form's initial values."""
    return {name: getattr(preset, name) for name in (*ParamsForm.base_fields, "name")} if preset else {}
