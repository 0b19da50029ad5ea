"""The first admin of an empty database, and their account."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...models import User
from .account import AddressesForm
from .sign_in import PASSWORD_HELP


class WelcomeForm(AddressesForm):
    """`company` is the account's name; `name` the person's."""

    company = forms.CharField(
        label=_("Company"),
        max_length=200,
        help_text=_("The account's name in ClickCall."),
        error_messages={"required": _("Write the company's name.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name, as colleagues know you.")},
    )
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        error_messages={"required": _("Write the name to sign in with.")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=PASSWORD_HELP,
        error_messages={"required": _("Choose a password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Type the password once more.")},
    )
    field_order = ["company", "brand", "call_api_url", "data_api_url", "name", "username", "password", "again"]

    def clean(self) -> dict[str, Any]:
        fields = super().clean()
        password, again = fields.get("password"), fields.get("again")
        if password:
            try:
                validate_password(password, User(username=fields.get("username", "")))
            except ValidationError as error:
                self.add_error("password", error)
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return fields

    def account(self) -> dict[str, Any]:
        fields = self.cleaned_data
        urls = {name: fields[name] for name in ("call_api_url", "data_api_url")}
        return {"name": fields["company"], "brand": fields["brand"], **urls}
