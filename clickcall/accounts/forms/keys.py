"""Access keys. What was typed as a secret never comes back into the page, not even beside an error."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...models import TokenKind

NAMELESS = _("Write a name for the key.")


def _secret(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password", "spellcheck": "false"})
    return forms.CharField(label=label, help_text=help_text, required=False, strip=False, widget=widget)


class NewKeyForm(forms.Form):
    """A key, or a login with its password: the service says what is missing."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("For you, to tell the keys apart: “main”, “spare”."),
        error_messages={"required": NAMELESS},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=TokenKind.choices, initial=TokenKind.KEY)
    secret = _secret(_("Access key"), _("Only for the kind “Access key”. It is not shown again after saving."))
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
        names = ("secret",) if self.cleaned_data["kind"] == TokenKind.KEY else ("login", "password")
        return {name: self.cleaned_data[name] for name in names}


class KeyNameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100, error_messages={"required": NAMELESS})


class ReplaceSecretForm(NewKeyForm):
    """A new secret for a key that keeps its name and its place."""

    name = None  # type: ignore[assignment]
