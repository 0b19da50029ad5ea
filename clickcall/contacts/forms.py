"""What may be typed about a contact and a list."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models import Contact, ContactList, Member, Purpose, WithoutConsent
from . import local
from .phone_forms import PhoneRows, phone_rows, typed_rows


def take_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Shows what a service refused: beside the field, or above the form when it has no such field."""
    for field, messages in error.message_dict.items():
        form.add_error(field if field in form.fields else None, messages)


def _name(person: Member) -> str:
    """It is said of whom the access is off."""
    has_left = person.archived_at or not person.user.is_active
    return str(_("%(name)s (access is off)") % {"name": person.name}) if has_left else person.name


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A member by name."""

    def label_from_instance(self, person: Member) -> str:
        return _name(person)


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Members by name."""

    def label_from_instance(self, person: Member) -> str:
        return _name(person)


class ContactForm(forms.Form):
    """A contact with its phones (`phones`). Offers the lists that the member sees and the colleagues who work.

    What the contact has is offered as well, be it archived, gone or unusual: saving the form changes nothing unasked.
    """

    list = forms.ModelChoiceField(ContactList.objects.none(), label=_("List"), empty_label=None)
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=200)
    company = forms.CharField(label=_("Company"), max_length=200, required=False)
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    region = forms.CharField(label=_("Region"), max_length=100, required=False)
    timezone = forms.ChoiceField(label=_("Time zone"), required=False)
    owner = PersonField(Member.objects.none(), label=_("Owner"), required=False, empty_label=_("Nobody"))
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    phones: PhoneRows

    def __init__(
        self,
        member: Member,
        data: Mapping[str, Any] | None = None,
        *,
        contact: Contact | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={**(initial or _as_typed(contact))})
        lists = ContactList.objects.visible_to(member)
        own_list, owner = (Q(pk=contact.list_id), Q(pk=contact.owner_id)) if contact else (Q(), Q())
        self.fields["list"].queryset = lists.filter(Q(archived_at=None) | own_list)  # type: ignore[attr-defined]
        people = Member.objects.visible_to(member).filter(Q(archived_at=None, user__is_active=True) | owner)
        self.fields["owner"].queryset = people.select_related("user")  # type: ignore[attr-defined]
        zones = partial(local.choices, own=contact.timezone if contact else "")
        self.fields["timezone"].choices = zones  # type: ignore[attr-defined]
        self.phones = phone_rows(member, data, contact=contact, typed=(initial or {}).get("phones"))

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.phones.is_valid()])  # both, so that all that is wrong is said at once

    def details(self) -> dict[str, Any]:
        """What `services.add_contact` and `update_contact` take."""
        return {**self.cleaned_data, "phones": self.phones.phones()}


def _as_typed(contact: Contact | None) -> dict[str, Any]:
    names = ("list", "name", "company", "city", "region", "timezone", "owner", "notes")
    return {name: getattr(contact, name) for name in names} if contact else {}


def as_typed_so_far(data: Mapping[str, Any]) -> dict[str, Any]:
    """Posted fields as `initial`: the form comes back with all that was typed and without judging it."""
    return {**{name: data.get(name, "") for name in ContactForm.base_fields}, "phones": typed_rows(data)}


class ListForm(forms.Form):
    """A list's name, who works it, and what a missing consent does. What is not said stays as it is."""

    name = forms.CharField(label=_("Name"), max_length=100)
    members = PeopleField(
        Member.objects.none(),
        label=_("Who works it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody chosen: everybody works it."),
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices, required=False)
    without_consent = forms.ChoiceField(
        label=_("Without consent"),
        choices=WithoutConsent.choices,
        required=False,
        help_text=_("Advertising by telephone needs the person's consent beforehand, and you have to prove it."),
    )

    def __init__(
        self,
        member: Member,
        data: Mapping[str, Any] | None = None,
        *,
        list: ContactList | None = None,  # noqa: A002
    ) -> None:
        initial: dict[str, Any] = (
            {"name": list.name, "members": [*list.members.values_list("pk", flat=True)]} if list else {}
        )
        chosen = list or ContactList()
        initial |= {"purpose": chosen.purpose, "without_consent": chosen.without_consent}
        super().__init__(data, initial=initial)
        # Whoever left stays until somebody takes them off: without anybody the list would be everybody's.
        who = Q(archived_at=None, user__is_active=True) | Q(pk__in=initial.get("members", []))
        colleagues = Member.objects.visible_to(member).filter(who).select_related("user")
        self.fields["members"].queryset = colleagues  # type: ignore[attr-defined]
