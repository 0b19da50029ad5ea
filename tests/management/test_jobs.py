"""The jobs beside the sweep: what stops one of them stops no other."""

import pytest
from django.db import connection
from support.presses import at_once

from clickcall.management import jobs
from clickcall.models import Heartbeat


def breaks_the_connection() -> None:
    """As a database does that is started anew: what is asked next fails, and everything after it."""
    connection.ensure_connection()
    connection.connection.close()
    Heartbeat.objects.exists()


def has_a_mistake() -> None:
    raise KeyError("a mistake")


@pytest.mark.django_db
def test_a_connection_that_broke_is_opened_anew_for_the_next_job(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers: list[bool] = []
    monkeypatch.setattr(jobs, "JOBS", [breaks_the_connection, lambda: answers.append(Heartbeat.objects.exists())])
    at_once(1, lambda _: jobs.round_of_jobs())
    assert answers == [False]
    assert "breaks_the_connection" in caplog.text


def test_a_job_that_fails_holds_up_no_other(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    monkeypatch.setattr(jobs, "JOBS", [has_a_mistake, lambda: done.append("the other")])
    jobs.round_of_jobs()
    assert done == ["the other"]
    assert "has_a_mistake" in caplog.text
