"""Presses that are known, asked about, held up or could not be stored."""

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError
from support import people
from support.presses import form_of, placed_at, press, pressed, requests_of
from support.simulator import NUMBER, SEVER
from support.wire_server import Seen, WireServer, http

from clickcall.calls import dispatch, services
from clickcall.calls.report import placed
from clickcall.calls.services import press as press_module
from clickcall.models import Account, Call, Dispatch, Member
from clickcall.models.writing import PreparedInsert
from clickcall.simulator import Simulator

Scripted = Callable[..., WireServer]


def test_a_second_press_of_the_same_id_sends_nothing(provider: Simulator, anna: Member, boris: Member) -> None:
    first = press(anna, external_id="once")
    second = press(boris, "+7 926 000-00-01", external_id="once")
    assert (first.duplicate, second.duplicate) == (False, True)
    assert first.call == second.call
    assert second.call is not None
    assert second.call.member == anna
    assert len(requests_of(provider)) == 1


def test_another_account_may_use_the_same_id(provider: Simulator, anna: Member, stranger: Member) -> None:
    press(anna, external_id="once")
    theirs = stranger.account
    theirs.call_api_url = anna.account.call_api_url
    theirs.save()
    people.make_token(theirs, SEVER)
    people.make_number(theirs, NUMBER)
    assert press(stranger, external_id="once").duplicate is False
    assert len(placed_at(provider)) == 2


def test_an_answer_that_cannot_be_stored_leaves_the_row_to_the_sweep(
    provider: Simulator, anna: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(press_module, "apply_event", full)
    placement = press(anna)
    assert placement.call is not None
    assert placed(placement)["dispatch"] == "unknown"
    assert Call.objects.get().dispatch == Dispatch.SENDING
    assert len(placed_at(provider)) == 1


def test_a_row_that_cannot_be_stored_sends_nothing(
    provider: Simulator, anna: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(insert: Any, row: Any) -> None:
        raise IntegrityError("CHECK constraint failed")

    monkeypatch.setattr(PreparedInsert, "write", refuse)
    with pytest.raises(IntegrityError):
        press(anna)
    assert requests_of(provider) == []


def test_soft_guards_ask_a_page_and_warn_a_program(provider: Simulator, anna: Member) -> None:
    press(anna)
    asked = services.place_call(form_of(anna), external_id="again")
    assert asked.call is None
    assert [question.code for question in asked.questions] == ["in_call", "just_called"]
    assert len(requests_of(provider)) == 1
    warned = press(anna)
    assert warned.warnings == ["in_call", "just_called"]
    assert warned.call is not None
    assert warned.call.warnings == ["in_call", "just_called"]


def test_a_confirmed_press_goes_on_with_its_own_id(provider: Simulator, anna: Member) -> None:
    press(anna)
    confirmed = services.place_call(form_of(anna), external_id="again", confirmed={"in_call", "just_called"})
    assert confirmed.call is not None
    assert confirmed.call.external_id == "again"
    assert confirmed.call.confirmed == ["in_call", "just_called"]
    assert len(placed_at(provider)) == 2


def test_a_learnt_limit_stops_the_next_press_beside_its_field(scripted: Scripted, anna: Member) -> None:
    def too_long(seen: Seen, sock: socket.socket) -> None:
        data = {
            "mnemonic": "tts_text_exceeded",
            "params": {"tts_message_max_length": 10, "sent_tts_message_length": 12},
        }
        error = {"code": -32602, "message": "too long", "data": data}
        sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "error": error})))

    scripted(too_long)
    call = pressed(anna, message_type="tts", message_value="x" * 12)
    assert (call.dispatch, call.cause) == (Dispatch.REFUSED, "tts_text_exceeded")
    assert Account.objects.get(pk=anna.account_id).tts_max_length == 10


def test_a_press_that_was_taken_for_lost_while_it_was_held_up_is_not_sent(provider: Simulator, anna: Member) -> None:
    tokens = list(anna.account.tokens.all())
    event = dispatch.send(anna.account, tokens, {}, external_id="held-up", may_send=lambda: False)
    assert (event.news.dispatch, event.kind) == (Dispatch.NOT_SENT, "held_up")
    assert requests_of(provider) == []


def test_a_belated_request_has_to_win_its_turn_against_the_sweep(provider: Simulator, anna: Member) -> None:
    call = pressed(anna)
    turn = press_module._Turn(call)
    turn.began -= 5
    assert turn() is False, "the answer is there already"
    turn.began -= 5
    Call.objects.update(dispatch=Dispatch.SENDING, attempted_at=None)
    assert turn() is True
    call.refresh_from_db()
    assert call.attempted_at is not None
    turn.began -= 5
    Call.objects.update(dispatch=Dispatch.UNKNOWN)
    assert turn() is False, "the sweep was quicker"
