"""Tables as files, read back by the library that reads our imports."""

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from clickcall.web.sheets import Row, write
from clickcall.web.sheets import as_xlsx as xlsx
from clickcall.web.sheets.cells import as_it_was, is_formula

FORMULAS = ("=1+1", "+7 926", "-1", "@SUM(A1)", "\tx", "\r=1", "  =cmd|' /C calc'!A0", "\n=1", "＝1+1", "\0=1")
HEADINGS = ["Name", "Count", "When", "Day"]
MOMENT = datetime(2026, 11, 23, 14, 2, 5, tzinfo=ZoneInfo("Asia/Yekaterinburg"))


def as_csv(*rows: Row) -> list[list[str]]:
    text = b"".join(write(rows, "csv")).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def as_xlsx(*rows: Row) -> list[list[object]]:
    found = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(write(rows, "xlsx"))))
    return found.get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_a_csv_begins_with_its_mark_and_is_cut_by_semicolons() -> None:
    data = b"".join(write([["Имя", "Город"], ["Иван; Пётр", 'ООО "Ёж"\nвторая']], "csv"))
    assert data == '\ufeffИмя;Город\r\n"Иван; Пётр";"ООО ""Ёж""\nвторая"\r\n'.encode()


def test_moments_days_and_numbers_are_what_they_are() -> None:
    row = ["Иван", 185, MOMENT, date(2026, 11, 23)]
    assert as_csv(HEADINGS, row)[1] == ["Иван", "185", "2026-11-23 14:02:05", "2026-11-23"]
    assert as_xlsx(HEADINGS, row)[1] == ["Иван", 185.0, MOMENT.replace(tzinfo=None), date(2026, 11, 23)]


def test_nothing_is_an_empty_cell() -> None:
    assert as_csv(HEADINGS, [None, None, "", None], ["x", 0, None, None])[1:] == [["", "", "", ""], ["x", "0", "", ""]]
    assert as_xlsx(HEADINGS, ["", None, None, "x"])[1] == ["", "", "", "x"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_calculated(text: str) -> None:
    assert as_csv(HEADINGS, [text])[1][0].startswith("'")
    (sheet, styles) = parts(HEADINGS, [text])
    assert "<f>" not in sheet
    assert 't="inlineStr" s="2"' in sheet
    assert 'quotePrefix="1"' in styles


HIDDEN = ("Ann,=1+1|' /C calc'!A0", "a; +7", "a\t=2", "x\n=1", 'a,"=1', 'a,""\n -1', ",@x", "a,＝1")


@pytest.mark.parametrize("text", HIDDEN)
@pytest.mark.parametrize("splits", [",", ";", "\t"])
def test_no_part_of_a_text_is_calculated_however_the_file_is_split(text: str, splits: str) -> None:
    data = b"".join(write([["Name", "Note"], [text, text], ["Ann", "x"]], "csv")).decode("utf-8-sig")
    rows = csv.reader(io.StringIO(data, newline=""), delimiter=splits)
    assert not [cell for row in rows for cell in row if is_formula(cell.lstrip('" '))]
    assert as_it_was(as_csv(HEADINGS, [text])[1][0]) == text


@pytest.mark.parametrize("text", ["Ann - x", "a=b", "a, b", "50%-60%, x", "8 (499) 000-00-00", '"-1"', "a '+b'"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert as_csv(HEADINGS, [text])[1][0] == as_it_was(text) == text


def parts(*rows: Row) -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(b"".join(write(rows, "xlsx")))) as archive:
        assert archive.testzip() is None
        return archive.read("xl/worksheets/sheet1.xml").decode(), archive.read("xl/styles.xml").decode()


@pytest.mark.parametrize(("text", "written"), [("0486173", "'0486173"), ("1795000000000001", "'1795000000000001")])
def test_digits_that_a_spreadsheet_would_change_are_kept_as_text(text: str, written: str) -> None:
    assert as_csv(HEADINGS, [text, "79260000000"])[1][:2] == [written, "79260000000"]
    assert as_xlsx(HEADINGS, [text])[1][0] == text


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_text_comes_back_from_both_files(texts: list[str]) -> None:
    def plain(text: object) -> str:
        return str(text).translate({code: " " for code in (*range(32), 127) if code != 9})

    kept = ["".join(" " if "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff" else letter for letter in text)
            for text in texts]  # fmt: skip
    cells = as_csv(HEADINGS, [*kept, "end"])
    assert [plain(cell).replace("'", "") for cell in cells[1][:-1]] == [plain(text).replace("'", "") for text in kept]
    assert [plain(cell) for cell in as_xlsx(HEADINGS, [*kept, "end"])[1][: len(kept)]] == [plain(text) for text in kept]


def test_the_headings_stay_in_sight_and_a_file_without_rows_has_them() -> None:
    assert as_xlsx(HEADINGS) == [HEADINGS]
    assert as_csv(HEADINGS) == [HEADINGS]
    assert 'state="frozen"' in parts(HEADINGS)[0]


def test_rows_beyond_the_end_of_a_sheet_go_onto_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    data = b"".join(write([["N"], *([n] for n in range(7))], "xlsx"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert sheets == [[["N"], [0.0], [1.0], [2.0]], [["N"], [3.0], [4.0], [5.0]], [["N"], [6.0]]]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_size_of_a_file_costs_no_memory(ending: str) -> None:
    taken = 0

    def rows() -> Iterator[Row]:
        nonlocal taken
        for taken in range(20_000):
            yield [f"Contact {taken}", "x" * 100, taken, MOMENT]

    tracemalloc.start()
    try:
        pieces = write(rows(), ending)
        assert next(pieces)
        assert taken < 2_000
        assert sum(map(len, pieces)) > 100_000
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
