"""What there is to listen to, where it may come from, and to whom it is offered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from clickcall.models import Account, Brand, Call, Contact, Member, Status
from clickcall.reports.recordings import Recording, recording

MakeCall = Callable[..., Call]
SignIn = Callable[..., Client]
LINK = "https://app.uiscom.ru/system/media/talk/1460217/abc.mp3"
CABINET = "https://app.uiscom.ru/system/media/talk/1460217/r1/"


@pytest.fixture(autouse=True)
def _uis(account: Account) -> None:
    account.brand, account.call_api_url, account.data_api_url = Brand.UIS, "", ""
    account.save()


def page(client: Client, call: Call) -> Any:
    return client.get(reverse("reports:call", args=[call.pk]))


def test_a_file_of_the_brands_own_host_is_played(anna: Member, make_call: MakeCall, as_: SignIn) -> None:
    response = page(as_(anna), make_call(anna, record_link=LINK))
    html = response.content.decode()
    assert f'src="{LINK}"' in html
    assert 'preload="none"' in html
    assert "media-src 'self' https://app.uiscom.ru" in response["Content-Security-Policy"]


def test_pages_without_recordings_play_nothing(anna: Member, as_: SignIn) -> None:
    assert "media-src" not in as_(anna).get(reverse("contacts:list"))["Content-Security-Policy"]


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/a.mp3",
        "javascript:alert(1)",
        "https://app.uiscom.ru@evil.example/a.mp3",
        "ftp://app.uiscom.ru/a",
    ],
)
def test_a_link_elsewhere_stands_nowhere(anna: Member, make_call: MakeCall, as_: SignIn, link: str) -> None:
    html = page(as_(anna), make_call(anna, record_link=link)).content.decode()
    assert "<audio" not in html
    assert link not in html


def test_what_only_the_cabinet_has_is_opened_there(anna: Member, make_call: MakeCall, as_: SignIn) -> None:
    call = make_call(anna, communication_id="1460217", record_ids=["r1", "r2"])
    html = page(as_(anna), call).content.decode()
    assert f'href="{CABINET}"' in html
    assert html.count("Open in the UIS cabinet") == 2
    assert 'rel="noreferrer"' in html


def test_ids_cannot_lead_elsewhere(anna: Member, make_call: MakeCall) -> None:
    found = recording(make_call(anna, communication_id="../../x?y", record_ids=["//evil.example", 7]))
    assert found is not None
    assert found.in_cabinet == (
        "https://app.uiscom.ru/system/media/talk/..%2F..%2Fx%3Fy/%2F%2Fevil.example/",
        "https://app.uiscom.ru/system/media/talk/..%2F..%2Fx%3Fy/7/",
    )


@pytest.mark.parametrize(("minutes", "said"), [(1, True), (14, True), (16, False)])
def test_in_the_first_minutes_it_is_not_ready_yet(
    anna: Member, make_call: MakeCall, as_: SignIn, minutes: int, said: bool
) -> None:
    call = make_call(anna, finished_at=now() - timedelta(minutes=minutes))
    assert ("The recording is not ready yet" in page(as_(anna), call).content.decode()) is said


@pytest.mark.parametrize("status", [Status.NO_ANSWER, Status.MISSED, Status.REFUSED])
def test_a_call_without_a_talk_has_none(anna: Member, make_call: MakeCall, status: Status) -> None:
    call = make_call(anna, status=status, talk_duration=None, record_link=LINK, finished_at=now())
    assert recording(call) is None


def test_a_talk_that_nobody_measured_may_have_one(anna: Member, make_call: MakeCall) -> None:
    assert recording(make_call(anna, talk_duration=None, record_link=LINK)) == Recording(LINK)


def test_the_log_leads_to_it(anna: Member, maria: Member, make_call: MakeCall, as_: SignIn) -> None:
    call, silent = make_call(anna, record_link=LINK), make_call(anna)
    html = as_(maria).get(reverse("reports:log")).content.decode()
    assert f"{reverse('reports:call', args=[call.pk])}#recording" in html
    assert f"{reverse('reports:call', args=[silent.pk])}#recording" not in html


def test_the_history_leads_to_it_where_one_may_open_the_call(
    anna: Member, boris: Member, ivan: Contact, make_call: MakeCall, as_: SignIn
) -> None:
    call = make_call(anna, record_link=LINK, contact=ivan)
    seen = [as_(who).get(reverse("contacts:detail", args=[ivan.pk])).content.decode() for who in (anna, boris)]
    assert [f"{reverse('reports:call', args=[call.pk])}#recording" in html for html in seen] == [True, False]


def test_the_page_looks_seldom_for_a_recording_that_may_still_come(
    anna: Member, make_call: MakeCall, as_: SignIn
) -> None:
    call, browser = make_call(anna, finished_at=now() - timedelta(minutes=2)), as_(anna)
    first = page(browser, call)
    assert 'data-live="20"' in first.content.decode()

    def again() -> Any:
        seen = {"seen": first.context["version"]}
        return browser.get(reverse("reports:call", args=[call.pk]), seen, HTTP_HX_REQUEST="true")

    assert again().status_code == 204
    Call.objects.filter(pk=call.pk).update(record_link=LINK)
    came = again()
    assert (came.status_code, 'data-live="20"' in came.content.decode()) == (286, False)
    assert f'src="{LINK}"' in came.content.decode()
    Call.objects.filter(pk=call.pk).update(record_link="", finished_at=now() - timedelta(minutes=20))
    gone = again()
    assert (gone.status_code, 'id="recording"' in gone.content.decode()) == (286, False), "nobody waits any more"
