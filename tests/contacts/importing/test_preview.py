"""What a file will become, as it is said before anything is written, is what it becomes."""

import pytest

from clickcall.contacts.importing import runs, work
from clickcall.contacts.importing.preview import preview
from clickcall.models import Contact

from .conftest import Upload

TWICE = "ФИО;Моб.\nИван;89260000000\nПётр;89260000001\nИван Петров;+7 926 000-00-00\nнет;12\nОн же;89260000000\n"


@pytest.mark.parametrize(
    ("choice", "fates", "names"),
    [
        ("skip", "added added skipped refused skipped", ["Иван", "Пётр"]),
        ("update", "added added joined refused joined", ["Он же", "Пётр"]),
        ("add", "added added added refused added", ["Иван", "Иван Петров", "Он же", "Пётр"]),
    ],
)
def test_of_a_phone_that_stands_twice_in_the_file_the_preview_says_what_becomes_of_it(
    upload: Upload, choice: str, fates: str, names: list[str]
) -> None:
    run = upload(TWICE, choice=choice)
    shown = preview(run, runs.look(run))
    assert [row.fate for row in shown] == fates.split()
    assert [row.before for row in shown] == [0, 0, 2, 0, 2]
    runs.start_unchecked(run)
    work.work(run)
    assert sorted(Contact.objects.values_list("name", flat=True)) == names
