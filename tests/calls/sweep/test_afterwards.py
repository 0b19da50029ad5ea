"""What is told after the end: the recording, the reason behind a notification."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils.timezone import now
from support.calls import make_call
from support.sightings import sighting
from support.sweeps import asked, later, provider_that, row, rows
from support.wire_server import WireServer, resets

from clickcall.calls.sightings import take_in
from clickcall.calls.sweep import look_afterwards, sweep_round
from clickcall.contacts.zones import zone_of
from clickcall.models import Call, Contact, Member, Points, Status

Scripted = Callable[..., WireServer]
TALKED = {"finish_reason": "caller_disconnects", "talk_duration": 31}
LINK = "https://app.uiscom.ru/system/media/talk/7/abc/"


def talk(member: Member, **fields: Any) -> Call:
    given = {"call_session_id": "100", "external_id": "lost", "requested_at": now(), "accepted_at": now()}
    return make_call(member, **(given | fields))


def test_the_recording_of_a_talk_is_looked_for_until_it_is_there(scripted: Scripted, anna: Member) -> None:
    found: dict[str, Any] = {}
    server = scripted(provider_that(report=lambda seen, sock: rows(row(**TALKED, **found))(seen, sock)))
    call = talk(anna)
    sweep_round()
    for seconds, reports in ((10, 1), (70, 2), (75, 2), (190, 3)):
        with later(seconds):
            look_afterwards()
        assert len(asked(server, "get.calls_report")) == reports
    found |= {"full_record_file_link": LINK, "call_records": ["abc"], "communication_id": 7}
    with later(610):
        look_afterwards()
    with later(1900):
        look_afterwards()
    call.refresh_from_db()
    assert (call.record_link, call.record_ids, call.communication_id) == (LINK, ["abc"], "7")
    assert len(asked(server, "get.calls_report")) == 4, "it is there, and nobody asks any more"


def test_a_talk_that_was_not_recorded_is_not_asked_about_for_ever(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that(report=rows(row(**TALKED))))
    talk(anna)
    sweep_round()
    for minutes in (2, 4, 11, 31, 60, 120):
        with later(minutes * 60):
            look_afterwards()
    assert len(asked(server, "get.calls_report")) == 5
    assert Call.objects.get().next_check_at is None


def test_the_reason_behind_a_notification_is_asked_for(scripted: Scripted, anna: Member) -> None:
    scripted(provider_that(report=rows(row(**TALKED, full_record_file_link=LINK))))
    call = talk(anna)
    ended = sighting(call_session_id="100", stage="finished", ongoing=False, finished_at=now(), talk_duration=31)
    take_in(anna.account, ended, now())
    call.refresh_from_db()
    assert (call.status, call.finish_reason, call.is_final) == (Status.TALKED, "", True)
    with later(3):
        look_afterwards()
    call.refresh_from_db()
    assert call.finish_reason == "caller_disconnects"
    assert call.next_check_at is None


def test_a_worker_that_dies_meanwhile_leaves_the_look_to_another(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that(report=resets))
    talk(anna, finished_at=now(), next_check_at=now(), is_final=True, **TALKED)
    look_afterwards()
    look_afterwards()
    assert len(asked(server, "get.calls_report")) == 1
    with later(61):
        look_afterwards()
    assert len(asked(server, "get.calls_report")) == 2


def test_points_that_are_kept_for_presses_are_not_used(scripted: Scripted, anna: Member) -> None:
    server = scripted(provider_that())
    talk(anna, finished_at=now(), next_check_at=now(), is_final=True, **TALKED)
    soon = now() + timedelta(minutes=1)
    Points.objects.create(account=anna.account, seen_at=now(), day_limit=100, day_remaining=9, day_resets_at=soon)
    look_afterwards()
    assert server.requests == []


def test_the_report_tells_where_the_clients_number_is_from(scripted: Scripted, anna: Member, ivan: Contact) -> None:
    scripted(provider_that(report=rows(row(**TALKED, cpn_region_name="Омская область"))))
    talk(anna)
    sweep_round()
    assert zone_of(ivan, "79260000000").name == "Asia/Omsk"
