"""The sign-in library's forms in our words, with the message beside the password."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PASSWORD_HELP = _("At least 10 characters that nobody guesses: not your name, not a common word.")


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})
        self.fields["login"] = forms.CharField(label=_("User name"), max_length=150, widget=name)
        self.fields["login"].error_messages["required"] = _("Write your user name.")
        _in_our_words(self.fields["password"], _("Password"))
        self.fields["remember"].label = _("Stay signed in on this device")
        self.order_fields(["login", "password", "remember"])

    def clean(self) -> dict[str, Any]:
        try:
            super().clean()
        except ValidationError as error:
            self.add_error("password", error)
        fields: dict[str, Any] = self.cleaned_data
        return fields


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one_time = self.user.must_change_password
        _in_our_words(self.fields["oldpassword"], _("One-time password") if one_time else _("Current password"))
        _in_our_words(self.fields["password1"], _("New password"), PASSWORD_HELP)
        _in_our_words(self.fields["password2"], _("New password again"))

    def clean(self) -> dict[str, Any]:
        fields: dict[str, Any] = super().clean()
        if fields.get("password1") and fields["password1"] == fields.get("oldpassword"):
            self.add_error("password1", _("This is the old password. Choose another one."))
        return fields


def _in_our_words(field: forms.Field, label: Any, help_text: Any = "") -> None:
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = _("Type the password.")
    field.widget.attrs.pop("placeholder", None)
