"""A call button: what it dials, where on a page it stands, and the fresh ID that makes its press one press."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, quote_plus

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..contacts.owners import owner_to_ask
from ..contacts.rules import Kind, Words, known
from ..contacts.rules.words import NOTHING
from ..models import RANG_NOBODY, Call, Contact, ContactPhone, Member
from .preflight import Preflight, preflight
from .references import of_phone
from .services import new_external_id

PLACES = ("row", "xl", "queue", "icon", "back", "due", "dialpad", "bar")
_RETURNS = ("back", "due")  # to somebody who called, or who was promised a call


@dataclass(frozen=True, slots=True)
class Button:
    """`phone` is what the form gets (see `references`). `key` names the button within its page."""

    place: str
    phone: str
    contact_id: int | None
    name: str
    external_id: str
    ready: Preflight

    used_at: datetime | None = None  # when its last press was made: then it offers another one
    rang: bool = True  # that press; otherwise nobody was called by it
    stop: str = ""  # what the company's rules do with a press: "ask" or "block"
    said: Words = NOTHING  # by them

    @property
    def key(self) -> str:
        return f"{self.contact_id or 'dial'}-{self.phone.removeprefix('+')}-{self.place}"

    @property
    def who(self) -> str:
        """Whom it calls, for those who hear a page."""
        return self.name or self.phone

    @property
    def label(self) -> str:
        if self.used_at:
            return _("Call again")
        if self.is_soft:
            return self.said.short
        return _("Call back") if self.place in _RETURNS else _("Call")

    @property
    def is_icon(self) -> bool:
        return self.place == "icon" or self.place in _RETURNS

    @property
    def is_large(self) -> bool:
        return self.place in ("xl", "queue")

    @property
    def is_soft(self) -> bool:
        """A press of it is asked about."""
        return self.stop == Kind.ASK and self.used_at is None

    @property
    def is_blocked(self) -> bool:
        """A press of it would be refused: it says why instead."""
        return self.used_at is None and bool(self.ready.blocked or self.stop == Kind.BLOCK)

    @property
    def icon(self) -> str:
        if self.is_soft:
            return self.said.icon
        return "phone-outgoing" if self.place in _RETURNS else "phone"

    @property
    def words(self) -> SafeString:
        """The label, and under it when the button was used."""
        if self.used_at is None:
            return escape(self.label)
        said = _("called at %(time)s") if self.rang else _("tried at %(time)s")
        called = said % {"time": f"{localtime(self.used_at):%H:%M}"}
        words = '<span class="two-lines">{} <span class="keep">{}</span></span>'
        return format_html(words, self.label, called)

    @property
    def hidden(self) -> SafeString:
        """What a press says: its own ID, the phone, whose it is, and where the button stands."""
        said = {"external_id": self.external_id, "contact": self.phone, "contact_id": self.contact_id or ""}
        said |= {"name": self.name, "place": self.place}
        return format_html_join("", '<input type="hidden" name="{}" value="{}">', said.items())

    @property
    def answer_target(self) -> str:
        """What htmx replaces with the answer to a press that was asked about; the bar's answer brings its own place."""
        return {"dialpad": "#dialpad-external-id", "bar": "this"}.get(self.place, f"#press-{self.key}")

    @property
    def answer_swap(self) -> str:
        return "none" if self.place == "bar" else "outerHTML"

    @property
    def state_url(self) -> str:
        """Where a page asks what became of this button's press when no answer came."""
        whose = f"contact_id={self.contact_id or ''}&name={quote_plus(self.name)}"
        drawn = f"place={self.place}&contact={quote_plus(self.phone)}&{whose}"  # a page has many of these
        return f"{self.ready.state_url}{quote(self.external_id)}/?{drawn}"


def for_contact(contact: Contact, member: Member, *, phone: ContactPhone | None, place: str) -> Button | None:
    """The button of a contact's (first) phone; None for a contact without one."""
    chosen = phone or next(iter(contact.fetched_phones), None)
    if chosen is None:
        return None
    stop, said = stopped(member, contact.pk, chosen.digits)
    if not stop and (owner := owner_to_ask(contact, member)):
        stop, said = Kind.ASK.value, _client_of(owner)
    named = of_phone(chosen, member), contact.pk, contact.name
    return Button(place, *named, new_external_id(), preflight(member), stop=stop, said=said)


def _client_of(owner: str) -> Words:
    """For the button a first name is enough."""
    heading = _("This is a client of %(name)s") % {"name": owner}
    return Words("user", heading, "", _("Client: %(name)s") % {"name": owner.partition(" ")[0][:16]})


def stopped(member: Member, contact_id: int | None, digits: str) -> tuple[str, Words]:
    """What the company's rules say of a press, as far as the page has asked them; they are asked again at the press."""
    verdict = known(member, contact_id, digits)
    return (verdict.kind, verdict.words(member)) if verdict else ("", NOTHING)


def again(data: Mapping[str, Any], member: Member, call: Call | None = None) -> Button:
    """The same button anew after its press, which is this `call`, with an ID that was never used."""
    place = data.get("place", "")
    contact_id = str(data.get("contact_id", ""))
    return Button(
        place=place if place in PLACES else "row",
        phone=str(data.get("contact", ""))[:40],
        contact_id=int(contact_id) if contact_id.isdecimal() else None,
        name=str(data.get("name", ""))[:200],
        external_id=new_external_id(),
        ready=preflight(member),
        used_at=call.requested_at if call else None,
        rang=call is None or call.dispatch not in RANG_NOBODY,
    )
