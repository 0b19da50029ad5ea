"""Tags of a call that is over: set at the provider first, kept here, shown on its page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from support.sweeps import refuses
from support.talks import talked
from support.wire_server import WireServer, hangs, resets

from clickcall import points
from clickcall.calls.wrapup import services
from clickcall.models import Account, Call, Contact, Dispatch, Member, Origin, Tag, WrapUp
from clickcall.simulator import Simulator

SignIn = Callable[[Member], Client]
Scripted = Callable[..., WireServer]
TARGET, LATER = "91", "92"


@pytest.fixture
def talk(anna: Member, ivan: Contact) -> Call:
    """With tags to choose from, as the last synchronisation found them."""
    for provider_id, name in ((TARGET, "Целевой"), (LATER, "Перезвонить")):
        Tag.objects.create(account=anna.account, provider_id=provider_id, name=name)
    return talked(anna, ivan, communication_id="77", call_session_id="770001", external_id="ours")


@pytest.fixture
def there(provider: Simulator, talk: Call) -> Callable[[], list[int]]:
    """The provider knows the talk; this asks which tags it has there."""
    row: dict[str, Any] = {"id": 770001, "communication_id": 77, "tags": [], "call_records": [], "talk_duration": 185}
    account = provider.world.config.accounts[0]
    provider.world.exchange.past.add(account, [(0.0, row)])
    return lambda: [one["tag_id"] for one in row["tags"]]


def press(browser: Client, call: Call, **data: str) -> str:
    """What the page says after the press."""
    answer = browser.post(f"/calls/{call.pk}/tag/", data, follow=True)
    assert answer.redirect_chain == [(f"/log/{call.pk}/", 302)]
    return answer.content.decode()


def kept() -> list[str]:
    row = WrapUp.objects.first()
    return row.tags if row else []


def test_a_tag_is_set_there_and_shown_here(
    as_: SignIn, talk: Call, anna: Member, there: Callable[[], list[int]]
) -> None:
    page = press(as_(anna), talk, put=TARGET)
    assert (there(), kept()) == ([91], [TARGET])
    assert "Tag set: Целевой" in page
    assert f'name="off"\n                      value="{TARGET}"' in page
    assert f'name="put"\n                        value="{TARGET}"' not in page


def test_a_tag_is_taken_off_there_and_here(
    as_: SignIn, talk: Call, anna: Member, there: Callable[[], list[int]]
) -> None:
    browser = as_(anna)
    press(browser, talk, put=TARGET)
    press(browser, talk, put=LATER)
    assert "Tag taken off: Целевой" in press(browser, talk, off=TARGET)
    assert (there(), kept()) == ([92], [LATER])


def test_a_tag_that_is_there_or_gone_already_is_no_mistake(
    as_: SignIn, talk: Call, anna: Member, there: Callable[[], list[int]]
) -> None:
    browser = as_(anna)
    press(browser, talk, put=TARGET)
    WrapUp.objects.update(tags=[LATER])
    assert "Tag set: Целевой" in press(browser, talk, put=TARGET)
    assert "Tag taken off: Перезвонить" in press(browser, talk, off=LATER)
    assert (there(), kept()) == ([91], [TARGET])


def test_a_tag_leaves_a_note_that_is_being_typed_as_it_is(
    as_: SignIn, talk: Call, anna: Member, there: Callable[[], list[int]]
) -> None:
    saved = services.keep(talk, services.Draft(note="Two sites"), by=anna)
    press(as_(anna), talk, put=TARGET)
    again = services.keep(talk, services.Draft(note="Two", seen=saved.stamp), by=anna)
    assert (again.wrap_up.note, again.other, again.wrap_up.tags) == ("Two", "", [TARGET])


def test_a_managers_tag_does_not_speak_for_the_caller(
    as_: SignIn, talk: Call, anna: Member, maria: Member, there: Callable[[], list[int]]
) -> None:
    assert "Tag set: Целевой" in press(as_(maria), talk, put=TARGET)
    assert (WrapUp.objects.get().member, WrapUp.objects.get().decided_at) == (anna, None)


def test_the_wire_is_told_the_conversation_and_the_tag(
    as_: SignIn, talk: Call, anna: Member, scripted: Scripted
) -> None:
    server = scripted(refuses("tag_not_found"))
    page = press(as_(anna), talk, put=TARGET)
    asked = server.requests[0].call
    del asked["params"]["access_token"]
    assert (asked["method"], asked["params"]) == (
        "set.tag_communications",
        {"communication_id": 77, "communication_type": "call", "tag_id": 91},
    )
    assert "does not know the tag “Целевой” any more. Choose another one." in page
    assert kept() == []


@pytest.mark.parametrize(
    ("fate", "words"),
    [
        (resets, "Press again: it cannot go twice."),
        (refuses("limit_exceeded"), "“Целевой” was not changed: the request limit is used up. Try again later."),
        (refuses("forbidden"), "“Целевой” was not changed. No access key may do this. Tell your admin."),
    ],
)
def test_a_failure_is_said_with_what_to_do_and_changes_nothing(
    as_: SignIn, talk: Call, anna: Member, scripted: Scripted, fate: Any, words: str
) -> None:
    scripted(fate)
    page = press(as_(anna), talk, put=TARGET)
    assert words in page
    assert kept() == []
    assert f'value="{TARGET}"' in page


def test_without_a_key_or_a_way_there_an_admin_reads_the_remedy(
    as_: SignIn, talk: Call, adam: Member, account: Account
) -> None:
    assert "Add one under “Access keys”." in press(as_(adam), talk, put=TARGET)
    account.tokens.create(name="main", secret="test-key-0123456789abcdef")
    assert "was not reached. Try again in a minute." in press(as_(adam), talk, put=TARGET)


def test_until_the_conversation_is_known_the_page_says_so_and_nothing_is_asked(
    as_: SignIn, talk: Call, anna: Member, scripted: Scripted
) -> None:
    Call.objects.update(communication_id="")
    server, browser = scripted(hangs), as_(anna)
    assert "Tags can be set once" in browser.get(f"/log/{talk.pk}/").content.decode()
    assert "cannot be tagged. Try in a few minutes." in press(browser, talk, put=TARGET)
    assert server.requests == []


@pytest.mark.parametrize("data", [{}, {"put": ""}, {"put": "5"}, {"put": "93"}, {"put": "x" * 999}, {"off": ""}])
def test_what_is_not_on_the_list_is_not_asked_for(
    as_: SignIn, talk: Call, anna: Member, stranger: Member, scripted: Scripted, data: dict[str, str]
) -> None:
    Tag.objects.create(account=stranger.account, provider_id="5", name="Rival")
    Tag.objects.create(account=talk.account, provider_id="93", name="Gone", gone_at=talk.requested_at)
    server = scripted(hangs)
    page = press(as_(anna), talk, **data)
    assert "This tag is not on the list any more." in page
    assert "Rival" not in page
    assert "Gone" not in page
    assert server.requests == []


def test_what_is_left_of_the_limit_is_kept_for_calls(
    as_: SignIn, talk: Call, anna: Member, scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = scripted(hangs)
    monkeypatch.setattr(points, "may_ask", lambda account: False)
    assert "is kept for calls. Try again later." in press(as_(anna), talk, put=TARGET)
    assert server.requests == []


def test_the_caller_and_managers_tag_a_call_and_nobody_else(
    as_: SignIn, talk: Call, boris: Member, maria: Member, stranger: Member, there: Callable[[], list[int]]
) -> None:
    path, data = f"/calls/{talk.pk}/tag/", {"put": TARGET}
    assert [as_(one).post(path, data).status_code for one in (boris, stranger)] == [404, 404]
    assert as_(maria).get(path).status_code == 405
    assert (there(), kept()) == ([], [])
    assert as_(maria).post(path, data).status_code == 302
    assert there() == [91]


def test_a_colleague_who_sees_the_call_reads_its_tags_only(
    as_: SignIn, talk: Call, boris: Member, ivan: Contact
) -> None:
    ivan.owner = boris
    ivan.save()
    Call.objects.update(origin=Origin.INBOUND, external_id=None, dispatch=Dispatch.NONE)
    WrapUp.objects.create(call=talk, account=talk.account, member=talk.member, tags=[TARGET])
    page = as_(boris).get(f"/log/{talk.pk}/").content.decode()
    assert ("Целевой" in page, "Перезвонить" in page, "/tag/" in page) == (True, False, False)
    assert as_(boris).post(f"/calls/{talk.pk}/tag/", {"put": LATER}).status_code == 404


def test_a_call_that_still_runs_has_no_tags_yet(as_: SignIn, talk: Call, anna: Member) -> None:
    Call.objects.update(finished_at=None, is_final=False)
    assert 'id="tags"' not in as_(anna).get(f"/log/{talk.pk}/").content.decode()
    assert as_(anna).post(f"/calls/{talk.pk}/tag/", {"put": TARGET}).status_code == 404


def test_a_tag_without_a_name_is_called_by_its_number(as_: SignIn, talk: Call, anna: Member) -> None:
    WrapUp.objects.create(call=talk, account=talk.account, member=anna, tags=["7007"])
    assert "Take the tag off: 7007" in as_(anna).get(f"/log/{talk.pk}/").content.decode()
