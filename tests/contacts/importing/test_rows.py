from datetime import date

import pytest

from clickcall.contacts.importing.reasons import REASONS, CellError
from clickcall.contacts.importing.rows import RowReader
from clickcall.models import ConsentState

HEADINGS = [
    "Фамилия",
    "Имя",
    "Компания",
    "Тел",
    "Тел 2",
    "Город",
    "Согласие",
    "Дата",
    "Чей",
    "Заметка",
    "Заметка 2",
    "X",
]
MAPPING = ["name", "name", "company", "phone", "phone", "city", "consent", "consent_date", "owner", "notes", "notes"]
MAPPING.append("")
GOOD = ["Иванов", "Иван", "Ромашка", "89260000000", "", "Самара", "да", "01.11.2026", "anna", "первая", "вторая", "?"]


def owner(cell: str) -> int | None:
    if cell == "anna":
        return 7
    raise CellError("owner_unknown")


def reader() -> RowReader:
    return RowReader(HEADINGS, MAPPING, country="RU", owner=owner, today=date(2026, 11, 23))


def changed(**cells: str) -> list[str]:
    return [cells.get(f"c{place}", text) for place, text in enumerate(GOOD)]


def test_a_row_becomes_a_contact() -> None:
    row = reader().read((5, [*GOOD]))
    assert (row.line, row.name, row.company, row.city) == (5, "Иванов Иван", "Ромашка", "Самара")
    assert [phone.digits for phone in row.phones] == ["79260000000"]
    assert (row.consent, row.consent_date, row.owner_id) == (ConsentState.GIVEN, date(2026, 11, 1), 7)
    assert row.notes == "первая\nвторая"
    assert row.wrong == []


def test_phones_of_two_columns_are_one_persons_and_each_stands_once() -> None:
    row = reader().read((5, changed(c4="8 (926) 000-00-00, 84951234567")))
    assert [phone.digits for phone in row.phones] == ["79260000000", "74951234567"]


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"c3": ""}, ("Тел", "", "no_phone")),
        ({"c3": "7.926E+10"}, ("Тел", "7.926E+10", "phone_scientific")),
        ({"c4": "нет"}, ("Тел 2", "нет", "phone_letters")),
        ({"c6": "наверное"}, ("Согласие", "наверное", "consent")),
        ({"c7": "завтра"}, ("Дата", "завтра", "date")),
        ({"c8": "Кто-то"}, ("Чей", "Кто-то", "owner_unknown")),
        ({"c5": "Г" * 101}, ("Город", "Г" * 101, "too_long")),
        ({"c1": "И" * 200}, ("Имя", f"Иванов {'И' * 200}", "too_long")),
    ],
)
def test_a_wrong_cell_is_named_by_its_column_with_its_text_and_reason(
    cells: dict[str, str], wrong: tuple[str, str, str]
) -> None:
    assert reader().read((5, changed(**cells))).wrong == [wrong]
    assert wrong[2] in REASONS


def test_lines_within_a_cell_stay_in_notes_only() -> None:
    row = reader().read((5, changed(c0="Анна\rМария\u2028", c1="")))
    assert row.name == "Анна Мария"
    notes = RowReader(["Тел", "К"], ["phone", "notes"], country="RU", owner=owner, today=date(2026, 11, 23))
    assert notes.read((2, ["89260000000", "раз\r\nдва\rтри "])).notes == "раз\nдва\nтри"


def test_all_that_is_wrong_is_said_at_once() -> None:
    row = reader().read((5, changed(c3="123", c6="?", c8="?")))
    assert [(column, code) for column, _text, code in row.wrong] == [
        ("Тел", "phone_extension"),
        ("Согласие", "consent"),
        ("Чей", "owner_unknown"),
    ]


def test_a_short_row_is_filled_up_and_a_cell_that_slipped_out_is_refused() -> None:
    assert reader().read((5, GOOD[:4])).wrong == []
    assert reader().read((5, [*GOOD, "", ""])).wrong == []
    assert reader().read((5, [*GOOD, "", "ещё"])).wrong == [("", "ещё", "more_cells")]


def test_a_twenty_first_phone_is_too_much() -> None:
    many = ",".join(f"8926000{place:04}" for place in range(21))
    assert reader().read((5, changed(c3=many))).wrong == [("Тел", many, "too_many_phones")]
