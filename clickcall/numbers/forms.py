"""Rules of input for numbers and media files."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .. import phones
from ..models import Account, MediaKind, Member, VirtualNumber

if TYPE_CHECKING:
    PeopleFieldBase = forms.ModelMultipleChoiceField[Member]
else:
    PeopleFieldBase = forms.ModelMultipleChoiceField  # takes no type arguments at run time


class PeopleField(PeopleFieldBase):
    """People of the account; somebody whose access is off is named as such."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Member) -> str:
        return str(_("%(name)s (access is off)") % {"name": obj.name}) if obj.archived_at else obj.name


class NumberForm(forms.Form):
    """Name and people of a number. The digits are what the number is: they do not change."""

    name = forms.CharField(label=_("Name"), max_length=100, required=False)

    def __init__(self, account: Account, *args: Any, number: VirtualNumber | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        choice = Q(archived_at=None) | Q(numbers=number) if number else Q(archived_at=None)
        self.fields["members"] = PeopleField(
            label=_("Who calls from it"),
            queryset=Member.objects.filter(choice, account=account).distinct(),
            required=False,
            help_text=_("Nobody chosen: everybody may call from it."),
        )
        self.order_fields(["digits", "name", "members"])


class NewNumberForm(NumberForm):
    """A number as people write it, read in the account's country."""

    digits = forms.CharField(
        label=_("Number"),
        max_length=40,
        help_text=_("As in the provider's cabinet, for example +7 499 372-06-92."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def clean_digits(self) -> str:
        try:
            phone = phones.read(self.cleaned_data["digits"], self.account.country)
        except phones.PhoneError as error:
            raise ValidationError(error.message, code=error.code) from error
        if phone.is_sip:
            raise ValidationError(_("This is a SIP number. We call from full phone numbers."), code="sip")
        return phone.digits


class LabelForm(forms.Form):
    """What operators show with the number's calls: noted here, set by the operator alone."""

    label_text = forms.CharField(
        label=pgettext_lazy("of a number", "Label"),
        max_length=32,
        required=False,
        help_text=_("As operators show it, at most 32 characters."),
    )
    label_category = forms.CharField(label=_("Category of the label"), max_length=100, required=False)
    label_date = forms.DateField(
        label=_("Labelled since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )


class BlacklistForm(forms.Form):
    """A phone for the provider's blacklist, as people write it."""

    phone = forms.CharField(
        label=_("Phone"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )
    comment = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_phone(self) -> str:
        try:
            phone = phones.read(self.cleaned_data["phone"], self.account.country)
        except phones.PhoneError as error:
            raise ValidationError(error.message, code=error.code) from error
        if phone.is_sip:
            raise ValidationError(_("This is a colleague's SIP number, not a phone from outside."), code="sip")
        return phone.digits


class DefaultNumberForm(forms.Form):
    """Whose "my number" it becomes, or stops being."""

    taken_away = forms.BooleanField(required=False)

    def __init__(self, number: VirtualNumber, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"] = forms.ModelChoiceField(queryset=number.members.all())


class MediaFileForm(forms.Form):
    """A file by its ID at the provider."""

    provider_id = forms.RegexField(
        r"\A[0-9]{1,40}\Z",
        label=_("ID at the provider"),
        error_messages={"invalid": _("The ID consists of digits only. It stands beside the file in the cabinet.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=MediaKind.choices, initial=MediaKind.USER)
