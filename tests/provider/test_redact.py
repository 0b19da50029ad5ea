import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clickcall.provider.redact import mask, redact

TOKEN = "2fRN4g217ca0b4224a67988aff3e584f"

# Few letters, so that secrets and their tails meet and overlap.
short_text = st.text('ab…•"\\я\x00', max_size=12)
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | short_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(short_text, inner, max_size=4),
    max_leaves=12,
)


def strings(obj: object) -> list[str]:
    if isinstance(obj, dict):
        return [s for pair in obj.items() for part in pair for s in strings(part)]
    if isinstance(obj, list):
        return [s for item in obj for s in strings(item)]
    return [obj] if isinstance(obj, str) else []


@settings(max_examples=100, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(json_like, st.sets(st.text('ab…•"\\я', min_size=1, max_size=14), max_size=3))
def test_no_occurrence_of_a_secret_is_left(obj, secrets):
    assert [s for s in strings(redact(obj, secrets)) if any(secret in s for secret in secrets)] == []


answers = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text('ab"\\я\x00', max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "token", "Session", "session_id", 'x"token":']), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers, st.sets(st.text('ab"\\я', min_size=1, max_size=3), max_size=2))
def test_the_look_at_the_whole_finds_what_looking_at_each_part_would(obj, secrets):
    at_once = redact(obj, secrets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("clickcall.provider.redact._is_harmless", lambda text, secrets: False)
        assert at_once == redact(obj, secrets)


@settings(max_examples=50, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(json_like)
def test_without_secrets_only_what_cannot_be_stored_changes(obj):
    assert json.dumps(redact(obj)) == json.dumps(obj).replace("\\u0000", "\\ufffd")


def test_the_last_four_of_a_long_secret_are_shown():
    assert (mask(TOKEN), mask("a" * 11), mask("")) == ("…584f", "•••", "•••")


@pytest.mark.parametrize("key", ["access_token", "Access_Token", "password", "session_key"])
def test_the_values_of_secret_keys_are_masked_at_any_depth(key):
    assert redact({"a": [{key: TOKEN}, {key: "short"}, {key: 5}]}) == {
        "a": [{key: "…584f"}, {key: "•••"}, {key: "•••"}]
    }


def test_a_session_of_a_call_is_no_secret():
    assert redact({"call_session_id": 5, "access_token": None}) == {"call_session_id": 5, "access_token": None}


def test_a_secret_inside_a_text_leaves_the_rest_readable():
    assert redact(f"token {TOKEN} is dead", [TOKEN]) == "token …584f is dead"


def test_a_secret_is_found_inside_a_json_text():
    password = 'пар"оль и ещё'
    assert "оль" not in redact(json.dumps({"x": password}, ensure_ascii=False), [password])
    assert "\\u043e" not in redact(json.dumps({"x": password}), [password])


def test_the_tail_of_one_occurrence_does_not_complete_another():
    assert "abcdabcdabcd" not in redact("abcdabcdabcdabcdabcd", ["abcdabcdabcd"])


def test_the_original_is_left_alone():
    original = {"access_token": TOKEN, "list": [TOKEN]}
    redact(original, [TOKEN])
    assert original == {"access_token": TOKEN, "list": [TOKEN]}


def test_nothing_of_the_original_is_shared():
    original = {"data": {"numbers": [1, 2]}}
    redact(original)["data"]["numbers"].append(3)
    assert original == {"data": {"numbers": [1, 2]}}


@pytest.mark.parametrize("odd", [float("nan"), {1, 2}, b"bytes", object])
def test_what_json_cannot_say_is_redacted_all_the_same(odd):
    assert TOKEN not in str(redact({"odd": odd, "text": TOKEN}, [TOKEN]))


def test_what_is_nested_too_deep_is_hidden_rather_than_raised():
    deep: object = TOKEN
    for _ in range(900):
        deep = [deep]
    assert TOKEN not in json.dumps(redact(deep))
