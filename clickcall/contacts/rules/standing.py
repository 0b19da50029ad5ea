"""What is known of a contact's phones: whether they may be called, and the whole history as proof."""

from dataclasses import dataclass, field

from ...models import Consent, ConsentState, Contact, ContactPhone, DoNotCall


@dataclass(slots=True)
class PhoneStanding:
    """A phone with its newest consent and its entry of *Do not call*; the histories are newest first."""

    phone: ContactPhone
    consents: list[Consent] = field(default_factory=list)
    entries: list[DoNotCall] = field(default_factory=list)

    @property
    def consent(self) -> Consent | None:
        """The one that holds."""
        return self.consents[0] if self.consents else None

    @property
    def agrees(self) -> bool:
        return self.consent is not None and self.consent.state == ConsentState.GIVEN

    @property
    def forbidden(self) -> DoNotCall | None:
        return next((entry for entry in self.entries if entry.lifted_at is None), None)


def histories(contact: Contact) -> list[PhoneStanding]:
    """All that was noted about each phone of a contact, in two questions for all of them."""
    known = {phone.digits: PhoneStanding(phone) for phone in contact.phones.all()}
    of_phones = {"account_id": contact.account_id, "digits__in": list(known)}
    for consent in Consent.objects.filter(**of_phones).select_related("member").order_by("-at", "-pk"):
        known[consent.digits].consents.append(consent)
    for entry in DoNotCall.objects.filter(**of_phones).select_related("member", "lifted_by").order_by("-at", "-pk"):
        known[entry.digits].entries.append(entry)
    return list(known.values())
