"""`manage.py messages`: the catalogue in step with the sources, and a check that changes nothing."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from pytest_django import Settings

CATALOGUE = Path("ru", "LC_MESSAGES", "django.po")
PO = Path(configured.LOCALE_PATHS[0], CATALOGUE)
gettext_installed = pytest.mark.skipif(
    shutil.which("msgmerge") is None, reason="gettext is missing: apt-get install gettext"
)


@pytest.fixture
def copy(tmp_path: Path, settings: Settings) -> Path:
    """A copy of the catalogue that the command takes for the product's own."""
    shutil.copytree(configured.LOCALE_PATHS[0], tmp_path, dirs_exist_ok=True)
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path / CATALOGUE


@gettext_installed
def test_the_russian_catalogue_is_whole_and_current() -> None:
    before = (PO.read_bytes(), PO.with_suffix(".mo").read_bytes())
    call_command("messages", "--check")
    assert (PO.read_bytes(), PO.with_suffix(".mo").read_bytes()) == before


@gettext_installed
def test_a_check_names_what_is_new_gone_empty_or_guessed(copy: Path) -> None:
    text = copy.read_text()
    empty = text.replace('msgid "Hang up"\nmsgstr "Положить трубку"', 'msgid "Hang up"\nmsgstr ""')
    guessed = (
        empty.replace('msgid "Busy"', '#, fuzzy\nmsgid "Busy"')
        + '\nmsgid "Nobody says this"\nmsgstr "Так не говорят"\n'
    )
    copy.write_text(guessed)
    with pytest.raises(CommandError) as complaint:
        call_command("messages", "--check")
    said = str(complaint.value)
    assert "django.po does not hold the texts of the sources" in said
    assert 'Without a translation:\nmsgid "Hang up"\n' in said
    assert 'With a guessed translation (fuzzy):\n#, fuzzy\nmsgid "Busy"\n' in said
    assert copy.read_text() == guessed


@gettext_installed
def test_a_check_names_a_compiled_catalogue_that_is_older(copy: Path) -> None:
    copy.with_suffix(".mo").write_bytes(_compiled_without(copy, "Положить трубку"))
    with pytest.raises(CommandError, match=r"django.mo is older"):
        call_command("messages", "--check")


@gettext_installed
def test_without_check_the_catalogue_is_written(copy: Path, settings: Settings) -> None:
    whole = (copy.read_bytes(), copy.with_suffix(".mo").read_bytes())
    copy.write_bytes(whole[0] + '\nmsgid "Nobody says this"\nmsgstr "Так не говорят"\n'.encode())
    copy.with_suffix(".mo").unlink()
    call_command("messages")
    assert (copy.read_bytes(), copy.with_suffix(".mo").read_bytes()) == whole


def test_without_gettext_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CommandError, match="apt-get install gettext"):
        call_command("messages", "--check")


def _compiled_without(po: Path, text: str) -> bytes:
    """The compiled catalogue with one text spoilt, of the same length."""
    compiled = po.with_suffix(".mo").read_bytes()
    return compiled.replace(text.encode(), text[::-1].encode())
