"""The form of a preset as an admin sees it: every choice explained, a forbidden one with its reason."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Account, FirstCall, MessageType, Preset, UsageRule
from .params import NEVER_DEFAULT, PresetForm, machine_first

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    Words = Mapping[str, str | StrPromise]

ORDINARY = {"first_call": FirstCall.EMPLOYEE, "switch_at_once": True, "early_switching": True, "direction": "out"}
FIRST_CALL_HELP: "Words" = {
    FirstCall.EMPLOYEE: gettext_lazy("The client hears a living person from the first second"),
    FirstCall.CONTACT: gettext_lazy("The client hears a machine or music first"),
}
USAGE_RULE_HELP: "Words" = {
    "": gettext_lazy("Everybody has a “My number” of their own"),
    UsageRule.FIXED: gettext_lazy("The same, said to the provider in so many words"),
}
FIELD_HELP: "Words" = {
    "switch_at_once": gettext_lazy("The client has answered, and you are talking already"),
    "early_switching": gettext_lazy(
        "Ringing tones, an answering machine or “unavailable” instead of music. "
        "Only when the salesperson is rung first and “Connect at once” is on"
    ),
    "dtmf_string": gettext_lazy(
        "Digits, * and #. A dot is a pause of one second: .12 waits a second, then presses 1 2"
    ),
    "direction": gettext_lazy("How the provider's reports count the call. Left alone, as an inbound one"),
}
ORDER = [
    "name",
    "virtual_phone_usage_rule",
    "first_call",
    "switch_at_once",
    "early_switching",
    "message_type",
    "message_value",
    "dtmf_string",
    "direction",
]


class ExplainedChoices(forms.RadioSelect):
    """Radio buttons with a line of help each; a forbidden one cannot be chosen and says why."""

    def __init__(self, helps: "Words", forbidden: "Words | None" = None) -> None:
        super().__init__()
        self.helps = helps
        self.forbidden = forbidden or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.forbidden:
            option["attrs"] |= {"help": self.forbidden[value], "disabled": True}
        elif value in self.helps:
            option["attrs"]["help"] = self.helps[value]
        return option


class ExplainedPresetForm(PresetForm):
    def __init__(self, data: Any = None, *, account: Account, preset: Preset | None = None) -> None:
        super().__init__(data, account=account, preset=preset, initial=None if preset else dict(ORDINARY))
        self._explain("first_call", ExplainedChoices(FIRST_CALL_HELP))
        rules = ExplainedChoices(USAGE_RULE_HELP, self._forbidden_rules())
        self._explain("virtual_phone_usage_rule", rules, {"": _("The number of the person who calls")})
        self._explain(
            "message_type", ExplainedChoices({MessageType.TTS: self._text_help()}), {"": _("Nothing, you at once")}
        )
        for name, words in FIELD_HELP.items():
            self.fields[name].help_text = words
        self.fields["message_value"].widget.attrs |= {"rows": 3, "placeholder": " "}  # app.css tells an empty one by it
        self.fields["message_value"].help_text = self._value_help()
        self.order_fields(ORDER)

    def _explain(self, name: str, widget: ExplainedChoices, renamed: "Words | None" = None) -> None:
        field = self.fields[name]
        labels = renamed or {}
        choices = [(value, labels.get(value, label)) for value, label in field.choices]  # type: ignore[attr-defined]
        widget.is_required = field.required
        field.widget = widget
        field.choices = choices  # type: ignore[attr-defined]

    def _forbidden_rules(self) -> "Words":
        if self.account.automatic_number_management is not False:
            return {}
        reason = _("Not available: %(brand)s has no automatic number management switched on") % {
            "brand": self.account.brand_name
        }
        return {rule: reason for rule in UsageRule.values if rule != UsageRule.FIXED}

    def _text_help(self) -> str:
        without_effect = _("“Connect at once” has no effect with it")
        if self.account.tts_max_length is None:
            return without_effect
        limit = _("Up to %(limit)d characters.") % {"limit": self.account.tts_max_length}
        return f"{limit} {without_effect}"

    def _value_help(self) -> str:
        files = [f"{file.provider_id} ({file.name})" if file.name else file.provider_id for file in self._files()]
        if not files:
            return _("The text, or the file's ID at the provider")
        return _("The text, or the file's ID. Known files: %(files)s") % {"files": ", ".join(files)}

    def _files(self) -> Any:
        return self.account.media_files.filter(gone_at=None)[:50]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.preset and self.preset.is_default and machine_first(values):
            field = "first_call" if values.get("first_call") == FirstCall.CONTACT else "message_type"
            self.add_error(field, ValidationError(NEVER_DEFAULT, code="default"))
        return values
