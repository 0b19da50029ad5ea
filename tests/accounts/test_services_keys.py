import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from support import people

from clickcall.accounts import services
from clickcall.models import Account, Secret, Token, TokenKind

pytestmark = pytest.mark.django_db
KEY = "k-9f2c71aa0b3d4e5f"


def order(account: Account) -> list[str]:
    return [token.name for token in Token.objects.filter(account=account).usable()]


def test_keys_are_used_in_the_order_in_which_they_were_added(account: Account) -> None:
    for name in ("main", "spare", "third"):
        services.add_token(account=account, name=name, secret=KEY)
    assert order(account) == ["main", "spare", "third"]


def test_a_key_is_stored_without_the_blanks_around_it_and_encrypted(account: Account) -> None:
    token = services.add_token(account=account, name=" main ", secret=f" {KEY}\n")
    assert Token.objects.get().secret.reveal() == KEY
    assert (token.name, token.kind) == ("main", TokenKind.KEY)


def test_a_login_comes_with_its_password(account: Account) -> None:
    token = services.add_token(account=account, name="main", login="robot", password=" with blanks ")
    assert (token.kind, token.login, token.password.reveal()) == (TokenKind.LOGIN, "robot", " with blanks ")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "secret"),
        ({"secret": KEY, "login": "robot"}, "secret"),
        ({"login": "robot"}, "password"),
        ({"password": KEY}, "login"),
        ({"login": "r" * 201, "password": KEY}, "login"),
        ({"secret": KEY, "name": ""}, "name"),
    ],
)
def test_half_a_key_is_refused_without_repeating_it(account: Account, given: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        services.add_token(**({"account": account, "name": "main"} | given))
    assert list(caught.value.message_dict) == [field]
    assert KEY not in str(caught.value)


def test_a_name_is_used_once_even_by_an_archived_key(account: Account, token: Token) -> None:
    services.archive_token(token)
    with pytest.raises(ValidationError) as caught:
        services.add_token(account=account, name="main", secret=KEY)
    assert list(caught.value.message_dict) == ["name"]


def test_a_new_secret_forgets_the_session_key_and_the_last_error(account: Account) -> None:
    token = people.make_token(
        account, session_key=Secret("hour"), last_error="access_token_invalid", last_error_at=now()
    )
    assert services.update_token(token, secret=KEY)
    token.refresh_from_db()
    assert (token.secret.reveal(), token.session_key.reveal(), token.last_error) == (KEY, "", "")


def test_the_same_secret_again_changes_nothing(account: Account) -> None:
    people.make_token(account, KEY, last_error="access_token_invalid")
    token = Token.objects.get()
    assert not services.update_token(token, secret=KEY, name="main")
    assert token.last_error == "access_token_invalid"


def test_a_key_becomes_a_login_and_back(token: Token) -> None:
    token.refresh_from_db()
    assert services.update_token(token, login="robot", password="pass-word")
    token.refresh_from_db()
    assert (token.kind, token.login, bool(token.secret)) == (TokenKind.LOGIN, "robot", False)
    assert services.update_token(token, password="another")
    assert (token.login, token.password.reveal()) == ("robot", "another")
    assert services.update_token(token, secret=KEY)
    token.refresh_from_db()
    assert (token.kind, token.login, bool(token.password)) == (TokenKind.KEY, "", False)


def test_an_empty_secret_keeps_the_old_one(token: Token) -> None:
    assert services.update_token(token, name="first", secret="", login="", password="")
    token.refresh_from_db()
    assert (token.name, token.secret.reveal()) == ("first", "test-key-0123456789abcdef")


def test_a_key_moves_past_its_neighbour_even_where_positions_are_equal(account: Account) -> None:
    one, two, three = (people.make_token(account, name=name) for name in ("one", "two", "three"))
    assert services.move_token(three, up=True)
    assert order(account) == ["one", "three", "two"]
    assert services.move_token(one, up=False)
    assert order(account) == ["three", "one", "two"]
    assert not services.move_token(two, up=False)
    assert not services.move_token(three, up=True)


def test_an_archived_key_is_out_of_use_and_does_not_move(account: Account, token: Token) -> None:
    people.make_token(account, name="spare", position=1)
    assert services.archive_token(token)
    assert not services.archive_token(token)
    assert order(account) == ["spare"]
    assert not services.move_token(token, up=False)
