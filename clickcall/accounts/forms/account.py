"""The account's settings."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...models import Account, Brand
from ..addresses import public_address

COLOURS = [("1", _("Green")), ("2", _("Blue")), ("3", _("Violet")), ("4", _("Brown")), ("5", _("Grey"))]
KNOWN = {"": None, "yes": True, "no": False}


class AddressesForm(forms.Form):
    """The brand and, for custom addresses, both of them."""

    brand = forms.ChoiceField(
        label=_("Brand"),
        choices=Brand.choices,
        help_text=_("Whose cabinet you open: it decides where calls are ordered."),
    )
    call_api_url = forms.CharField(
        label=_("Call API address"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("Only for custom addresses, such as https://callapi.example.com/v4.0."),
    )
    data_api_url = forms.CharField(
        label=_("Data API address"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("Only for custom addresses, such as https://dataapi.example.com/v2.0."),
    )

    def clean(self) -> dict[str, Any]:
        """A brand with addresses of its own needs none; those that the account has already are not judged again."""
        fields = self.cleaned_data
        for name in ("call_api_url", "data_api_url"):
            if fields.get("brand") != Brand.CUSTOM:
                fields[name] = ""
            elif fields.get(name) and fields[name] != self.initial.get(name):
                try:
                    fields[name] = public_address(fields[name])
                except ValidationError as error:
                    self.add_error(name, error)
        return fields


class AccountForm(AddressesForm):
    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Write the company's name.")})
    colour = forms.TypedChoiceField(
        label=_("Colour"),
        choices=COLOURS,
        coerce=int,
        help_text=_("Of the mark beside the name, to tell accounts apart."),
    )
    country = forms.CharField(
        label=_("Country"),
        min_length=2,
        max_length=2,
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), _("Write two letters, such as RU.")),
        help_text=_("Two letters, such as RU. National phone numbers are read as numbers of this country."),
    )
    timezone = forms.CharField(
        label=_("Time zone"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Such as Europe/Moscow. Pages, days and figures are in this zone. Empty: not known yet, UTC."),
    )
    tts_max_length = forms.IntegerField(
        label=_("Longest text for the robot"),
        required=False,
        min_value=1,
        max_value=100_000,
        error_messages={"min_value": _("Write 1 or more, or leave it empty.")},
        help_text=_("In characters, as the provider's tariff says. Empty: not known yet, nothing is refused for it."),
    )
    automatic_number_management = forms.TypedChoiceField(
        label=_("Automatic number management"),
        required=False,
        choices=[("", _("Not known yet")), ("yes", _("Bought")), ("no", _("Not bought"))],
        coerce=KNOWN.__getitem__,
        empty_value=None,
        help_text=_("A component of the provider: it chooses the number that the client sees."),
    )
    show_virtual_phone_number = forms.BooleanField(
        label=_("Send show_virtual_phone_number"),
        required=False,
        help_text=_(
            "Careful: the provider's list of parameters does not name it. Turn it on only if their support told you "
            "to; otherwise every call may be refused."
        ),
    )
    field_order = ["name", "colour", "brand", "call_api_url", "data_api_url", "country", "timezone"]

    def __init__(self, data: Mapping[str, Any] | None = None, *, account: Account) -> None:
        super().__init__(data, initial=_shown(account))

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


def _shown(account: Account) -> dict[str, Any]:
    """The account's columns as the form's fields show them."""
    columns = {name: getattr(account, name) for name in AccountForm.base_fields}
    words = {value: word for word, value in KNOWN.items()}
    return columns | {"automatic_number_management": words[account.automatic_number_management]}
