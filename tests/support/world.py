"""An account in which there is a row of every kind, and the address of every page about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import now

from clickcall.accounts import invite
from clickcall.contacts.importing import runs
from clickcall.models import (
    Account,
    BlacklistEntry,
    Call,
    Callback,
    CallEvent,
    Consent,
    Contact,
    Dispatch,
    DoNotCall,
    EventSource,
    FirstCall,
    ImportRun,
    MediaFile,
    Member,
    Outcome,
    PhoneCheck,
    Preset,
    Reconciliation,
    Role,
    Status,
    Team,
    Token,
    VirtualNumber,
    WrapUp,
)

from . import people

SECRETS = ("a-key-that-nobody-may-read-0001", "a-password-that-nobody-may-read")
LONG = "Константинопольская-Преображенская Александра Вениаминовна"
COMPANY = "Нижегородский машиностроительный завод имени Двадцатипятилетия Независимости"


@dataclass(frozen=True)
class World:
    """`owner` works the list and placed the call; `person` is a colleague of hers whom nobody plays."""

    account: Account
    owner: Member
    contact: Contact
    call: Call
    imported: ImportRun
    number: VirtualNumber
    media: MediaFile
    blocked: BlacklistEntry
    forbidden: DoNotCall
    check: PhoneCheck
    preset: Preset
    token: Token
    team: Team
    person: Member
    promised: Callback
    outcome: Outcome

    def address(self, name: str) -> str:
        """Of the page of this name, about the row of its kind."""
        return reverse(name, args=self._arguments().get(name) or self._of_its_kind(name))

    def _arguments(self) -> dict[str, list[Any]]:
        return {
            "accounts:welcome": [invite.make_invitation("http://testserver").rstrip("/").rpartition("/")[2]],
            "calls:state": [self.call.external_id],
            "hook": [str(self.account.public_id), "a-secret-that-opens-nothing"],
            "hook_cut": [str(self.account.public_id), "a-secret-that-opens-nothing"],
            "contacts:list_edit": [self.contact.list_id],
            "contacts:do_not_call_lift": [self.forbidden.pk],
            "contacts:list_archive": [self.contact.list_id],
            "contacts:list_restore": [self.contact.list_id],
            "contacts:list_progress": [self.contact.list_id],
            "contacts:retry_plan": [self.contact.list_id],
            "reports:export_list": [self.contact.list_id],
            "contacts:callback_move": [self.promised.pk],
            "contacts:callback_off": [self.promised.pk],
        }

    def _of_its_kind(self, name: str) -> list[int]:
        pattern = next(pattern for found, pattern in patterns() if found == name)
        kinds = {"media": self.media, "blacklist": self.blocked, "preset": self.preset}
        kinds |= {"token": self.token, "team": self.team}
        kinds |= {"contacts:import": self.imported, "contacts:": self.contact, "numbers:": self.number}
        kinds |= {"outcome_": self.outcome}
        kinds |= {"phone_check_": self.check, "person": self.person}
        row = next((row for kind, row in kinds.items() if kind in name), self.call)
        return [row.pk] if "<int:pk>" in str(pattern.pattern) else []


def patterns(within: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the project with its full name."""
    for entry in (within or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            yield f"{prefix}{entry.name}", entry


def make_world(owner: Member) -> World:
    """One row of every kind in the account of `owner`, all of it hers."""
    account = owner.account
    number = people.make_number(account, "74993720692", owner)
    owner.default_number = number
    owner.save()
    people.make_token(account, secret=SECRETS[0])
    token = Token.objects.create(account=account, name="spare", kind="login", login="api", password=SECRETS[1])
    contact = people.make_contact(people.make_list(account, "Leads", owner), LONG, "79260000000", company=COMPANY)
    call = make_call(owner, number, contact)
    world = World(
        account=account,
        owner=owner,
        contact=contact,
        call=call,
        imported=upload(contact),
        number=number,
        media=MediaFile.objects.create(account=account, provider_id="237", name="Здравствуйте", duration=6),
        forbidden=forbidden(contact, owner),
        blocked=BlacklistEntry.objects.create(account=account, digits="79991112233", comment=LONG),
        check=PhoneCheck.objects.create(account=account, member=owner, number=number, call=call, answer="mine"),
        preset=Preset.objects.create(account=account, name="Ordinary call"),
        token=token,
        team=Team.objects.create(account=account, name="North"),
        person=people.make_member(account, "zoe", Role.SALES, name="Зоя Тихая"),
        promised=promise(owner, contact),
        outcome=Outcome.objects.create(account=account, name="Договорились о встрече на следующей неделе"),
    )
    WrapUp.objects.create(call=call, account=account, member=owner, note=LONG, outcome=world.outcome)
    Contact.objects.filter(pk=contact.pk).update(last_call=world.call)
    compared(call)
    return world


def promise(member: Member, contact: Contact) -> Callback:
    """A call that was due ten minutes ago, and is for anyone."""
    given = {"contact": contact, "digits": "79260000000", "due_at": now() - timedelta(minutes=10), "note": COMPANY}
    return Callback.objects.create(account=member.account, made_by=member, asked_by_client=True, **given)


def forbidden(contact: Contact, member: Member) -> DoNotCall:
    """Somebody else who asked not to be called; the contact has agreed to advertising."""
    account = contact.account
    told = {"source": COMPANY, "text": LONG, "member": member}
    Consent.objects.create(account=account, digits=contact.phones.all()[0].digits, state="given", **told)
    return DoNotCall.objects.create(account=account, digits="79991112234", member=member, why=f"{LONG}. {COMPANY}")


def compared(call: Call) -> Reconciliation:
    """The day of the call: the provider says otherwise about it, and each side has a call more than the other."""
    fields = {"number_digits": [call.number_digits, "74951112233"], "talk_duration": [34, None]}
    named = {"external_id": call.external_id, "call_session_id": int(call.call_session_id)}
    other = {"external_id": "an-id-of-another-press-that-is-as-long-as-they-get-0001", "call_session_id": None}
    lists = {"only_ours": [named], "only_provider": [other], "different": [named | {"fields": fields}]}
    day = call.requested_at.astimezone(call.account.tz).date()
    result = {"account": call.account.slug, "day": day.isoformat(), "provider": 2, "ours": 2, "both": 1, "others": 1}
    return Reconciliation.objects.create(account=call.account, day=day, result=result | lists)


def upload(contact: Contact) -> ImportRun:
    """A file for the contact's list, with a good row, a known one and two that are refused."""
    rows = ["ФИО;Компания;Моб. телефон;Город", f"{LONG};{COMPANY};8 926 111-22-33;Петропавловск-Камчатский"]
    rows += [f"Иван;;+{contact.phones.all()[0].digits};", "Пётр;;7.926E+10;", "Мария;;;"]
    given = {"account": contact.account, "list": contact.list, "member": None, "file_name": "Клиенты ноября.csv"}
    return runs.create(**given, chunks=["\r\n".join(rows).encode("cp1251")])


def make_call(member: Member, number: VirtualNumber, contact: Contact, **facts: Any) -> Call:
    """A call of a minute ago that ended after a talk, unless `facts` say otherwise."""
    began = now() - timedelta(seconds=60)
    given: dict[str, Any] = {
        "dispatch": Dispatch.ACCEPTED,
        "status": Status.TALKED,
        "is_final": True,
        "call_session_id": "1795000000000001",
        "talk_duration": 34,
        "wait_duration": 9,
        "total_duration": 43,
        "finish_reason": "caller_disconnects",
        "finished_at": began + timedelta(seconds=43),
        **facts,
    }
    call = Call.objects.create(
        account=member.account,
        external_id=given.pop("external_id", "a-press-of-the-owner"),
        member=member,
        member_name=member.name,
        contact=contact,
        contact_name=contact.name,
        contact_company=contact.company,
        contact_phone="79260000000",
        number=number,
        number_digits=number.digits,
        number_name=number.name,
        params={"virtual_phone_number": number.digits, "contact": "79260000000", "first_call": FirstCall.EMPLOYEE},
        requested_at=began,
        **given,
    )
    CallEvent.objects.create(account=member.account, call=call, source=EventSource.PRESS, kind="requested")
    return call
