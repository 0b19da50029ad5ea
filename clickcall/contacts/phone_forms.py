"""The phones in a contact's form: one row each and always an empty one at the end. A cleared row is a phone removed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import phones
from ..models import Contact, ContactPhone, Member, PhoneKind
from . import masking
from .phones import NewPhone

PREFIX = "phones"
MOST = 20
FIELDS = ("number", "kind", "label", "keys", "stored")


class PhoneForm(forms.Form):
    """One phone as people write it. `phone` is what was read, None in an empty row."""

    number = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "tel", "placeholder": "+7 926 000-00-00"}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PhoneKind.choices, initial=PhoneKind.PHONE)
    label = forms.CharField(
        label=gettext_lazy("Label"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Label: work, home")}),
    )
    keys = forms.CharField(
        label=gettext_lazy("Keys to press after the answer"),
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Keys: .123")}),
    )
    stored = forms.CharField(required=False, widget=forms.HiddenInput)  # the row of a phone that is shown masked

    phone: NewPhone | None = None

    def __init__(self, *args: Any, country: str, hidden: Mapping[str, ContactPhone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country = country
        self.hidden = hidden

    def clean_keys(self) -> str:
        keys: str = self.cleaned_data["keys"]
        if keys and not phones.KEYS.fullmatch(keys):
            raise forms.ValidationError(_("Only digits, * and #. A dot is a pause of one second."))
        return keys

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number, label, keys = (cleaned.get(name, "") for name in ("number", "label", "keys"))
        if not number and (label or keys):
            self.add_error("number", _("Enter a phone number, or clear the whole row to remove it."))
        if not number or self.errors:
            return cleaned
        if (kept := self.hidden.get(cleaned["stored"])) and number == masking.masked(kept.digits):
            self.phone = NewPhone(kept.digits, kept.kind == PhoneKind.SIP, label, keys)
            return cleaned
        try:
            read = phones.read(number, self.country, is_sip=cleaned["kind"] == PhoneKind.SIP)
        except phones.PhoneError as error:
            self.add_error("number", str(error.message))
        else:
            self.phone = NewPhone(read.digits, read.is_sip, label, keys)
        return cleaned


if TYPE_CHECKING:
    FormSet = forms.BaseFormSet[PhoneForm]
else:
    FormSet = forms.BaseFormSet  # Django's form sets take no type arguments at run time


class PhoneRows(FormSet):
    """At least one phone, and each one once."""

    def phones(self) -> list[NewPhone]:
        return [form.phone for form in self.forms if form.phone]

    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            if form.phone and form.phone.digits in seen:
                form.add_error("number", _("This phone stands here twice."))
            if form.phone:
                seen.add(form.phone.digits)
        if self.forms and not seen and not any(form.errors for form in self.forms):
            self.forms[0].add_error("number", _("Add at least one phone."))


Rows = forms.formset_factory(PhoneForm, formset=PhoneRows, extra=1, max_num=MOST, absolute_max=MOST, validate_max=True)


def phone_rows(
    member: Member,
    data: Mapping[str, Any] | None,
    *,
    contact: Contact | None = None,
    typed: Sequence[Mapping[str, Any]] | None = None,
) -> PhoneRows:
    """Rows with what was posted, else with what was typed so far, else with the contact's phones.

    Where phones are hidden from the member, a row that was left as it is keeps its phone.
    """
    stored = [*contact.phones.all()] if contact else []
    hidden = {str(phone.pk): phone for phone in stored} if masking.hides(member) else {}
    initial = [_row_of(phone, member) for phone in stored] if typed is None and contact else typed
    given = {"country": member.account.country, "hidden": hidden}
    return cast(PhoneRows, Rows(data, initial=initial, prefix=PREFIX, form_kwargs=given))


def _row_of(phone: ContactPhone, member: Member) -> dict[str, str]:
    stored = str(phone.pk) if masking.hides(member) else ""
    number = masking.shown(phone.digits, member)
    return {"number": number, "kind": phone.kind, "label": phone.label, "keys": phone.keys, "stored": stored}


def typed_rows(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """The posted rows as they were typed."""
    count = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    total = min(int(count), MOST) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    return [{field: data.get(f"{PREFIX}-{row}-{field}", "") for field in FIELDS} for row in range(total)]
