"""Row first, request second, result third: over a real socket."""

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from support.presses import form_of, placed_at, press, pressed, requests_of
from support.simulator import NUMBER, SEVER
from support.wire_server import Seen, WireServer, answers, http, success

from clickcall.calls import dispatch, services
from clickcall.calls.report import placed
from clickcall.calls.services import press as press_module
from clickcall.models import Call, CallEvent, Contact, Dispatch, EventSource, Member, Preset, Status
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]


@pytest.mark.django_db(transaction=True)
def test_the_row_is_there_before_the_request_arrives(scripted: Scripted, anna: Member) -> None:
    rows: list[tuple[str, str]] = []

    def look(seen: Seen, sock: socket.socket) -> None:
        try:  # this thread has a connection of its own: it sees what is committed and nothing else
            rows.extend(Call.objects.values_list("external_id", "dispatch"))
        finally:
            connection.close()
        sock.sendall(success(seen, {"call_session_id": 5}))

    server = scripted(look)
    press(anna, external_id="first-the-row")
    assert rows == [("first-the-row", Dispatch.SENDING)]
    assert len(server.requests) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_a_transaction(
    provider: Simulator, anna: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def send(*args: Any, **kwargs: Any) -> Any:
        seen.append(connection.in_atomic_block)
        return dispatch.send(*args, **kwargs)

    monkeypatch.setattr(press_module, "send", send)
    press(anna)
    assert seen == [False]


def test_an_accepted_press_has_its_session(provider: Simulator, anna: Member) -> None:
    call = pressed(anna)
    (line,) = placed_at(provider)
    assert (call.dispatch, call.status, call.is_final) == (Dispatch.ACCEPTED, Status.ACCEPTED, False)
    assert call.call_session_id == str(line["call_session_id"])
    assert call.accepted_at is not None
    assert (call.cause, call.error) == ("", None)


@pytest.mark.parametrize("session", [1, 2**31, 2**63 + 7, 10**30])
def test_a_session_of_any_length_is_kept_as_text_and_printed_as_a_number(
    scripted: Scripted, anna: Member, session: int
) -> None:
    scripted(answers({"call_session_id": session}))
    placement = press(anna)
    assert placement.call is not None
    assert Call.objects.get().call_session_id == str(session)
    assert f'"call_session_id": {session},' in json.dumps(placed(placement))


def test_the_parameters_are_those_that_were_sent(provider: Simulator, anna: Member) -> None:
    call = pressed(anna, direction="out", switch_at_once="true", early_switching="false", dtmf_string=".1")
    (line,) = requests_of(provider)
    sent = {name: value for name, value in line["params"].items() if name != "access_token"}
    assert call.params == sent
    assert sent == {
        "virtual_phone_number": NUMBER,
        "contact": "79260000000",
        "external_id": call.external_id,
        "dtmf_string": ".1",
        "direction": "out",
        "first_call": "employee",
        "switch_at_once": True,
        "early_switching": False,
    }
    assert line["id"] == call.external_id


def test_what_was_left_alone_is_not_sent(provider: Simulator, anna: Member) -> None:
    pressed(anna)
    (line,) = requests_of(provider)
    assert set(line["params"]) == {"access_token", "virtual_phone_number", "contact", "external_id", "first_call"}


def test_the_number_may_be_shown_where_an_admin_said_so(scripted: Scripted, anna: Member) -> None:
    server = scripted(answers({"call_session_id": 5}))
    anna.account.show_virtual_phone_number = True
    press(anna)
    assert server.requests[0].call["params"]["show_virtual_phone_number"] is True


def test_the_row_keeps_what_was_said_at_the_press(provider: Simulator, anna: Member, ivan: Contact) -> None:
    preset = Preset.objects.create(account=anna.account, name="Quick")
    form = form_of(anna, "+79260000000", contact_id=str(ivan.pk))
    form.preset = preset
    call = services.place_call(form, external_id="copies").call
    assert call is not None
    Member.objects.filter(pk=anna.pk).update(name="Somebody")
    Contact.objects.filter(pk=ivan.pk).update(name="Nobody", company="Nothing")
    call.refresh_from_db()
    assert (call.member_name, call.contact_name, call.contact_company) == (
        "Анна Кузнецова",
        "Иван Петров",
        "ООО «Ромашка»",
    )
    assert (call.number_digits, call.number_name, call.preset_name) == (NUMBER, "Moscow", "Quick")
    ivan.refresh_from_db()
    assert ivan.last_call == call


def test_two_facts_are_kept_of_a_press_and_neither_holds_the_key(provider: Simulator, anna: Member) -> None:
    call = pressed(anna)
    events = list(call.events.all())
    assert [(event.source, event.kind) for event in events] == [
        (EventSource.PRESS, "pressed"),
        (EventSource.ANSWER, "accepted"),
    ]
    assert events[0].data == {"method": "start.vnumber_call", "id": call.external_id, "params": call.params}
    assert events[1].data["answer"]["result"]["data"] == {"call_session_id": int(call.call_session_id)}
    assert SEVER not in json.dumps([event.data for event in events])


def test_an_answer_that_echoes_the_key_is_stored_without_it(scripted: Scripted, anna: Member) -> None:
    def echo(seen: Seen, sock: socket.socket) -> None:
        error = {
            "code": -32602,
            "message": f"bad value {SEVER}",
            "data": {"mnemonic": "invalid_parameter_value", "field": "x", "value": SEVER, "params": {"given": SEVER}},
        }
        sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "error": error})))

    scripted(echo)
    call = pressed(anna)
    stored = json.dumps([call.error, call.cause, call.params, *CallEvent.objects.values_list("data", flat=True)])
    assert call.dispatch == Dispatch.REFUSED
    assert "invalid_parameter_value" in stored
    assert SEVER not in stored


def test_without_an_access_key_nothing_is_stored_and_nothing_sent(provider: Simulator, anna: Member) -> None:
    anna.account.tokens.all().delete()
    with pytest.raises(ValidationError) as refused:
        press(anna)
    assert list(refused.value.message_dict) == ["account"]
    assert not Call.objects.exists()
    assert requests_of(provider) == []
