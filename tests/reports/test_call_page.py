"""The page of one call: its story for everybody who may see it, the wire for managers and admins alone."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clickcall.models import Call, CallEvent, Contact, EventSource, Member, Status, Token

MakeCall = Callable[..., Call]
SignIn = Callable[..., Client]
AT = datetime(2026, 11, 20, 11, 17, 31, tzinfo=UTC)
PARAMS = {
    "virtual_phone_number": "74993720692",
    "contact": "79260000000",
    "first_call": "employee",
    "switch_at_once": True,
    "early_switching": False,
    "contact_message": {"type": "tts", "value": "Здравствуйте"},
}


@pytest.fixture
def made(anna: Member, ivan: Contact, make_call: MakeCall) -> Call:
    call = make_call(
        anna,
        contact=ivan,
        requested_at=AT,
        params=PARAMS,
        external_id="press-of-anna",
        call_session_id="5412908377104",
        preset_name="Ordinary call",
        confirmed=["just_called"],
        warnings=["tts_length_unknown", "some_new_code"],
        finish_reason="operator_disconnects",
        wait_duration=12,
        contact_answered_at=AT.replace(second=49),
    )
    note = {"account": call.account, "call": call}
    data = {"method": "start.vnumber_call", "id": "press-of-anna", "params": PARAMS}
    CallEvent.objects.create(**note, source=EventSource.PRESS, kind="pressed", at=AT, data=data)
    answer = {"answer": {"result": {"data": {"call_session_id": 5412908377104}}}}
    CallEvent.objects.create(**note, source=EventSource.ANSWER, kind="accepted", at=AT, data=answer)
    return call


def page_of(client: Client, call: Call) -> str:
    return client.get(reverse("reports:call", args=[call.pk])).content.decode()


def test_the_caller_reads_the_story_in_words(anna: Member, made: Call, as_: SignIn) -> None:
    html = page_of(as_(anna), made)
    for text in (
        "Анна Кузнецова → Иван Петров",
        "Talked",
        "3:05",
        "+7 499 372-06-92",
        "Ordinary call",
        "You pressed “Call”",
        "14:17:31",
        "MSK",
        "The client answered",
        "the same phone had just been called",
        "not known how long the robot&#x27;s text may be",
        "some_new_code",
    ):
        assert text in html


def test_the_providers_number_of_the_call_can_be_copied(anna: Member, made: Call, as_: SignIn) -> None:
    html = page_of(as_(anna), made)
    assert "UIS call no. 5412908377104" in html
    assert 'data-copy="5412908377104"' in html


def test_sales_never_meet_the_wire(anna: Member, made: Call, as_: SignIn) -> None:
    html = page_of(as_(anna), made)
    for text in ("switch_at_once", "start.vnumber_call", "press-of-anna", "operator_disconnects", "Events"):
        assert text not in html


@pytest.mark.parametrize("who", ["maria", "adam"])
def test_managers_and_admins_read_every_parameter_as_sent(
    request: pytest.FixtureRequest, made: Call, as_: SignIn, who: str
) -> None:
    response = as_(request.getfixturevalue(who)).get(reverse("reports:call", args=[made.pk]))
    assert response.context["parameters"] == [
        ("virtual_phone_number", "74993720692"),
        ("contact", "79260000000"),
        ("first_call", "employee"),
        ("switch_at_once", "true"),
        ("early_switching", "false"),
        ("contact_message.type", "tts"),
        ("contact_message.value", "Здравствуйте"),
    ]
    html = response.content.decode()
    for text in ("contact_message.value", "press-of-anna", "operator_disconnects", "Анна Кузнецова pressed “Call”"):
        assert text in html


def test_managers_read_request_and_answer(maria: Member, made: Call, as_: SignIn) -> None:
    html = page_of(as_(maria), made)
    assert "&quot;call_session_id&quot;: 5412908377104" in html
    assert "&quot;method&quot;: &quot;start.vnumber_call&quot;" in html


def test_no_secret_of_a_key_ever_shows(
    maria: Member, token: Token, anna: Member, make_call: MakeCall, as_: SignIn
) -> None:
    secret = Token.objects.get(pk=token.pk).secrets()[0]
    call = make_call(
        anna,
        status=Status.REFUSED,
        dispatch="refused",
        cause="invalid_parameter_value",
        params={"contact": secret},
        error={"mnemonic": "invalid_parameter_value", "message": f"bad {secret}"},
    )
    data = {"params": {"access_token": secret}, "answer": f"value {secret}"}
    CallEvent.objects.create(account=call.account, call=call, source=EventSource.ANSWER, kind="refused", data=data)
    for member in (maria, anna):
        assert secret not in page_of(as_(member), call)


def test_a_refusal_says_what_happened_to_the_client_and_who_helps(
    anna: Member, maria: Member, make_call: MakeCall, as_: SignIn
) -> None:
    error = {"mnemonic": "scenario_not_found", "code": -32007, "message": "Scenario not found", "field": None}
    call = make_call(anna, status=Status.REFUSED, dispatch="refused", cause="scenario_not_found", error=error)
    own, managers = page_of(as_(anna), call), page_of(as_(maria), call)
    for html in (own, managers):
        assert "Not called: this number rings nobody" in html
        assert "The client was not disturbed" in html
    assert "scenario_not_found" not in own
    assert "scenario_not_found" in managers
    assert "-32007" in managers


def test_an_event_of_a_new_kind_is_shown_as_it_came(maria: Member, made: Call, as_: SignIn) -> None:
    CallEvent.objects.create(account=made.account, call=made, source=EventSource.SWEEP, kind="brand_new")
    assert "brand_new" in page_of(as_(maria), made)


@pytest.mark.parametrize(
    ("who", "status"), [("anna", 200), ("boris", 404), ("maria", 200), ("adam", 200), ("stranger", 404)]
)
def test_sales_open_their_own_calls_managers_any_strangers_none(
    request: pytest.FixtureRequest, made: Call, as_: SignIn, who: str, status: int
) -> None:
    client = as_(request.getfixturevalue(who))
    assert client.get(reverse("reports:call", args=[made.pk])).status_code == status


def test_who_is_not_signed_in_is_asked_to(client: Client, made: Call) -> None:
    assert client.get(reverse("reports:call", args=[made.pk])).status_code == 302


def test_the_contact_is_linked_only_where_it_may_be_seen(
    anna: Member, boris: Member, maria: Member, made: Call, as_: SignIn
) -> None:
    link = reverse("contacts:detail", args=[made.contact_id])
    assert link in page_of(as_(anna), made)
    assert made.contact is not None
    made.contact.list.members.set([boris])
    assert link not in page_of(as_(anna), made)
    assert link in page_of(as_(maria), made)


def test_a_page_asks_the_database_few_questions(
    adam: Member, token: Token, made: Call, as_: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = as_(adam)
    with django_assert_max_num_queries(13):
        page_of(client, made)
