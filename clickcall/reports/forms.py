"""What a call log can be narrowed to. A filter that makes no sense says so and narrows nothing."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from ..models import Member, VirtualNumber
from ..phones import shown
from .groups import GROUPS

if TYPE_CHECKING:
    MemberFieldBase = forms.ModelChoiceField[Member]
    NumberFieldBase = forms.ModelChoiceField[VirtualNumber]
else:
    MemberFieldBase = NumberFieldBase = forms.ModelChoiceField  # takes no type arguments at run time

# No call is older or younger, and a day at the end of the calendar has no day after it.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class MemberField(MemberFieldBase):
    def label_from_instance(self, obj: Member) -> str:
        return str(_("%(name)s (access is off)") % {"name": obj.name}) if obj.archived_at else obj.name


class NumberField(NumberFieldBase):
    def label_from_instance(self, obj: VirtualNumber) -> str:
        return f"{shown(obj.digits)} · {obj.name}" if obj.name else shown(obj.digits)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-auto"}),
    )


class LogFilter(forms.Form):
    """Days are calendar days of the account's zone, both included. Members only where one sees other people's calls."""

    q = forms.CharField(
        label=_("Name, company, phone or call number"),
        max_length=100,
        required=False,
    )
    since = _day(_("From"))
    till = _day(_("Till"))
    status = forms.ChoiceField(
        choices=[("", ""), *((key, label) for key, (label, _statuses) in GROUPS.items())],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, data: Any, *, member: Member, of_all: bool) -> None:
        super().__init__(data)
        if of_all:
            self.fields["member"] = MemberField(
                Member.objects.visible_to(member),
                label=_("Who called"),
                required=False,
                empty_label=_("Everybody"),
                widget=forms.Select(attrs={"class": "w-15"}),
            )
        self.fields["number"] = NumberField(
            VirtualNumber.objects.visible_to(member),
            label=_("Number we call from"),
            required=False,
            empty_label=_("Any number"),
            widget=forms.Select(attrs={"class": "w-15"}),
        )

    def clean_q(self) -> str:
        return " ".join(self.cleaned_data["q"].split())

    def clean(self) -> dict[str, Any]:
        since, till = self.cleaned_data.get("since"), self.cleaned_data.get("till")
        if since and till and till < since:
            self.add_error("till", ValidationError(_("This day is before the first one."), code="order"))
        return self.cleaned_data

    @property
    def wishes(self) -> dict[str, Any]:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
