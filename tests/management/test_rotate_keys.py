"""`manage.py rotate_keys`: every secret of every table under the newest key, and which of the others may go."""

import io
import json
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from support import people

from clickcall.management import rotation
from clickcall.models import Account, Secret, Token, TokenKind

OLD, NEW, STRANGE = (Fernet.generate_key().decode() for _ in range(3))


def rotate() -> tuple[dict[str, Any], str, int]:
    """The printed object, what was said beside it, and the exit code."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("rotate_keys", stdout=out, stderr=err)
    except SystemExit as ended:
        code = int(str(ended.code))
    return json.loads(out.getvalue()), err.getvalue(), code


def cipher_texts() -> list[str]:
    """Every stored secret as the database holds it."""
    texts = []
    with connection.cursor() as cursor:
        for model, name in rotation.secret_places():
            cursor.execute(f'SELECT "{name}" FROM "{model._meta.db_table}" ORDER BY id')  # noqa: S608
            texts += [text for (text,) in cursor.fetchall() if text]
    return texts


@pytest.fixture
def filled(account: Account, settings: Any) -> Account:
    """Secrets of every kind under the old key; then a new one stands before it in the list."""
    settings.CLICKCALL_TOKEN_KEYS = [OLD]
    people.make_token(account, "a-key-0123456789")
    Token.objects.create(
        account=account,
        name="robot",
        kind=TokenKind.LOGIN,
        login="robot",
        password=Secret("a-password"),
        session_key=Secret("a-session"),
    )
    account.hook_secret = account.hook_secret_before = Secret("a-hook-secret")
    account.save()
    settings.CLICKCALL_TOKEN_KEYS = [NEW, OLD]
    return account


def test_every_table_is_known() -> None:
    named = {f"{model.__name__}.{name}" for model, name in rotation.secret_places()}
    assert {"Token.secret", "Token.password", "Token.session_key", "Account.hook_secret"} <= named


def test_everything_is_rotated_and_the_old_key_may_go(filled: Account, settings: Any) -> None:
    assert len(cipher_texts()) == 5
    printed, said, code = rotate()
    assert printed == {"rotated": 5, "current": 0, "unreadable": 0, "removable": [2]}
    assert "key 2" in said
    assert code == 0
    settings.CLICKCALL_TOKEN_KEYS = [NEW]
    secrets = [token.secrets() for token in Token.objects.order_by("pk")]
    assert secrets == [["a-key-0123456789"], ["a-password", "a-session"]]
    assert Account.objects.get(pk=filled.pk).hook_secret.reveal() == "a-hook-secret"


def test_a_second_rotation_finds_nothing_to_do(filled: Account) -> None:
    rotate()
    before = cipher_texts()
    assert rotate()[0] == {"rotated": 0, "current": 5, "unreadable": 0, "removable": [2]}
    assert cipher_texts() == before


def test_an_interrupted_rotation_goes_on(filled: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    own, seen = rotation._one, []

    def dies(*args: Any) -> None:
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(args)
        own(*args)

    monkeypatch.setattr(rotation, "_one", dies)
    with pytest.raises(KeyboardInterrupt):
        rotation.rotate()
    monkeypatch.setattr(rotation, "_one", own)
    assert rotate()[0] == {"rotated": 3, "current": 2, "unreadable": 0, "removable": [2]}


def test_more_rows_than_a_batch_are_all_rotated(filled: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    for place in range(5):
        people.make_token(filled, f"key-number-{place:08}", name=f"key {place}")
    Token.objects.filter(name__startswith="key").update(secret=Secret("written-with-the-newest"))
    assert rotate()[0] == {"rotated": 5, "current": 5, "unreadable": 0, "removable": [2]}


def test_a_secret_that_is_replaced_meanwhile_stays_replaced(filled: Account) -> None:
    token = Token.objects.get(name="main")
    place = (Token, "secret")
    texts = dict(rotation._texts(place))
    Token.objects.filter(pk=token.pk).update(secret=Secret("the-newer-key-01234"))
    result = rotation.Rotation()
    rotation._one(place, token.pk, texts[token.pk], Fernet(NEW), result)
    assert result.rotated == 0
    assert Token.objects.get(pk=token.pk).secret.reveal() == "the-newer-key-01234"


def test_with_a_secret_that_nothing_opens_no_key_may_go(filled: Account) -> None:
    foreign = Fernet(STRANGE).encrypt(b"lost").decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clickcall_token SET session_key = %s WHERE name = 'robot'", [foreign])
    printed, said, code = rotate()
    assert printed == {"rotated": 4, "current": 0, "unreadable": 1, "removable": []}
    assert code == 1
    assert "Token.session_key of row" in said
    assert foreign in cipher_texts()


def test_with_one_key_there_is_none_to_remove(filled: Account, settings: Any) -> None:
    settings.CLICKCALL_TOKEN_KEYS = [OLD]
    printed, said, code = rotate()
    assert (printed["current"], printed["removable"], said, code) == (5, [], "", 0)
