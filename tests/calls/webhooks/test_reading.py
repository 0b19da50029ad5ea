"""What is wrong with a body, found and put into words."""

import json

import pytest
from django.utils import translation
from support.hooks import body

from clickcall.calls.webhooks.pasting import templates
from clickcall.calls.webhooks.problems import in_words
from clickcall.calls.webhooks.reading import read

SECRET = "the-secret-of-the-address-0123456789"


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"event=incoming&call_session_id=5", "not_json 1 1"),
        (b'{"event": "incoming",\n "call_session_id": }', "not_json 2 21"),
        (b"\xff\xff", "not_json"),
        (b'{"event": "waiting", "external_id": ""abc""}', "quotes"),
        (b'{"event": "waiting", "external_id": {{external_id}}}', "unfilled"),
        (b'{"event": "waiting", "call_session_id": "{{call_session_id}}"}', "unfilled"),
        (b"[1]", "not_object"),
        (b'{"a": {"b": 1}}', "nested a"),
        (b'{"call_session_id": 5}', "no_event"),
        (b'{"event": "hello", "call_session_id": 5}', "unknown_event hello"),
        (b'{"event": "waiting", "call_session_id": ""}', "no_session"),
        (b'{"event": "waiting", "call_session_id": "5"}', ""),
        (b'{"event": "waiting", "call_session_id": 5, "contact_full_name": "{{x}}"}', ""),
        (b'\xef\xbb\xbf{"event": "waiting", "call_session_id": 5}', ""),
    ],
)
def test_what_is_wrong_is_found(raw: bytes, problem: str) -> None:
    assert read(raw, SECRET).problem == problem


def test_only_what_is_no_flat_object_is_refused() -> None:
    refused = [read(raw, SECRET).refused for raw in (b"{", b"[1]", b'{"a": {}}', b"{}", b'{"event": "waiting"}')]
    assert refused == [True, True, True, False, False]


def test_the_text_of_what_could_not_be_read_is_kept() -> None:
    assert read("{привет".encode(), SECRET).stored == "{привет"


def test_the_secret_of_the_address_is_masked() -> None:
    assert SECRET not in read(f'{{"a": "{SECRET}"}}'.encode(), SECRET).stored
    assert SECRET not in read(f'{{"a": "{SECRET}'.encode(), SECRET).stored


def test_a_number_that_is_none_to_a_database_keeps_its_text() -> None:
    assert json.loads(read(b'{"a": 1e999}', SECRET).stored) == {"a": "1e999"}


def test_each_problem_has_a_sentence_of_its_own() -> None:
    codes = ["empty", "unfilled", "quotes", "not_json", "not_json 2 21", "not_object", "nested tags", "no_event"]
    codes += ["unknown_event hello", "no_session"]
    with translation.override("en"):
        said = [in_words(code) for code in codes]
    assert len(set(said)) == len(codes)
    assert not set(said) & set(codes)
    assert "line 2, at character 21" in said[4]
    assert "“hello”" in said[8]


def test_what_is_unknown_is_shown_as_it_is() -> None:
    assert in_words("a code of tomorrow") == "a code of tomorrow"


@pytest.mark.parametrize("event", templates())
def test_a_template_that_the_provider_has_filled_in_is_read(event: str) -> None:
    """The provider puts quotes around strings itself."""
    text = templates()[event]
    for name in {part.split("}}")[0] for part in text.split("{{")[1:]}:
        text = text.replace(f"{{{{{name}}}}}", json.dumps(body(event).get(name)))
    found = read(text.encode(), SECRET)
    assert (found.event, found.problem) == (event, "")


@pytest.mark.parametrize("event", templates())
def test_a_template_that_was_not_filled_in_is_told_so(event: str) -> None:
    assert read(templates()[event].encode(), SECRET).problem == "unfilled"


@pytest.mark.parametrize("event", templates())
def test_a_template_with_quotes_around_its_variables_is_told_so(event: str) -> None:
    text = templates()[event].replace("{{", '"{{').replace("}}", '}}"')
    filled = text.replace('"{{', '""abc').replace('}}"', '""')
    assert read(filled.encode(), SECRET).problem == "quotes"
