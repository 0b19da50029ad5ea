"""What may be typed about whom not to call, about consents, and about an account's company rules."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .. import phones
from ..models import Account, CallRules, Consent, ConsentState
from .importing.cells import day
from .importing.reasons import CellError
from .rules.do_not_call import LONGEST_WHY

_PHONE = {"inputmode": "tel", "autocomplete": "off"}


class WhyForm(forms.Form):
    """Why a phone is put on *Do not call*, or taken off."""

    why = forms.CharField(label=_("Why"), max_length=LONGEST_WHY, error_messages={"required": _("Say why.")})


class DoNotCallForm(WhyForm):
    """A phone that is not to be called, as people write it."""

    phone = forms.CharField(label=_("Phone"), max_length=40, widget=forms.TextInput(attrs=_PHONE))
    field_order = ("phone", "why")

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_phone(self) -> str:
        try:
            return phones.read(self.cleaned_data["phone"], self.account.country).digits
        except phones.PhoneError as error:
            raise ValidationError(error.message, code=error.code) from error


class ConsentForm(forms.ModelForm):  # type: ignore[type-arg]
    """One more entry in the history of a phone's consent."""

    phone = forms.ChoiceField(label=_("Phone"))
    state = forms.ChoiceField(label=_("Consent to advertising"), choices=ConsentState.choices)

    class Meta:
        model = Consent
        fields = ("state", "date", "source", "text")
        widgets = {"date": forms.DateInput(attrs={"type": "date"})}
        help_texts = {
            "source": _("Such as: form on the site, contract, call of 12 November."),
            "text": _("What they agreed to, or where the proof is kept."),
        }

    field_order = ("phone", "state", "date", "source", "text")

    def __init__(self, choices: list[tuple[str, str]], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["phone"].choices = choices  # type: ignore[attr-defined]


class HolidaysField(forms.CharField):
    """Days, one in a line, as people write them; kept as ISO dates."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{date.fromisoformat(text):%d.%m.%Y}" for text in value)

    def to_python(self, value: Any) -> Any:
        days = set()
        for text in str(value or "").replace(",", " ").split():
            try:
                days.add(day(text, date.max))
            except CellError as error:
                raise ValidationError(_("“%(text)s” is no day."), params={"text": text}) from error
        return sorted(found.isoformat() for found in days if found)


class CompanyRulesForm(forms.ModelForm):  # type: ignore[type-arg]
    """All of an account's company rules. What does not fit together is said by `rules.company.change`."""

    holidays = HolidaysField(
        label=_("Holidays"), required=False, help_text=_("One day in a line. They count as weekend.")
    )

    class Meta:
        model = CallRules
        fields = (
            "hours_on",
            "weekday_from",
            "weekday_till",
            "weekend_from",
            "weekend_till",
            "holidays",
            "unknown_asks_from",
            "attempts_a_day",
            "attempts_a_month",
            "outcome_from_seconds",
            "reached_from_seconds",
            "return_within_minutes",
            "day_begins_at",
            "masks_numbers",
        )
        help_texts = {
            "hours_on": _("In the contact's own time. A call outside them asks for a reason."),
            "unknown_asks_from": _("By the account's clock. 24: in the evening nobody asks."),
            "attempts_a_day": _("Per phone. 0: as many as you like."),
            "attempts_a_month": _("Per phone in 30 days, since the last talk. 0: as many as you like."),
            "outcome_from_seconds": _("Seconds. After a shorter talk nobody has to say how it went."),
            "reached_from_seconds": _("Seconds."),
            "return_within_minutes": _("Minutes."),
            "day_begins_at": _("For shifts that cross midnight: the hour at which “my day” starts anew."),
            "masks_numbers": _("Salespeople see +7 926 •••-••-12 and call by the button."),
        }
        widgets = {
            name: forms.NumberInput(attrs={"min": 0, "max": 24})
            for name in ("weekday_from", "weekday_till", "weekend_from", "weekend_till", "unknown_asks_from")
        }

    def _post_clean(self) -> None:
        """The service judges the row as a whole and writes it."""
