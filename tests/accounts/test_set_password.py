import io

import pytest
from django.core.management import CommandError, call_command

from clickcall.models import Member

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("set_password", *args, stdout=out)
    return out.getvalue()


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    remaining = iter(answers)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(remaining))


def test_the_password_is_asked_twice(monkeypatch: pytest.MonkeyPatch, anna: Member) -> None:
    typed(monkeypatch, "a-new-long-one", "a-new-long-one")
    assert "a-new-long-one" not in run("Anna")
    anna.user.refresh_from_db()
    assert anna.user.check_password("a-new-long-one")
    assert not anna.user.must_change_password


def test_two_different_answers_change_nothing(monkeypatch: pytest.MonkeyPatch, anna: Member) -> None:
    typed(monkeypatch, "a-new-long-one", "another-one")
    with pytest.raises(CommandError, match="differ"):
        run("anna")
    before = anna.user.password
    anna.user.refresh_from_db()
    assert anna.user.password == before


def test_a_script_pipes_the_password_in(monkeypatch: pytest.MonkeyPatch, anna: Member, as_) -> None:
    browser = as_(anna)
    monkeypatch.setattr("sys.stdin", io.StringIO("a-new-long-one\r\nmore"))
    run("anna", "--stdin")
    anna.user.refresh_from_db()
    assert anna.user.check_password("a-new-long-one")
    assert browser.get("/switch/").status_code == 302


def test_a_password_that_anybody_guesses_is_refused(monkeypatch: pytest.MonkeyPatch, anna: Member) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("anna\n"))
    with pytest.raises(CommandError, match="too short"):
        run("anna", "--stdin")


def test_a_one_time_password_is_printed_and_has_to_be_changed(anna: Member) -> None:
    password = run("anna", "--one-time").strip()
    anna.user.refresh_from_db()
    assert anna.user.check_password(password)
    assert anna.user.must_change_password


def test_an_unknown_user_is_an_error(db: None) -> None:
    with pytest.raises(CommandError, match="nobody"):
        run("nobody", "--one-time")
