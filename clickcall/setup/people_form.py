"""Step 5 in bulk: who each person is at the provider, and the number they call from."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import phones
from ..accounts.services import link_employee
from ..models import Employee, Member, VirtualNumber
from ..numbers.services import set_default_number
from .known import Known

MOST_CHOICES = 100  # in a list; who wants another number or employee finds them on their own pages
MOST = 20  # people at once; the others follow when these are done
_WORD = re.compile(r"[^\W\d_]{3,}")


class PeopleForm(forms.Form):
    """For each person who lacks a number or a link: `employee-<key>` and `number-<key>`, with what is likely chosen."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, known: Known) -> None:
        super().__init__(data)
        self.known = known
        self.people = _unfinished(known)[:MOST]
        usable = [number for number in known.numbers if not number.trouble]
        likely = likely_numbers(self.people, usable, known.members)
        offered = _offered(usable, known.members, [*likely.values()])
        for member in self.people:
            self._add_fields(member, offered, likely.get(member.pk))

    def _add_fields(self, member: Member, numbers: list[VirtualNumber], likely: VirtualNumber | None) -> None:
        suggested = self.known.suggestions.get(member.pk)
        known = [one for one in (member.employee, suggested) if one]
        others = [one for one in self.known.employees if one not in known]
        employees = [(str(one.pk), _named(one)) for one in [*known, *others[:MOST_CHOICES]]]
        if member.default_number and member.default_number not in numbers:
            numbers = [member.default_number, *numbers]
        self.fields[f"employee-{member.pk}"] = forms.ChoiceField(
            label=_("Employee"),
            choices=[("", _("Not linked")), *employees],
            required=False,
            initial=member.employee_id or (suggested.pk if suggested else ""),
        )
        self.fields[f"number-{member.pk}"] = forms.ChoiceField(
            label=_("My number"),
            choices=[("", _("No number")), *((str(number.pk), _shown(number)) for number in numbers)],
            required=False,
            initial=member.default_number_id or (likely.pk if likely else ""),
        )

    @property
    def rows(self) -> list[tuple[Member, forms.BoundField, forms.BoundField, bool]]:
        """Person, the two fields, and whether the employee is only suggested."""
        suggested = self.known.suggestions
        return [(one, self[f"employee-{one.pk}"], self[f"number-{one.pk}"], one.pk in suggested) for one in self.people]

    def save(self) -> bool:
        """All or nothing; False with errors beside the fields."""
        with transaction.atomic():
            for member in self.people:
                if self._was_shown(member):
                    self._save_one(member)
            if self.errors:
                transaction.set_rollback(True)
        return not self.errors

    def _was_shown(self, member: Member) -> bool:
        """Whoever joined the list since the page was drawn was not asked about, and keeps what they have."""
        return f"employee-{member.pk}" in self.data and f"number-{member.pk}" in self.data

    def _save_one(self, member: Member) -> None:
        employee, number = self.cleaned_data[f"employee-{member.pk}"], self.cleaned_data[f"number-{member.pk}"]
        try:
            link_employee(member, Employee.objects.get(pk=employee) if employee else None)
        except ValidationError as error:
            self.add_error(f"employee-{member.pk}", error.messages[0])
        if str(member.default_number_id or "") != number:
            set_default_number(member, VirtualNumber.objects.get(pk=number) if number else None)


def likely_numbers(
    people: list[Member], numbers: list[VirtualNumber], everybody: list[Member]
) -> dict[int, VirtualNumber]:
    """A free number whose name or scenario names one person and nobody else; or the only number for the only person."""
    taken = {member.default_number_id for member in everybody}
    free = [number for number in numbers if number.pk not in taken]
    lacking = [member for member in people if member.default_number_id is None]
    if len(lacking) == 1 and len(free) == 1:
        return {lacking[0].pk: free[0]}
    fits = {member.pk: [number for number in free if _words(member.name) & _words(_text(number))] for member in lacking}
    wanted = [number.pk for found in fits.values() for number in found]
    return {pk: found[0] for pk, found in fits.items() if len(found) == 1 and wanted.count(found[0].pk) == 1}


def _offered(numbers: list[VirtualNumber], everybody: list[Member], likely: list[VirtualNumber]) -> list[VirtualNumber]:
    """What is likely, then what nobody has, then the others."""
    taken = {member.default_number_id for member in everybody}
    ranked = sorted(numbers, key=lambda number: (number not in likely, number.pk in taken))
    return ranked[: MOST_CHOICES + len(likely)]


def _unfinished(known: Known) -> list[Member]:
    """Without a number, or without a link though there is somebody to be linked to; oneself first."""
    lacking = [
        member
        for member in known.members
        if member.default_number is None or (member.employee is None and known.employees)
    ]
    return sorted(lacking, key=lambda member: member != known.admin)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold().replace("ё", "е")))


def _text(number: VirtualNumber) -> str:
    return " ".join([number.name, *(str(one.get("name", "")) for one in number.scenarios)])


def _named(employee: Employee) -> str:
    return " · ".join(part for part in (employee.name, employee.extension or next(iter(employee.phones), "")) if part)


def _shown(number: VirtualNumber) -> str:
    return " · ".join(part for part in (phones.shown(number.digits), number.name) if part)
