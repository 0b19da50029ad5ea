"""One form for `start.vnumber_call`: used by the pages, the command line and whatever comes later.

It accepts what people type and gives what the wire wants, or says beside the field what to do. The rules of the
parameters alone are in `params`; here stand the number that is called from, the phone that is called, and presets.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from .. import phones
from ..contacts.rules import Code, Verdict, verdict
from ..models import Contact, ContactPhone, Member, Preset, Role, VirtualNumber
from ..models.prepared import Prepared, PreparedModels, whether
from ..numbers.troubles import OF_A_PRESS
from . import payload, references
from .params import ParamsForm

_EXTERNAL_ID = re.compile(r"[ -~]{1,64}")


_LONGEST_KEY = 18  # digits of a row's key; more of them would only make it another one that nobody has


def _phones(role: Role) -> PreparedModels[ContactPhone]:
    """The phones of a contact that a member of this role sees, with the contact."""

    def ask(account: int, member: int, contact: int) -> QuerySet[ContactPhone]:
        seen = Contact.objects.visible_to(Member(pk=member, account_id=account, role=role)).active()
        return ContactPhone.objects.filter(contact__in=seen.filter(pk=contact))

    return PreparedModels(int, int, int, ask=ask, related=("contact",))


_PHONES = {role: _phones(role) for role in Role}
_OWN_NUMBER = Prepared(
    int, str, ask=lambda account, digits: whether(VirtualNumber.objects.filter(account_id=account, digits=digits))
)


class _Shared(dict[str, forms.Field]):
    """Fields that no instance changes: a form copies them deeply otherwise, a tenth of a press's own work."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return dict(self)


class CallForm(ParamsForm):
    """A press: the parameters, the number called from and the phone called, as this member may use them."""

    external_id = forms.CharField(required=False, strip=False)
    virtual_phone_number = forms.CharField(
        label=_("Number we call from"), error_messages={"required": _("Choose the number you call from.")}
    )
    contact = forms.CharField(label=_("Phone"), error_messages={"required": _("Enter a phone number.")})
    contact_id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, member: Member, preset: Preset | None = None, **kwargs: Any
    ) -> None:
        super().__init__(with_preset(data, preset) if data is not None else None, account=member.account, **kwargs)
        self.member = member
        self.preset = preset
        self.number: VirtualNumber | None = None
        self.person: Contact | None = None
        self.digits = ""  # of the phone, once it was read
        self.verdict = Verdict()  # of the company rules; one that blocks is an error of `contact`
        self.unnamed = ""  # what a call to nobody's phone is called in the log
        self._keys = ""  # that reach the person at the stored phone
        self._own_keys = bool(data and data.get("dtmf_string"))

    def _clean_fields(self) -> None:
        """What was left alone is what an empty field becomes; no parameter has a rule about nothing."""
        self.cleaned_data |= {name: value for name, value in _empty().items() if self.data.get(name) in (None, "")}
        super()._clean_fields()  # type: ignore[misc]

    def _bound_items(self) -> Iterator[tuple[str, forms.BoundField]]:
        """The others go the way of all fields, which costs a press more than reading them does."""
        return ((name, self[name]) for name in self.fields if name not in self.cleaned_data)

    def clean_external_id(self) -> str:
        value: str = self.cleaned_data["external_id"]
        if value and (not _EXTERNAL_ID.fullmatch(value) or value.isspace()):
            raise ValidationError(_("1 to 64 printable ASCII characters."), code="invalid")
        if value != value.strip():  # what is told of a call comes back without: it could not be found again
            text = _("No call was made: this ID begins or ends with a blank. Write it without and call again.")
            raise ValidationError(text, code="invalid")
        return value

    def clean_virtual_phone_number(self) -> str:
        number = self._find_number(self.cleaned_data["virtual_phone_number"])
        if number is None:
            raise ValidationError(_("This is not one of your numbers. Choose another one."), code="not_found")
        if number.pk != self.member.default_number_id and not self._may_use(number):
            raise ValidationError(_("This number is assigned to others. Choose your own."), code="not_yours")
        if number.trouble:
            code, message = OF_A_PRESS[number.trouble]
            raise ValidationError(message, code=code, params={"brand": self.account.brand_name})
        self.number = number
        return number.digits

    def clean_preset(self) -> str:
        """A press that was to go out in one way never goes out in another."""
        value: str = self.cleaned_data["preset"]
        if value and self.preset is None:
            text = _("This way of calling is no longer in use. Choose another one, or call from the contact's page.")
            raise ValidationError(text, code="not_found")
        return value

    def _may_use(self, number: VirtualNumber) -> bool:
        return VirtualNumber.objects.visible_to(self.member).filter(pk=number.pk).exists()

    def _find_number(self, text: str) -> VirtualNumber | None:
        ours = self.account.numbers
        digits = text.removeprefix("+")
        if (own := self.member.default_number) and own.digits == digits:
            return own
        if digits.isascii() and digits.isdigit() and (found := ours.filter(digits=digits).first()):
            return found
        try:
            return ours.filter(digits=phones.read(text, self.account.country).digits).first()
        except phones.PhoneError:
            return None

    def clean_contact(self) -> str:
        text = references.resolved(self.cleaned_data["contact"], self.member)
        stored = self._stored_phone(text)
        if stored is not None:
            self.person = stored.contact
            self._keys = "" if self._own_keys else stored.keys
            return stored.digits
        try:
            return phones.read(text, self.account.country).digits
        except phones.PhoneError as error:
            raise ValidationError(error.message, code=error.code) from error

    def _stored_phone(self, text: str) -> ContactPhone | None:
        """The phone of the contact whose button was pressed; it may be SIP, and was checked when it was stored."""
        contact_id = str(self.data.get("contact_id") or "")
        if not contact_id.isdecimal():
            return None
        key = int(contact_id[:_LONGEST_KEY])
        found = _PHONES[Role(self.member.role)].instances(self.account.pk, self.member.pk, key)
        phone = next((phone for phone in found if references.names(text, phone)), None)
        if phone is None:
            raise ValidationError(_("The contact has changed. Reload the page and press again."), code="changed")
        return phone

    def clean(self) -> dict[str, Any]:
        super().clean()
        digits = self.cleaned_data.get("contact")
        if digits:
            self._check_contact(digits)
        if self._keys:  # what reaches this person comes before what a preset says of everybody
            self.cleaned_data["dtmf_string"] = self._keys
        return self.cleaned_data

    def _check_contact(self, digits: str) -> None:
        if _OWN_NUMBER.any(self.account.pk, digits):
            message = _("This is one of your own numbers: it cannot be called.")
            self.add_error("contact", ValidationError(message, code="own_virtual_phone_number_not_allowed"))
            return
        self.digits = digits
        if self.person is None:
            self.person = self._only_contact_with(digits)
        self.verdict = self._judged(digits)
        if self.verdict.kind == "block":
            self.add_error("contact", self._blocked())

    def _judged(self, digits: str) -> Verdict:
        """What the company rules say about calling this phone now."""
        return verdict(self.member, self.person, digits, now())

    def _blocked(self) -> ValidationError:
        """What forbids the call, in a sentence. The PBX blacklist keeps the code by which the provider refuses."""
        if self.verdict.code == Code.PBX_BLACKLIST:
            message = _("The provider will refuse this number: it is on the PBX blacklist. The admin can remove it.")
            return ValidationError(message, code="contact_in_blacklist")
        words = self.verdict.words(self.member)
        return ValidationError(" ".join(f"{text}." for text in words.both), code=self.verdict.code)

    def _only_contact_with(self, digits: str) -> Contact | None:
        """The contact that a dialled phone belongs to; None when several share it, since one call is one call."""
        seen = Contact.objects.visible_to(self.member).active().filter(phones__digits=digits).select_related("owner")
        found = list(seen.distinct()[:2])
        return found[0] if len(found) == 1 else None

    def payload(self, external_id: str) -> dict[str, Any]:
        """What goes on the wire, without the token."""
        return payload.build(
            {
                "virtual_phone_number": self.cleaned_data["virtual_phone_number"],
                "contact": self.cleaned_data["contact"],
                "external_id": external_id,
                "show_virtual_phone_number": True if self.account.show_virtual_phone_number else None,
                **self.parameters(),
            }
        )


def with_preset(given: Mapping[str, Any], preset: Preset | None) -> dict[str, Any]:
    """What was given over what the preset says; a message that was given replaces the preset's as a whole."""
    chosen = {name: given.get(name) for name in given if not _left_alone(name, given.get(name))}
    if preset is None:
        return chosen
    prepared = {name: getattr(preset, name) for name in ParamsForm.base_fields}
    if chosen.keys() & {"message_type", "message_value"}:
        prepared = {name: value for name, value in prepared.items() if not name.startswith("message_")}
    return {**prepared, **chosen}


def _left_alone(name: str, value: Any) -> bool:
    """Empty, or blanks where a parameter could stand; an ID of blanks is a mistake to be named."""
    return value in (None, "") or (name in ParamsForm.base_fields and str(value).isspace())


@cache
def _empty() -> dict[str, Any]:
    """What the fields that may be left alone become then."""
    return {name: field.clean(None) for name, field in CallForm.base_fields.items() if not field.required}


# What a page says of the preset; no attribute of the class, since a form's own `preset` is the one that was found.
_CHOSEN = forms.CharField(required=False, label=_("How we call"))
CallForm.base_fields = _Shared(CallForm.base_fields | {"preset": _CHOSEN})
