"""What a call log can be narrowed to. A filter that makes no sense says so and narrows nothing."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from ..models import Member, VirtualNumber
from ..phones import shown
from .groups import TABS

Row = TypeVar("Row", bound=Model)
# No call is older or younger, and a day at the end of the calendar has no day after it.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class RowField(forms.TypedChoiceField):
    """One of the rows, read once for both the choices and the choice."""

    def __init__(self, rows: Sequence[Row], name: Callable[[Row], str], *, label: Any, empty_label: Any) -> None:
        by_key = {str(row.pk): row for row in rows}
        super().__init__(
            choices=[("", empty_label), *((key, name(row)) for key, row in by_key.items())],
            coerce=by_key.__getitem__,
            empty_value=None,
            required=False,
            label=label,
            widget=forms.Select(attrs={"class": "w-15"}),
        )


def _member_name(member: Member) -> str:
    return str(_("%(name)s (access is off)") % {"name": member.name}) if member.archived_at else member.name


def _number_name(number: VirtualNumber) -> str:
    return f"{shown(number.digits)} · {number.name}" if number.name else shown(number.digits)


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
        choices=[("", ""), *TABS],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, data: Any, *, member: Member, of_all: bool) -> None:
        super().__init__(data)
        if of_all:
            members = list(Member.objects.visible_to(member))
            self.fields["member"] = RowField(members, _member_name, label=_("Who called"), empty_label=_("Everybody"))
        numbers = list(VirtualNumber.objects.visible_to(member))
        self.fields["number"] = RowField(
            numbers, _number_name, label=_("Number we call from"), empty_label=_("Any number")
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
