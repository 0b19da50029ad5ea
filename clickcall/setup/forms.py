"""The forms of the set-up that are not another feature's."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..accounts.forms.account import AddressesForm
from ..accounts.forms.keys import NewKeyForm
from ..models import Account, TokenKind

# What is offered where the account's zone is not known: the zone that most of a country's offices keep.
_ZONES = {"RU": "Europe/Moscow", "KZ": "Asia/Almaty", "BY": "Europe/Minsk", "AE": "Asia/Dubai", "IL": "Asia/Jerusalem"}


class KeyForm(NewKeyForm):
    """A key alone: whoever has a login and password instead finds the whole form under "Access keys"."""

    kind = forms.ChoiceField(choices=TokenKind.choices, initial=TokenKind.KEY, widget=forms.HiddenInput)
    login = None  # type: ignore[assignment]
    password = None  # type: ignore[assignment]
    field_order = ["name", "secret"]

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            {**{name: data.get(name) for name in data}, "kind": TokenKind.KEY} if data is not None else None
        )
        self.fields["name"].initial = "ClickCall"
        self.fields["secret"].required = True
        self.fields["secret"].help_text = _("It is stored encrypted and not shown again.")
        self.fields["secret"].error_messages["required"] = _("Paste the key. The cabinet shows it only once.")


class BrandForm(AddressesForm):
    """Brand, country and zone: what everything else is read with."""

    country = forms.CharField(
        label=_("Country"),
        min_length=2,
        max_length=2,
        error_messages=dict.fromkeys(("required", "min_length", "max_length"), _("Write two letters, such as RU.")),
        help_text=_("Two letters, such as RU. National phone numbers are read as numbers of this country."),
    )
    timezone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the zone of the office, such as Europe/Moscow.")},
        help_text=_("Such as Europe/Moscow: days and hours are counted in it. The provider's own is taken when told."),
    )
    field_order = ["brand", "call_api_url", "data_api_url", "country", "timezone"]

    def __init__(self, data: Mapping[str, Any] | None = None, *, account: Account) -> None:
        shown = {name: getattr(account, name) for name in self.base_fields}
        shown["timezone"] = account.timezone or _ZONES.get(account.country, "")
        super().__init__(data, initial=shown)

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()
