import logging
import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from support import people

from clickcall.accounts.key_troubles import in_words
from clickcall.models import Member, Secret, Token, TokenKind

pytestmark = pytest.mark.django_db
KEY = "k-9f2c71aa0b3d4e5f"
NEW = {"name": "main", "kind": "key", "secret": KEY, "login": "", "password": ""}


def text(answer) -> str:
    return answer.content.decode()


def test_an_empty_page_says_where_keys_come_from(as_, adam: Member) -> None:
    assert "Without a key nobody can call" in text(as_(adam).get("/keys/"))


def test_a_stored_key_shows_its_last_four_characters_and_no_more(as_, adam: Member) -> None:
    browser = as_(adam)
    assert browser.post("/keys/add/", NEW)["Location"] == "/keys/"
    page = text(browser.get("/keys/"))
    assert "…4e5f" in page
    assert KEY not in page


def test_a_login_with_its_password_is_stored(as_, adam: Member) -> None:
    as_(adam).post("/keys/add/", NEW | {"kind": "login", "login": "robot", "password": KEY})
    token = Token.objects.get()
    assert (token.kind, token.login, bool(token.secret)) == (TokenKind.LOGIN, "robot", False)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"secret": ""}, "secret"),
        ({"secret": f"{KEY} {KEY}"}, "secret"),
        ({"name": ""}, "name"),
        ({"name": "old"}, "name"),
        ({"kind": "cookie"}, "kind"),
        ({"kind": "login", "login": "robot"}, "password"),
        ({"kind": "login", "password": KEY}, "login"),
    ],
)
def test_a_mistake_is_said_at_its_field_without_the_secret(
    as_, adam: Member, given: dict[str, str], field: str
) -> None:
    people.make_token(adam.account, name="old")
    answer = as_(adam).post("/keys/add/", NEW | {"name": "typed name"} | given)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in text(answer)
    assert KEY not in text(answer)
    assert "typed name" in text(answer) or field == "name"
    assert Token.objects.count() == 1


def test_a_refused_key_says_what_is_wrong_and_what_to_do(as_, adam: Member) -> None:
    token = people.make_token(adam.account, last_error="access_token_expired", last_error_at=now())
    browser = as_(adam)
    assert "The key has expired" in text(browser.get("/keys/"))
    page = text(browser.get(f"/keys/{token.pk}/"))
    assert "Make a new key in the provider" in page
    assert "access_token_expired" not in page


def test_every_refusal_has_words_even_an_unknown_one() -> None:
    assert in_words("") is None
    trouble = in_words("something_new")
    assert trouble is not None
    assert trouble.what
    assert trouble.remedy


def test_keys_move_in_the_order_of_use(as_, adam: Member) -> None:
    first = people.make_token(adam.account, name="first", position=0)
    second = people.make_token(adam.account, name="second", position=1)
    browser = as_(adam)
    browser.post(f"/keys/{second.pk}/move/", {"direction": "up"})
    assert list(Token.objects.usable()) == [second, first]
    browser.post(f"/keys/{second.pk}/move/", {"direction": "down"})
    assert list(Token.objects.usable()) == [first, second]


def test_a_replaced_secret_keeps_name_and_place(as_, adam: Member, token: Token) -> None:
    browser = as_(adam)
    page = text(browser.get(f"/keys/{token.pk}/replace/"))
    assert token.secret not in page
    browser.post(f"/keys/{token.pk}/replace/", {"kind": "key", "secret": KEY})
    token.refresh_from_db()
    assert (token.name, token.secret.reveal()) == ("main", KEY)
    assert browser.post(f"/keys/{token.pk}/replace/", {"kind": "key", "secret": ""}).status_code == 422
    token.refresh_from_db()
    assert token.secret.reveal() == KEY


def test_a_key_is_renamed(as_, adam: Member, token: Token) -> None:
    as_(adam).post(f"/keys/{token.pk}/", {"name": "spare"})
    token.refresh_from_db()
    assert token.name == "spare"


def test_an_archived_key_is_gone_from_the_pages(as_, adam: Member, token: Token) -> None:
    browser = as_(adam)
    assert "This is the only key" in text(browser.get(f"/keys/{token.pk}/"))
    browser.post(f"/keys/{token.pk}/archive/")
    assert not Token.objects.usable().exists()
    assert browser.get(f"/keys/{token.pk}/").status_code == 404


def test_a_dated_key_shows_its_last_day_and_how_many_are_left(as_, adam: Member) -> None:
    last = localdate(timezone=adam.account.tz) + timedelta(days=98)
    browser = as_(adam)
    assert browser.post("/keys/add/", NEW | {"expires_on": last.isoformat()}).status_code == 302
    assert Token.objects.get().expires_on == last
    page = text(browser.get("/keys/"))
    assert f"until {last:%d.%m.%Y}" in page
    assert "98 days" in page


@pytest.mark.parametrize(
    ("days", "words", "look"),
    [
        (98, "98 days", "pill"),
        (15, "15 days", "pill"),
        (14, "14 days", "pill is-attn"),
        (1, "1 day", "pill is-attn"),
        (0, "Last day", "pill is-attn"),
        (-1, "It is over", "pill is-bad"),
    ],
)
def test_the_end_of_a_key_comes_nearer_in_words_and_colour(as_, adam: Member, days: int, words: str, look: str) -> None:
    last = localdate(timezone=adam.account.tz) + timedelta(days=days)
    token = people.make_token(adam.account, expires_on=last)
    for path in ("/keys/", f"/keys/{token.pk}/"):
        assert re.search(rf'<span class="{look}"><svg.*?</svg>{words}</span>', text(as_(adam).get(path)))


def test_a_last_day_that_is_over_is_a_mistake_unless_it_is_the_stored_one(as_, adam: Member) -> None:
    over = localdate(timezone=adam.account.tz) - timedelta(days=1)
    browser = as_(adam)
    answer = browser.post("/keys/add/", NEW | {"expires_on": over.isoformat()})
    assert answer.status_code == 422
    assert 'id="id_expires_on_error"' in text(answer)
    token = people.make_token(adam.account, expires_on=over)
    path = f"/keys/{token.pk}/"
    assert browser.post(path, {"name": "renamed", "expires_on": over.isoformat()}).status_code == 302
    assert browser.post(path, {"name": "main", "expires_on": "2020-01-01"}).status_code == 422
    assert browser.post(path, {"name": "main", "expires_on": ""}).status_code == 302
    token.refresh_from_db()
    assert (token.name, token.expires_on) == ("main", None)


def test_a_replaced_key_has_the_new_ones_last_day_and_a_login_none(as_, adam: Member) -> None:
    last = localdate(timezone=adam.account.tz) + timedelta(days=30)
    token = people.make_token(adam.account, expires_on=last - timedelta(days=29))
    browser = as_(adam)
    path = f"/keys/{token.pk}/replace/"
    browser.post(path, {"kind": "key", "secret": KEY, "expires_on": last.isoformat()})
    token.refresh_from_db()
    assert token.expires_on == last
    browser.post(path, {"kind": "login", "login": "robot", "password": "pass-word", "expires_on": last.isoformat()})
    token.refresh_from_db()
    assert (token.kind, token.expires_on) == (TokenKind.LOGIN, None)
    assert "expires_on" not in text(browser.get(f"/keys/{token.pk}/"))


PAGES = ["/people/", "/people/add/", "/teams/", "/keys/", "/keys/add/", "/account/", "/switch/"]


@pytest.mark.parametrize("who", ["anna", "maria", "adam"])
def test_no_page_of_any_role_has_a_secret(request: pytest.FixtureRequest, as_, account, who: str, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    member = request.getfixturevalue(who)
    key = people.make_token(account, "secret-key-abcdefgh")
    login = Token.objects.create(
        account=account,
        name="robot",
        kind=TokenKind.LOGIN,
        login="robot",
        password="secret-password-ijkl",
        session_key=Secret("secret-session-mnop"),
    )
    browser = as_(member)
    own = [f"/keys/{token.pk}/{page}" for token in (key, login) for page in ("", "replace/")]
    shown = [text(browser.get(path)) for path in [*PAGES, *own, f"/people/{member.pk}/"]]
    shown.append(text(browser.post(f"/keys/{key.pk}/", {"name": "robot"})))
    shown.append(text(browser.post(f"/keys/{key.pk}/replace/", {"kind": "login", "password": "secret-typed-qrst"})))
    found = "".join([*shown, caplog.text, str(dict(browser.session))])
    for secret in ("secret-key", "secret-password", "secret-session", "secret-typed"):
        assert secret not in found
    assert ("…efgh" in found) == member.is_admin
