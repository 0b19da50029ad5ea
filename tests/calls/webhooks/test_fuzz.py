"""Ten thousand bodies that nobody expects: none is answered with a 5xx, none is lost, none breaks a call."""

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import people
from support.hooks import BODY, SESSION, path_of

from clickcall.models import Account, Call, HookDelivery, HookState
from clickcall.provider.hooks import EVENTS

pytestmark = pytest.mark.django_db
NAMES = [*BODY, "event", "external_id", "notification_timestamp", "file_link", "finish_reason", "direction"]
NAMES += ["talk_time_duration", "wait_time_duration", "total_time_duration", "leg_ids", "access_token"]
WORDS = ["", "in", "out", "true", "-1", str(2**64), "1795424400", "2026-03-29 02:30:00", "{{external_id}}", "a" * 300]

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(WORDS)
values = scalars | st.lists(scalars, max_size=2) | st.sampled_from(list(BODY.values()))
objects = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), values, max_size=10)
likely = st.builds(
    lambda event, session, more: (
        more | {"event": event, "call_session_id": session, "virtual_phone_number": "74993720692"}
    ),
    st.sampled_from(EVENTS),
    st.sampled_from([SESSION, str(SESSION), 1, 2**70, "x"]),
    objects,
)
whole = (likely | objects).map(lambda body: json.dumps(body).encode("utf-8", "surrogatepass"))
cut = st.tuples(whole, st.integers(0, 80)).map(lambda pair: pair[0][: -pair[1] or None])
bodies = (
    whole
    | cut
    | st.binary(max_size=60)
    | st.recursive(scalars, st.lists, max_leaves=5).map(lambda value: json.dumps(value).encode())
)


@pytest.fixture
def path(account: Account) -> str:
    people.make_number(account)
    return path_of(account)


def check(path: str, raw: bytes, sent: dict[str, int]) -> None:
    """One body: its answer, and that there is one row more."""
    status = Client().post(path, raw, content_type="application/json").status_code
    sent["bodies"] += 1
    assert status in (200, 400), raw
    newest = HookDelivery.objects.order_by("-pk")[0]
    assert (newest.state == HookState.BROKEN) or status == 200
    assert newest.state != HookState.NEW, f"could not be applied: {raw!r}"


def storm(path: str, how_many: int) -> None:
    sent: dict[str, Any] = {"bodies": 0}

    @settings(max_examples=how_many, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(bodies)
    def pour(raw: bytes) -> None:
        check(path, raw, sent)

    pour()
    assert HookDelivery.objects.count() == sent["bodies"] >= how_many * 0.9
    assert not Call.objects.filter(call_session_id="").exists()


def test_three_hundred_bodies_that_nobody_expects(path: str) -> None:
    storm(path, 300)


@pytest.mark.full
def test_ten_thousand_bodies_that_nobody_expects(path: str) -> None:
    storm(path, 10_000)
