"""Where the account hides clients' phones from sales, no address of the project answers a salesperson with one."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import now
from support import people
from support.world import World, make_world, patterns

from clickcall.models import (
    Call,
    Callback,
    CallRules,
    Consent,
    ContactPhone,
    DoNotCall,
    Member,
    Origin,
    Status,
    StoppedPress,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]

PHONE, SECOND, UNKNOWN = "79261837465", "78129351746", "73437264958"
HTMX: dict[str, Any] = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def world(anna: Member) -> World:
    """Everything in the world is about one phone; a second contact shares it, and a stranger's call was missed."""
    world = make_world(anna)
    CallRules.objects.update_or_create(account=anna.account, defaults={"masks_numbers": True})
    ContactPhone.objects.update(digits=PHONE)
    twin = people.make_contact(world.contact.list, "Приёмная", PHONE, SECOND, owner=anna)
    Call.objects.update(contact_phone=PHONE, closed_at=None)
    for place, (digits, contact) in enumerate([(UNKNOWN, None), (SECOND, twin), (PHONE, world.contact)]):
        missed(world, place, digits, contact=contact)
    said = {"account": anna.account, "digits": PHONE}
    Callback.objects.create(**said, contact=world.contact, member=anna, due_at=now(), made_by=anna)
    Callback.objects.create(**said, contact=twin, due_at=now() - timedelta(hours=1), made_by=anna, note="Ждёт")
    DoNotCall.objects.create(account=anna.account, digits=SECOND, member=anna, why="Просил")
    Consent.objects.create(**said, state="given", member=anna)
    StoppedPress.objects.create(**said, member=anna, contact=world.contact, rule="outside_hours")
    return world


def missed(world: World, place: int, digits: str, **fields: Any) -> Call:
    return Call.objects.create(
        account=world.account,
        origin=Origin.INBOUND,
        dispatch="",
        call_session_id=f"77{place}",
        contact_phone=digits,
        member=world.owner,
        member_name=world.owner.name,
        number=world.number,
        number_digits=world.number.digits,
        status=Status.MISSED,
        is_final=True,
        is_missed=True,
        finished_at=now(),
        **fields,
    )


def told(response: HttpResponse) -> set[str]:
    """The phones that stand in an answer, its headers included, in whatever way they are written."""
    written = "".join(response.streaming_content) if response.streaming else response.content.decode()  # type: ignore[attr-defined]
    digits = re.sub("[^0-9]", "", written + str(response.headers))
    return {phone for phone in (PHONE, SECOND, UNKNOWN) if phone[1:] in digits}


def test_no_page_tells_a_salesperson_a_client_s_phone(as_: SignIn, anna: Member, world: World) -> None:
    client, leaks = as_(anna), {}
    for name, _pattern in patterns():
        path = world.address(name)
        leaks[name] = told(client.get(path)) | told(client.get(path, **HTMX))
    assert {name: phones for name, phones in leaks.items() if phones} == {}


def test_no_answer_to_a_form_does_either(as_: SignIn, anna: Member, world: World) -> None:
    client, leaks = as_(anna), {}
    for name, _pattern in patterns():
        path = world.address(name)
        for headers in (HTMX, {}):
            point = transaction.savepoint()
            leaks[name] = leaks.get(name, set()) | told(client.post(path, **headers))
            transaction.savepoint_rollback(point)
    assert {name: phones for name, phones in leaks.items() if phones} == {}


def test_without_the_setting_these_pages_do(as_: SignIn, anna: Member, world: World) -> None:
    CallRules.objects.update(masks_numbers=False)
    client = as_(anna)
    for name in ("contacts:list", "contacts:detail", "contacts:edit", "reports:call", "reports:called_back"):
        assert told(client.get(world.address(name))), name


def test_the_same_pages_tell_a_manager(as_: SignIn, maria: Member, world: World) -> None:
    client = as_(maria)
    for name in ("contacts:detail", "contacts:edit", "reports:call", "reports:called_back"):
        assert told(client.get(world.address(name))), name


@pytest.mark.parametrize("term", ["926 183", "7465", "+7926183", "8 (926) 18"])
def test_searching_a_part_of_a_phone_still_finds(as_: SignIn, anna: Member, world: World, term: str) -> None:
    contact = world.contact
    contact.search_text = f"  {contact.name_key}  {PHONE}"
    contact.save()
    response = as_(anna).get("/contacts/", {"q": term})
    assert contact.name in response.content.decode()
    assert told(response) == set()


def test_what_stands_in_a_page_can_still_be_recognised(as_: SignIn, anna: Member, world: World) -> None:
    text = as_(anna).get(world.address("contacts:detail")).content.decode()
    assert "+7 926 •••-••-65" in text
    assert "+7 499 372-06-92" in text, "the number that the client sees is our own"


def test_a_number_in_place_of_a_name_is_masked_too(as_: SignIn, anna: Member, world: World) -> None:
    Call.objects.filter(contact_phone=UNKNOWN).update(contact_name="+7 343 726-49-58")
    for name in ("reports:called_back", "reports:mine"):
        response = as_(anna).get(world.address(name))
        assert told(response) == set()
        assert "+7 343 •••-••-58" in response.content.decode()


# Numbers of our own, what people typed themselves, and pages that sales do not see.
PLAIN = {"number.digits", "call.number_digits", "contact.client_sees", "person.default_number.digits", "entry.digits"}
TYPED = {("calls/dial.html", "digits")}


def test_no_template_shows_a_client_s_phone_past_the_one_place_that_decides() -> None:
    """A client's phone is written `|client_phone:member`."""
    root, found = settings.BASE_DIR / "templates", set()
    for path in root.rglob("*.html"):
        name = str(path.relative_to(root))
        for shown in re.findall(r"([\w.]+)\|phone(?:_text)?\b", path.read_text()):
            found.add((name, shown))
    assert {one for one in found if one[1] not in PLAIN} - TYPED == set()
