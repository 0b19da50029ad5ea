"""`manage.py import_contacts`."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from clickcall.models import Account, Contact, ContactList

pytestmark = pytest.mark.django_db


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """Exit code and standard output."""
    try:
        call_command("import_contacts", *map(str, words))
    except SystemExit as ended:
        return int(ended.code or 0), capsys.readouterr().out
    return 0, capsys.readouterr().out


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clients.csv"
    path.write_text("ФИО;Тел\nИван;89260000000\nПётр;7.926E+10\n", encoding="cp1251")
    return path


def test_a_file_goes_onto_a_new_list_and_the_refused_rows_are_told(
    account: Account, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = run(capsys, "--account", account.slug, "--list", "November", "--json", file)
    told = json.loads(out)
    assert code == 1
    assert (told["list"], told["added"], told["skipped"], told["refused"]) == ("November", 1, 0, 1)
    assert told["refusals"] == [{"line": 3, "column": "Тел", "value": "7.926E+10", "reason": "phone_scientific"}]
    assert Contact.objects.get().list.name == "November"


def test_the_same_file_again_leaves_everybody_as_they_were(
    account: Account, leads: ContactList, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _time in range(2):
        code, out = run(capsys, "--account", account.slug, "--list", leads.name, file)
    assert code == 1
    assert "0 added, 0 updated, 1 left as they were, 1 refused" in out
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "error"), [(b"", "empty"), (b"%PDF-1.4", "pdf"), ("Имя;Город\nИван;Омск\n".encode(), "no_phones")]
)
def test_what_cannot_be_imported_ends_with_2_and_a_reason(
    account: Account, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, error: str
) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    code, out = run(capsys, "--account", account.slug, "--list", "November", "--json", tmp_path / "x.csv")
    assert (code, json.loads(out)["error"]) == (2, error)
    assert Contact.objects.count() == 0


def test_an_account_or_a_file_that_is_not_there_ends_with_2(
    account: Account, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "--account", "nobody", "--list", "L", "--json", file)[0] == 2
    assert run(capsys, "--account", account.slug, "--list", "L", "--json", tmp_path / "none.csv")[0] == 2
