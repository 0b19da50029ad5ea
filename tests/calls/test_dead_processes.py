"""`kill -9` in the middle of a press: the row says so, and the sweep finds out what became of the call."""

import signal
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now
from support import processes
from support.presses import placed_at, press, requests_of
from support.simulator import NUMBER

from clickcall import gateway
from clickcall.calls.sweep import sweep_round
from clickcall.models import Call, Dispatch, EventSource, Member, Status
from clickcall.simulator import Simulator

pytestmark = pytest.mark.django_db(transaction=True)
ANSWER_LOST, NEVER_PLACED = "79260000008", "79260000020"


def flags(contact: str) -> list[str]:
    return ["--account", "acme", "--as", "anna", "--number", NUMBER, "--external-id", "killed", "--contact", contact]


def killed_before_sending() -> None:
    """A press whose process dies when its row is written and nothing has been sent."""
    process = processes.python(processes.WAITS, *flags("79260000000"), DIE_BEFORE_SENDING="1")
    processes.go(process)
    process.communicate(timeout=processes.START_SECONDS)
    assert process.returncode == -signal.SIGKILL


def killed_before_the_answer(provider: Simulator, contact: str) -> None:
    """A press whose process dies while the provider has its request and has not answered."""
    process = processes.dial(*flags(contact))
    processes.go(process)
    deadline = time.monotonic() + processes.START_SECONDS
    while not requests_of(provider) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.communicate()


def later(seconds: float) -> time_machine.travel:
    """So long after now; the provider's clock goes along."""
    return time_machine.travel(now() + timedelta(seconds=seconds))


def past_stale() -> time_machine.travel:
    return later(gateway.stale_seconds() + 1)


def test_killed_between_row_and_request_it_says_calling_then_unknown_then_not_placed(
    provider: Simulator, anna: Member
) -> None:
    killed_before_sending()
    call = Call.objects.get()
    assert (call.dispatch, call.status, call.is_final) == (Dispatch.SENDING, Status.CALLING, False)
    assert [event.kind for event in call.events.all()] == ["pressed"]

    sweep_round()
    assert requests_of(provider, "list.calls") == [], "its turn has not come: a living process may be sending it"

    with past_stale():
        sweep_round()
        call.refresh_from_db()
        assert (call.dispatch, call.cause, call.status) == (Dispatch.UNKNOWN, "process_lost", Status.UNKNOWN)

    with later(590):
        sweep_round()
        call.refresh_from_db()
        assert call.dispatch == Dispatch.UNKNOWN, "not yet: the provider may still come to know of it"

    with later(700):
        sweep_round()
        call.refresh_from_db()
        assert (call.dispatch, call.cause, call.is_final) == (Dispatch.NOT_PLACED, "not_found", True)
        sweep_round(everything=True)
    assert requests_of(provider) == []
    assert [(event.source, event.kind) for event in call.events.all()] == [
        (EventSource.PRESS, "pressed"),
        (EventSource.SWEEP, "lost"),
        (EventSource.SWEEP, "not_placed"),
    ]


def test_killed_between_request_and_answer_its_call_is_found(provider: Simulator, anna: Member) -> None:
    killed_before_the_answer(provider, ANSWER_LOST)
    (placed,) = placed_at(provider)
    call = Call.objects.get()
    assert (call.dispatch, call.call_session_id) == (Dispatch.SENDING, "")

    with past_stale():
        sweep_round()
    call.refresh_from_db()
    assert (call.dispatch, call.call_session_id) == (Dispatch.ACCEPTED, str(placed["call_session_id"]))

    with later(120):
        sweep_round()
    call.refresh_from_db()
    assert (call.status, call.is_final) == (Status.TALKED, True)
    assert len(requests_of(provider)) == 1


def test_killed_between_request_and_answer_a_call_that_was_never_placed_is_settled(
    provider: Simulator, anna: Member
) -> None:
    killed_before_the_answer(provider, NEVER_PLACED)
    with later(700):
        sweep_round()
    assert Call.objects.get().dispatch == Dispatch.NOT_PLACED
    assert (len(requests_of(provider)), placed_at(provider)) == (1, [])


def test_the_same_press_again_does_not_send_what_a_dead_process_left(
    provider: Simulator, anna: Member, wire_settings: Callable[..., None]
) -> None:
    killed_before_sending()
    wire_settings(CONNECT_TIMEOUT=0.05, READ_TIMEOUT=0.05)
    monotonic = time.monotonic()
    placement = press(anna, external_id="killed")
    assert placement.duplicate
    assert 1 < time.monotonic() - monotonic < 5, "it waits as long as an answer may take, and a second"
    assert placement.call is not None
    assert placement.call.is_pending
    assert requests_of(provider) == []


def test_a_second_process_is_told_unknown(
    provider: Simulator, anna: Member, wire_settings: Callable[..., None]
) -> None:
    killed_before_sending()
    wire_settings(CONNECT_TIMEOUT=0.05, READ_TIMEOUT=0.05)
    process = processes.dial(*flags("79260000000"))
    processes.go(process)
    printed = processes.result(process)
    assert (printed["dispatch"], printed["duplicate"], printed["exit"]) == ("unknown", True, 4)
    assert requests_of(provider) == []
