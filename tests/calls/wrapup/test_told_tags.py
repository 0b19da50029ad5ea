"""Tags that were set in the provider's cabinet come back with its report."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from support.sweeps import provider_that, row, rows
from support.talks import talked
from support.wire_server import WireServer

from clickcall.calls.sweep import sweep_round
from clickcall.calls.wrapup import services
from clickcall.calls.wrapup.told_tags import changed_here, note_tags
from clickcall.models import Call, Contact, Member, Tag, WrapUp

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
SESSION = "770001"


@pytest.fixture
def talk(anna: Member, ivan: Contact) -> Call:
    return talked(anna, ivan, communication_id="77", call_session_id=SESSION, external_id="ours")


def held(call: Call) -> list[str]:
    return [str(tag) for tag in WrapUp.objects.filter(call=call).values_list("tags", flat=True).first() or []]


def test_what_the_cabinet_says_is_what_the_call_has(talk: Call, stranger: Member) -> None:
    assert note_tags(stranger.account, {SESSION: ("91",)}) == 0
    assert note_tags(talk.account, {SESSION: (), "1": ("91",)}) == 0
    assert not WrapUp.objects.exists(), "nobody said anything about it"
    for tags in (("91", "92"), ("92",), ()):
        assert note_tags(talk.account, {SESSION: tags}) == 1
        assert note_tags(talk.account, {SESSION: tags}) == 0
        assert held(talk) == [*tags]


def test_a_note_that_is_being_typed_stays_and_what_was_changed_here_just_now_is_newer(talk: Call, anna: Member) -> None:
    saved = services.keep(talk, services.Draft(note="Two sites"), by=anna)
    note_tags(talk.account, {SESSION: ("91",)})
    again = services.keep(talk, services.Draft(note="Two", seen=saved.stamp), by=anna)
    assert (again.wrap_up.note, again.other, again.wrap_up.tags) == ("Two", "", ["91"])
    changed_here(talk.pk)
    assert note_tags(talk.account, {SESSION: ()}) == 0


def test_the_sweeps_report_brings_tags_to_the_calls_page(
    as_: SignIn, scripted: Callable[..., WireServer], anna: Member, talk: Call
) -> None:
    Tag.objects.create(account=anna.account, provider_id="91", name="Целевой")
    Call.objects.filter(pk=talk.pk).update(is_final=False, finished_at=None, next_check_at=None)
    ended: dict[str, Any] = {"finish_reason": "caller_disconnects", "talk_duration": 31}
    told = row("ours", int(SESSION), **ended, tags=[{"tag_id": 91, "tag_name": "Целевой"}, {"tag_id": None}, "?"])
    scripted(provider_that(report=rows(told)))
    sweep_round(everything=True)
    assert held(talk) == ["91"]
    assert "Целевой" in as_(anna).get(f"/log/{talk.pk}/").content.decode()
