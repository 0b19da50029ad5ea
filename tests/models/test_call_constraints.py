"""What the database refuses of calls: one press is one row, and what is final is not live."""

from typing import Any

import pytest
from support.calls import make_call
from support.refused import refused

from clickcall.models import LIVE, Call, CallEvent, Member, Status


def test_a_press_is_one_row(anna: Member, boris: Member, stranger: Member) -> None:
    make_call(anna, external_id="press-1")
    make_call(stranger, external_id="press-1")
    with refused("call_once_per_press|clickcall_call.external_id"):
        make_call(boris, external_id="press-1")
    assert Call.objects.filter(external_id="press-1").count() == 2


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"external_id": None}, "call_press_has_its_id"),
        ({"external_id": ""}, "call_press_has_its_id"),
        ({"member": None}, "call_press_has_its_id"),
        ({"dispatch": ""}, "call_press_has_its_id"),
        ({"origin": "inbound", "dispatch": ""}, "call_press_has_its_id"),
        ({"origin": "inbound", "external_id": None}, "call_press_has_its_id"),
        ({"origin": "forward"}, "call_"),
    ],
)
def test_only_a_press_has_an_id_and_a_dispatch(anna: Member, fields: dict[str, Any], name: str) -> None:
    with refused(name):
        make_call(anna, **fields)


def test_a_session_seen_without_a_press_is_one_row(anna: Member) -> None:
    other = {"origin": "inbound", "external_id": None, "dispatch": "", "call_session_id": "5"}
    make_call(anna, call_session_id="5")  # a press may be the same session
    make_call(anna, **other)
    with refused("call_once_per_session_seen|clickcall_call.call_session_id"):
        make_call(anna, **other)


@pytest.mark.parametrize("status", LIVE)
def test_a_final_call_is_not_live(anna: Member, status: Status) -> None:
    call = make_call(anna)
    with refused("call_final_is_not_live"):
        Call.objects.filter(pk=call.pk).update(status=status, is_final=True)
    Call.objects.filter(pk=call.pk).update(status=status, is_final=False)


@pytest.mark.parametrize(
    ("column", "name"), [("status", "call_status_known"), ("dispatch", "call_dispatch_known"), ("origin", "call_")]
)
def test_a_call_speaks_in_known_words(anna: Member, column: str, name: str) -> None:
    call = make_call(anna)
    with refused(name):
        Call.objects.filter(pk=call.pk).update(**{column: "gone"})


def test_an_event_has_a_known_source(anna: Member) -> None:
    with refused("event_source_known"):
        CallEvent.objects.create(account=anna.account, source="rumour", kind="seen")
