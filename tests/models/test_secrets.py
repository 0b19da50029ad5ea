"""Secrets: encrypted at rest, masked everywhere else."""

import copy
import logging
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core import serializers
from django.db import connection
from django.template import Context, Template
from support import people

from clickcall.models import Account, Secret, Token
from clickcall.models.fields import UnreadableSecret, cipher

TEXT = "very-secret-key-0123456789abcdef"
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def stored(token: Token, column: str = "secret") -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM clickcall_token WHERE id = %s", [token.pk])  # noqa: S608
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "show",
    [
        str,
        repr,
        "{}".format,
        "{!r}".format,
        "%s".__mod__,
        "%r".__mod__,
        lambda secret: f"{secret}",
        lambda secret: str([secret]),
        lambda secret: str({"key": secret}),
        lambda secret: repr(copy.deepcopy(secret)),
    ],
)
def test_a_secret_is_masked_however_it_is_shown(show: Any) -> None:
    shown = show(Secret(TEXT))
    assert TEXT not in shown
    assert "•••" in shown


@pytest.mark.parametrize(
    "source",
    [
        "{{ token.secret }}",
        "{{ token.secret|safe }}",
        "{{ token.secret|pprint }}",
        "{{ token.secret|stringformat:'s' }}",
        "{{ token.secret|upper }}",
        "{{ token.secret.reveal }}",
        "{{ token.secrets }}",
        "{% for secret in token.secrets %}{{ secret }}{% endfor %}",
        "{% autoescape off %}{{ token.secret }}{% endautoescape %}",
    ],
)
def test_no_template_can_show_a_secret(source: str) -> None:
    token = Token(name="main", secret=Secret(TEXT))
    shown = Template(source).render(Context({"token": token}))
    assert TEXT not in shown
    assert TEXT.upper() not in shown


def test_a_log_line_and_an_exception_show_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("clickcall").warning("the key %s of %r", Secret(TEXT), [Secret(TEXT)])
    assert TEXT not in caplog.text
    assert TEXT not in str(ValueError(Secret(TEXT)))


def test_only_the_last_four_tell_two_keys_apart() -> None:
    assert Secret(TEXT).last_four == "cdef"
    assert Secret("x" * 12).last_four == "xxxx"
    assert Secret("x" * 11).last_four == ""
    assert Secret("").last_four == ""


def test_secrets_are_compared_by_what_they_hide() -> None:
    assert Secret(TEXT) == Secret(TEXT) != Secret("other")
    assert Secret(TEXT) != TEXT
    assert len({Secret(TEXT), Secret(TEXT)}) == 1
    assert bool(Secret(TEXT))
    assert not Secret("")


def test_the_database_holds_ciphertext(account: Account) -> None:
    token = people.make_token(account, TEXT)
    assert TEXT not in stored(token)
    assert cipher().decrypt(stored(token).encode()).decode() == TEXT
    assert Token.objects.get(pk=token.pk).secret == Secret(TEXT)


def test_the_same_secret_never_looks_the_same_twice(account: Account) -> None:
    one, other = people.make_token(account, TEXT), people.make_token(account, TEXT, name="second")
    assert stored(one) != stored(other)


def test_an_empty_secret_is_an_empty_text(account: Account) -> None:
    token = people.make_token(account, TEXT)
    assert stored(token, "password") == ""
    assert not Token.objects.get(pk=token.pk).password
    assert Token.objects.get(pk=token.pk).secrets() == [TEXT]


def test_a_secret_may_be_of_any_letters(account: Account) -> None:
    token = people.make_token(account, "пароль 🔑")
    assert Token.objects.get(pk=token.pk).secret.reveal() == "пароль 🔑"


def test_a_new_key_reads_what_the_old_one_wrote(account: Account, settings: Any) -> None:
    settings.CLICKCALL_TOKEN_KEYS = [OLD]
    token = people.make_token(account, TEXT)
    settings.CLICKCALL_TOKEN_KEYS = [NEW, OLD]
    read = Token.objects.get(pk=token.pk)
    assert read.secret.reveal() == TEXT
    read.save()
    settings.CLICKCALL_TOKEN_KEYS = [NEW]
    assert Token.objects.get(pk=token.pk).secret.reveal() == TEXT


def test_without_its_key_a_secret_stays_one_and_the_operator_is_told(
    account: Account, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CLICKCALL_TOKEN_KEYS = [OLD]
    token = people.make_token(account, TEXT)
    sealed = stored(token)
    settings.CLICKCALL_TOKEN_KEYS = [NEW]
    read, _again = [Token.objects.get(pk=token.pk) for _ in range(2)]
    (line,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "clickcall.Token.secret cannot be decrypted" in line.getMessage()
    assert sealed not in caplog.text
    assert not read.is_readable
    assert (bool(read.secret), read.secret.last_four, read.secrets()) == (True, "", [])
    with pytest.raises(UnreadableSecret):
        read.secret.reveal()
    assert read.secret == copy.copy(read.secret) != Secret("") != read.secret
    assert "•••" in f"{read.secret} {read.secret!r} {[read.secret]}"
    assert "•••" not in Template("{{ token.secret.reveal }}").render(Context({"token": read}))
    read.save()
    assert stored(read) == sealed, "the key may come back"
    settings.CLICKCALL_TOKEN_KEYS = [NEW, OLD]
    assert Token.objects.get(pk=token.pk).secret.reveal() == TEXT


def test_a_dump_of_the_database_carries_no_secret(account: Account) -> None:
    people.make_token(account, TEXT)
    dumped = serializers.serialize("json", Token.objects.all())
    assert TEXT not in dumped
    assert '"secret": ""' in dumped


def test_all_secrets_of_a_token_are_known_for_masking() -> None:
    token = Token(login="me", password=Secret("pass"), session_key=Secret("session"), secret=Secret(""))
    assert token.secrets() == ["pass", "session"]
