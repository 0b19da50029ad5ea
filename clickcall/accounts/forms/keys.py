"""Access keys. What was typed as a secret never comes back into the page, not even beside an error."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from ...models import Token, TokenKind

NAMELESS = _("Write a name for the key.")


def _secret(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "spellcheck": "false"})
    return forms.CharField(label=label, help_text=help_text, required=False, strip=False, widget=widget)


def _last_day() -> forms.DateField:
    return forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": _("Write the date as 01.03.2027.")},
        help_text=_("The last day of a dated key, as the cabinet shows it. You are reminded in time."),
    )


class DatedForm(forms.Form):
    """A last day that is over is a mistake, unless it is the one that is stored already."""

    def clean_expires_on(self) -> date | None:
        last: date | None = self.cleaned_data["expires_on"]
        if last and last < localdate() and last != self.initial.get("expires_on"):
            raise ValidationError(_("This day is over. Look at the date in the cabinet."))
        return last


class NewKeyForm(DatedForm):
    """A key, or a login with its password: the service says what is missing."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("For you, to tell the keys apart: “main”, “spare”."),
        error_messages={"required": NAMELESS},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=TokenKind.choices, initial=TokenKind.KEY)
    secret = _secret(_("Access key"), _("Only for the kind “Access key”. It is not shown again after saving."))
    expires_on = _last_day()
    login = forms.CharField(
        label=_("Login"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        help_text=_("Only for the kind “Login and password”: a user of the provider's cabinet."),
    )
    password = _secret(_("Password"), _("It is not shown again after saving."))

    def credentials(self) -> dict[str, Any]:
        """What belongs to the chosen kind; what was left in the other fields does not count."""
        is_key = self.cleaned_data["kind"] == TokenKind.KEY
        names = ("secret", "expires_on") if is_key else ("login", "password")
        return {name: self.cleaned_data[name] for name in names}


class KeyNameForm(DatedForm):
    """What can be changed without the secret: a login has no last day."""

    name = forms.CharField(label=_("Name"), max_length=100, error_messages={"required": NAMELESS})
    expires_on = _last_day()

    def __init__(self, data: Mapping[str, Any] | None = None, *, token: Token) -> None:
        super().__init__(data, initial={"name": token.name, "expires_on": token.expires_on})
        if token.kind != TokenKind.KEY:
            del self.fields["expires_on"]


class ReplaceSecretForm(NewKeyForm):
    """A new secret for a key that keeps its name and its place."""

    name = None  # type: ignore[assignment]
