"""What a file says of consents, beside what the account knows: an old "yes" does not undo a withdrawal."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from clickcall.contacts.importing import runs, work
from clickcall.models import Account, Consent, ContactList, ImportRun, Member

pytestmark = pytest.mark.django_db
Import = Callable[..., ImportRun]
HEAD = "ФИО;Тел;Согласие;Дата согласия\n"
IVAN, OLGA = "79260000000", "79260000001"


def states(digits: str = IVAN) -> list[str]:
    """All entries of a phone, the one that holds at the end."""
    return [*Consent.objects.filter(digits=digits).order_by("at", "pk").values_list("state", flat=True)]


@pytest.fixture
def withdrawn(account: Account) -> Consent:
    """Ivan said stop on 20 November."""
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return Consent.objects.create(account=account, digits=IVAN, state="withdrawn", at=at, date=date(2026, 11, 20))


@pytest.mark.parametrize("cells", ["да;01.01.2025", "да;20.11.2026", "да;"])
@pytest.mark.parametrize("choice", ["skip", "update", "add"])
def test_a_withdrawal_is_undone_by_no_consent_that_is_not_surely_later(
    imported: Import, withdrawn: Consent, cells: str, choice: str
) -> None:
    imported(f"{HEAD}Иван;8{IVAN[1:]};{cells}\n", choice=choice)
    assert states() == ["withdrawn"]


def test_a_later_consent_counts_again(imported: Import, withdrawn: Consent) -> None:
    imported(f"{HEAD}Иван;8{IVAN[1:]};да;21.11.2026\n")
    assert states() == ["withdrawn", "given"]


def test_a_withdrawal_without_a_date_counts_from_the_day_it_was_noted(imported: Import, withdrawn: Consent) -> None:
    Consent.objects.update(date=None)
    imported(f"{HEAD}Иван;8{IVAN[1:]};да;20.11.2026\n")
    assert states() == ["withdrawn"]


@pytest.mark.parametrize("choice", ["skip", "update", "add"])
def test_within_a_file_a_withdrawal_holds_as_well(imported: Import, choice: str) -> None:
    imported(f"{HEAD}Иван;8{IVAN[1:]};отозвано;01.11.2026\nИван;8{IVAN[1:]};да;01.10.2026\n", choice=choice)
    assert states() == ["withdrawn"]


def test_a_withdrawal_does_not_get_the_date_of_the_consent_before_it(imported: Import) -> None:
    imported(f"{HEAD}Иван;8{IVAN[1:]};да;01.10.2026\nИван;8{IVAN[1:]};отозвано;\n", choice="update")
    assert [*Consent.objects.values_list("state", "date").order_by("pk")] == [
        ("given", date(2026, 10, 1)),
        ("withdrawn", None),
    ]


def test_a_row_that_joins_another_gives_no_consent_to_the_phones_of_that_one(imported: Import) -> None:
    imported(f"{HEAD}Иван;8{IVAN[1:]}, 8{OLGA[1:]};;\nИван;8{IVAN[1:]};да;01.10.2026\n", choice="update")
    assert (states(IVAN), states(OLGA)) == (["given"], [])


def test_rows_whose_consent_was_withdrawn_are_counted_and_named_before_the_start(
    upload: Import, withdrawn: Consent, leads: ContactList, maria: Member, as_: Callable[[Member], Client]
) -> None:
    olga = f"Ольга;8{OLGA[1:]};отозвано;\nОльга;8{OLGA[1:]};да;01.10.2026\n"
    run = upload(f"{HEAD}Иван;8{IVAN[1:]};да;01.01.2025\n{olga}Пётр;89260000002;да;01.10.2026\n")
    runs.check(run)
    assert work.import_job()
    run.refresh_from_db()
    found = run.findings
    assert (found["stays_withdrawn"], found["lines_withdrawn"], found["without_consent"]) == (2, [2, 4], 3)
    text = as_(maria).get(f"/contacts/imports/{run.pk}/").content.decode()
    assert "Lines 2, 4" in text
