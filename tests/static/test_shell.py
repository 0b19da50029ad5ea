"""The frame of every page: whose account it is, the way round, and how the scripts are let in."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, engines
from django.test import RequestFactory
from django.utils import translation

from clickcall.models import Account, Member, Role, User
from clickcall.web.frame import Frame

pytestmark = pytest.mark.urls("static.urls")
NOTHING = Frame(0, worker_lives=True, is_told=False, has_offer=False, has_ads=False, points=None, rules=None, tokens=[])


@pytest.fixture(autouse=True)
def nothing_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is on a call and nothing is due: bar, reminder and banners have tests of their own."""
    monkeypatch.setattr("clickcall.calls.bar.drawn", lambda member: {})
    monkeypatch.setattr("clickcall.contacts.callbacks.shown.reminder", lambda member: {"version": ""})


def a_member(theme: str = "", role: str = Role.SALES) -> Member:
    account = Account(name="Северный ветер", colour=3, slug="north")
    member = Member(name="Анна Кузнецова", role=role, account=account, user=User(username="anna", theme=theme))
    member.__dict__["_frame"] = NOTHING
    return member


def page(rf: RequestFactory, member: Member, path: str = "/", **context: Any) -> str:
    """base.html as a signed-in member gets it; `context` overrides what the context processor would say."""
    request = rf.get(path)
    request.user = member.user
    template = engines["django"].engine.get_template("base.html")
    given = {"request": request, "member": member, "user": member.user, "csrf_token": "T0KEN", **context}
    return template.render(Context(given))


def test_the_members_theme_is_written_by_the_server(rf: RequestFactory) -> None:
    assert 'data-bs-theme="dark"' in page(rf, a_member(theme="dark"))
    assert "data-bs-theme" not in page(rf, a_member())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_says_which_language_it_is_in(rf: RequestFactory, language: str) -> None:
    with translation.override(language):
        assert f'<html lang="{language}">' in page(rf, a_member())


def test_the_account_is_named_and_marked_with_its_colour(rf: RequestFactory) -> None:
    html = page(rf, a_member())
    assert '<span class="acct-mark a-3" aria-hidden="true">СВ</span>' in html
    assert "Северный ветер" in html


@pytest.mark.parametrize(("accounts", "offered"), [(1, False), (2, True)])
def test_switching_is_offered_to_those_with_several_accounts(rf: RequestFactory, accounts: int, offered: bool) -> None:
    assert ('href="/accounts/switch/"' in page(rf, a_member(), accounts_count=accounts)) is offered


def test_the_way_round_marks_where_one_is_and_what_is_due(rf: RequestFactory) -> None:
    items = [
        {"url": "/contacts/", "icon": "users", "label": "Contacts", "current": True},
        {"url": "/back/", "icon": "phone-missed", "label": "Called you back", "count": 2, "due": True},
    ]
    html = page(rf, a_member(), nav=[{"title": "Mine", "items": items}])
    assert re.search(r'<a href="/contacts/" aria-current="page"><svg.*?</svg>Contacts</a>', html)
    assert re.search(r'<a href="/back/"><svg.*?</svg>Called you back<span class="count is-due">2</span></a>', html)


def test_signing_out_is_a_post(rf: RequestFactory) -> None:
    assert re.search(r'<form method="post"\s+action="/logout/">', page(rf, a_member()))
    assert 'href="/logout/"' not in page(rf, a_member())


def test_htmx_is_told_to_run_nothing_and_to_carry_the_token(rf: RequestFactory) -> None:
    html = page(rf, a_member())
    found = re.search(r"""name="htmx-config"\s+content='([^']*)'""", html)
    assert found
    config = json.loads(found[1])
    assert not any(config[key] for key in ("allowEval", "allowScriptTags", "includeIndicatorStyles"))
    assert config["selfRequestsOnly"] is True
    assert """hx-headers='{"X-CSRFToken": "T0KEN"}'""" in html


@pytest.mark.parametrize(
    ("role", "missing", "told"),
    [(Role.ADMIN, True, True), (Role.ADMIN, False, False), (Role.SALES, True, False)],
)
def test_admins_are_told_that_the_worker_is_silent(rf: RequestFactory, role: str, missing: bool, told: bool) -> None:
    html = page(rf, a_member(role=role), worker_missing=missing)
    assert ("The worker has been silent" in html) is told


def test_the_search_keeps_its_words_only_on_the_page_that_searches(rf: RequestFactory) -> None:
    assert 'value="&quot;&gt;x"' not in page(rf, a_member(), "/dial/?q=%22%3Ex")


def test_the_slot_of_the_live_bar_is_there_without_a_call(rf: RequestFactory) -> None:
    assert re.search(r'<div id="livebar-slot">\s*</div>', page(rf, a_member()))


def test_people_at_the_gate_choose_a_language_by_a_post(rf: RequestFactory) -> None:
    request = rf.get("/sign-in/")
    request.user = AnonymousUser()
    html = engines["django"].get_template("gate.html").render({}, request)
    assert re.search(r'<form method="post"\s+action="/language/">', html)
    assert re.search(r'value="ru"\s+lang="ru"\s+aria-pressed="false"', html)
