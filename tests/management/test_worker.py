import io

import pytest
from django.core.management import call_command

from clickcall.calls.sweep import SweepResult
from clickcall.management.commands import worker
from clickcall.models import Heartbeat

pytestmark = pytest.mark.django_db


def run_once(monkeypatch: pytest.MonkeyPatch, result: SweepResult) -> tuple[list[bool], str]:
    asked: list[bool] = []

    def sweep_round(*, everything: bool) -> SweepResult:
        asked.append(everything)
        return result

    monkeypatch.setattr(worker, "sweep_round", sweep_round)
    err = io.StringIO()
    try:
        call_command("worker", "--once", stderr=err)
    finally:
        text = err.getvalue()
    return asked, text


def test_once_is_one_round_for_every_call_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, said = run_once(monkeypatch, SweepResult(asked=2, changed=1))
    assert (asked, said) == ([True], "")
    assert not Heartbeat.objects.exists()


def test_once_ends_with_3_when_a_provider_could_not_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit) as ended:
        run_once(monkeypatch, SweepResult(failed_accounts=["acme"]))
    assert ended.value.code == 3


def test_once_with_nothing_to_look_after_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("clickcall.calls.sweep.rounds._ask", lambda *args, **kwargs: asked.append(args))
    call_command("worker", "--once")
    assert asked == []
