"""Sheets of office programs, written by the tests themselves."""

from datetime import date
from pathlib import Path

import pytest
from support import old_excel
from support import spreadsheets as office

from clickcall.contacts.importing import sheet_child
from clickcall.contacts.importing.staging import ROWS, UPLOAD, Rows, Staged, stage
from clickcall.contacts.importing.troubles import FileError


def rows(folder: Path) -> list[tuple[int, list[str]]]:
    with (folder / ROWS).open("rb") as file:
        return [*Rows(file)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Numbers as numbers, days as days, a title over three columns and a company over two rows."""
    table = [
        ["Клиенты ноября", None, None, None],
        [],
        ["ФИО", "Компания", "Телефон", "Дата согласия"],
        ["Иван", "ООО «Ромашка»", 79260000000, date(2026, 11, 1)],
        ["Пётр", None, 79260000001.0, None],
        ["Анна", None, "8 926 000-00-02", 1.5],
    ]
    sheets = {"Пусто": office.sheet([]), "Клиенты": office.sheet(table, ["A1:D1", "B4:B5"])}
    office.xlsx(tmp_path / UPLOAD, {**sheets, "Итоги": office.sheet([["Итого", True]])})
    return tmp_path


def test_the_first_sheet_with_anything_on_it_is_read(book: Path) -> None:
    assert stage(book) == Staged("xlsx", 5, sheet="Клиенты", sheets=["Пусто", "Клиенты", "Итоги"])


def test_numbers_days_and_merged_cells_read_as_people_see_them(book: Path) -> None:
    stage(book)
    assert rows(book) == [
        (1, ["Клиенты ноября", "", "", ""]),
        (3, ["ФИО", "Компания", "Телефон", "Дата согласия"]),
        (4, ["Иван", "ООО «Ромашка»", "79260000000", "2026-11-01"]),
        (5, ["Пётр", "ООО «Ромашка»", "79260000001", ""]),
        (6, ["Анна", "", "8 926 000-00-02", "1.5"]),
    ]


def test_another_sheet_can_be_asked_for(book: Path) -> None:
    assert stage(book, "Итоги").rows == 1
    assert rows(book) == [(1, ["Итого", "True"])]
    with pytest.raises(FileError, match="no_sheet"):
        stage(book, "Нет такого")


def test_an_opendocument_table_is_read(tmp_path: Path) -> None:
    office.ods(tmp_path / UPLOAD, office.ods_row(["ФИО", "Телефон"]) + office.ods_row(["Иван", "89260000000"], 2))
    assert stage(tmp_path) == Staged("ods", 3, sheet="Лист", sheets=["Лист"])
    assert rows(tmp_path)[2] == (3, ["Иван", "89260000000"])


def test_a_workbook_of_old_excel_is_read(tmp_path: Path) -> None:
    table = [
        ["ФИО", "Телефон", "Дата"],
        ["Иван", 79260000000, date(2026, 11, 1)],
        [],
        ["Анна", "8 926 000-00-01", None],
    ]
    old_excel.xls(tmp_path / UPLOAD, table)
    assert stage(tmp_path) == Staged("xls", 3, sheet="Лист1", sheets=["Лист1"])
    assert rows(tmp_path)[1:] == [(2, ["Иван", "79260000000", "2026-11-01"]), (4, ["Анна", "8 926 000-00-01", ""])]


def test_a_workbook_without_a_cell_is_empty(tmp_path: Path) -> None:
    office.xlsx(tmp_path / UPLOAD, {"a": office.sheet([])})
    with pytest.raises(FileError, match="empty"):
        stage(tmp_path)


def test_the_reader_counts_rows_and_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_child, "MOST_ROWS", 2)
    with pytest.raises(sheet_child.SheetError, match="too_many_rows"):
        sheet_child.write([["x"]] * 4, tmp_path / "out", 1)


def test_the_reader_knows_no_django() -> None:
    """It is started for every upload."""
    source = Path(sheet_child.__file__).read_text(encoding="utf-8")
    assert "import django" not in source
    assert "from ." not in source
