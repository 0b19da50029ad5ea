"""Log lines: what they hold, and what they never hold."""

import io
import json
import logging
from typing import Any

import pytest

from clickcall.web.logs import JsonFormatter, MaskFilter, mask_access_log, masked, request_id

TEXT = "very-secret-key-0123456789abcdef"


class Lines:
    """A logger with the product's filter and formatter; its lines, read back."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        handler = logging.StreamHandler(self.stream)
        handler.addFilter(MaskFilter())
        handler.setFormatter(JsonFormatter())
        self.logger = logging.Logger("clickcall.test")
        self.logger.addHandler(handler)

    @property
    def last(self) -> dict[str, Any]:
        line: dict[str, Any] = json.loads(self.stream.getvalue().splitlines()[-1])
        return line


@pytest.fixture
def lines() -> Lines:
    return Lines()


@pytest.mark.parametrize(
    "text",
    [
        '{"access_token": "%s"}',
        "{'access_token': '%s', 'contact': 'x'}",
        '{"params": {"access_token":"%s"}}',
        'body={\\"access_token\\": \\"%s\\"}',
        "access_token=%s&x=1",
        "password=%s",
        "Password: %s",
        '"password": "%s"',
        "secret = %s",
        "Authorization: %s",
        "Authorization: Bearer %s",
        "Proxy-Authorization: Basic %s",
        '"secret": "two words, %s"',
        "{'password': 'it \"%s\" is'}",
    ],
)
def test_what_is_named_as_a_secret_is_masked(text: str) -> None:
    shown = masked(text % TEXT)
    assert TEXT not in shown
    assert "•••" in shown


def test_the_words_around_a_secret_stay() -> None:
    assert masked("sent access_token=abc&page=2 to them") == "sent access_token=•••&page=2 to them"
    assert masked("the password was changed") == "the password was changed"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("79260000000", "•••00"),
        ("+79260000012 rang", "•••12 rang"),
        ("1234567", "•••67"),
        ("123456", "123456"),
        ("call 9223372036854775808", "call •••08"),
        ("at 2026-11-23 09:00", "at 2026-11-23 09:00"),
    ],
)
def test_phones_keep_their_last_two_digits(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize("phone", ["+7 926 123-45-67", "8 (926) 123-45-67", "+44 20 7946 0958"])
def test_phones_as_people_write_them_are_masked_too(phone: str) -> None:
    shown = masked(f"cannot call {phone} now")
    assert shown == f"cannot call •••{phone[-2:]} now"


def test_a_line_is_masked_after_its_arguments_went_in(lines: Lines) -> None:
    lines.logger.warning("calling %s with %r", "79260000012", {"access_token": TEXT})
    assert lines.last["message"].startswith("calling •••12 with ")
    assert TEXT not in lines.stream.getvalue()


def broken() -> None:
    raise ValueError(f"access_token={TEXT} for 79260000012")


def test_a_traceback_is_masked(lines: Lines) -> None:
    try:
        broken()
    except ValueError:
        lines.logger.exception("it broke")
    assert "ValueError: access_token=•••" in lines.last["trace"]
    assert TEXT not in lines.stream.getvalue()
    assert "79260000012" not in lines.stream.getvalue()


def test_a_traceback_that_somebody_formatted_before_is_masked_too(lines: Lines) -> None:
    try:
        broken()
    except ValueError as error:
        record = lines.logger.makeRecord("x", logging.ERROR, "x", 1, "broke", (), (type(error), error, None))
    logging.Formatter().format(record)
    lines.logger.handle(record)
    assert TEXT not in lines.stream.getvalue()
    assert "trace" in lines.last


def test_a_line_says_when_where_and_in_which_request(lines: Lines) -> None:
    token = request_id.set("abc123")
    try:
        lines.logger.info("Привет")
    finally:
        request_id.reset(token)
    assert lines.last["message"] == "Привет"
    assert (lines.last["level"], lines.last["logger"], lines.last["request"]) == ("INFO", "clickcall.test", "abc123")
    assert lines.last["at"].endswith("+00:00")
    lines.logger.info("outside")
    assert "request" not in lines.last


def test_a_line_is_one_line(lines: Lines) -> None:
    lines.logger.info("two\nlines")
    assert len(lines.stream.getvalue().splitlines()) == 1


def test_the_products_handlers_mask(settings: Any) -> None:
    assert all("masked" in handler["filters"] for handler in settings.LOGGING["handlers"].values())


@pytest.mark.parametrize(
    "line",
    [
        "POST /hooks/0b6a/%s/ HTTP/1.1",
        '"POST /hooks/0b6a/%s/ HTTP/1.1" 200 2',
        "Internal Server Error: /hooks/0b6a/%s/",
        "https://calls.example/hooks/0b6a/%s?x=1",
        "GET //hooks//0b6a//%s/",
        "POST /HOOKS/0b6a/%s",
    ],
)
def test_the_secret_of_the_address_for_notifications_is_masked(line: str) -> None:
    shown = masked(line % TEXT)
    assert TEXT not in shown
    assert shown == line % "•••"


def test_the_access_log_of_another_gunicorn_is_masked() -> None:
    logger, stream = logging.getLogger("gunicorn.access"), io.StringIO()
    handler = logging.StreamHandler(stream)  # as gunicorn adds it: without a filter of ours
    logger.addHandler(handler)
    try:
        mask_access_log()
        mask_access_log()
        logger.warning('%(h)s "%(r)s" %(s)s', {"h": "127.0.0.1", "r": f"POST /hooks/a/{TEXT}/ HTTP/1.1", "s": "200"})
    finally:
        logger.removeHandler(handler)
        logger.filters.clear()
    assert stream.getvalue() == '127.0.0.1 "POST /hooks/a/•••/ HTTP/1.1" 200\n'


def test_djangos_own_server_logs_through_our_handlers() -> None:
    logger = logging.getLogger("django.server")
    assert logger.handlers == []
    assert logger.propagate
