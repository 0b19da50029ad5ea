"""Adding and changing a member."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ...models import Employee, Member, Role, Team, User
from ..rights import may_add
from ..services import free_employees, suggestions
from ..usernames import normal_username


class PersonForm(forms.Form):
    """Name, role and team. `admin` is who fills it in: the teams are those of their account."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=200,
        help_text=_("As colleagues know them."),
        error_messages={"required": _("Write the person's name.")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        help_text=_("Everybody may call. Managers see everybody's calls, admins change these settings as well."),
    )
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("No team")
    )

    def __init__(self, *args: Any, admin: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.admin = admin
        teams: Any = self.fields["team"]
        teams.queryset = Team.objects.filter(account_id=admin.account_id)


class NewPersonForm(PersonForm):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        error_messages={"required": _("Write the name to sign in with.")},
        help_text=_("For signing in: letters, digits and @ . + - _ without blanks."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["name", "username", "role", "team"]

    def clean_username(self) -> str:
        username = normal_username(self.cleaned_data["username"])
        user = User.objects.filter(username=username).first()
        if user is not None and not may_add(self.admin, user):
            raise ValidationError(_("This user name is taken. Choose another one."))
        return username


class EmployeeForm(forms.Form):
    """Who a person is at the provider: somebody whom nobody else is linked to, or nobody. `suggested` is chosen."""

    employee = forms.ModelChoiceField(
        label=_("Employee"), queryset=Employee.objects.none(), required=False, empty_label=_("Not linked")
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, person: Member) -> None:
        free = free_employees(person.account, beside=person)
        rows: list[Any] = list(free)
        self.suggested = None if person.employee_id else suggestions(person.account, rows).get(person.pk)
        super().__init__(data, initial={"employee": person.employee_id or (self.suggested and self.suggested.pk)})
        field: Any = self.fields["employee"]
        field.queryset = free
        field.choices = [("", field.empty_label), *((row.pk, str(row)) for row in rows)]
        field.help_text = (
            _("They have the same name or e-mail. Confirm that it is the same person.")
            if self.suggested
            else _("Their phones and status come from there, and calls know them by name.")
        )
