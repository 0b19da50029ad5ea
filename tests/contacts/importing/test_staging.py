"""Files that are no good: each says why, and nothing is left of it."""

import zipfile
from pathlib import Path

import pytest
from support import old_excel
from support import spreadsheets as office

from clickcall.contacts.importing import formats, staging, text
from clickcall.contacts.importing.staging import ROWS, UPLOAD, Rows, Staged, stage
from clickcall.contacts.importing.troubles import TROUBLES, FileError

FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def staged(folder: Path, content: bytes) -> Staged:
    (folder / UPLOAD).write_bytes(content)
    return stage(folder)


def rows(folder: Path) -> list[tuple[int, list[str]]]:
    with (folder / ROWS).open("rb") as file:
        return [*Rows(file)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b";;;\r\n;;\r\n" * 2000, "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
        ("ФИО\tТелефон".encode("utf-16"), "utf16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_table"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 50, "not_a_table"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "damaged"),
        ("ФИО;Тел\n".encode() + ";".join(["x"] * 1_000_000).encode(), "too_many_columns"),
        (b"a;b\n" + b'"' + b"x" * 200_000, "long_cell"),
        (b'name;phone\nIvan;89260000000\n"Peter;89260000001\nMary;89260000002\n', "open_quote"),
        (b"name;phone\n" + b"Ivan;89260000000\n" * 500 + b"Pe\0tr;1\n", "not_a_table"),
        ("\ufeff <!DOCTYPE html><table><tr><td>Телефон</td></tr></table>".encode(), "not_a_table"),
        (b'<?xml version="1.0"?><Workbook/>', "not_a_table"),
        ("Ж".encode() * 500 + b"\xd0" + "ёж".encode() * 50, "encoding"),
    ],
)
def test_a_bad_file_says_what_is_wrong_and_leaves_no_rows(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(FileError) as error:
        staged(tmp_path, content)
    assert error.value.code == code
    assert len(str(TROUBLES[code])) > 10
    assert not (tmp_path / ROWS).exists()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"word/document.xml": "<w/>"}, "not_a_table"),
        ({"xl/workbook.xml": "nonsense"}, "damaged"),
        ({"mimetype": "application/epub+zip"}, "not_a_table"),
    ],
)
def test_an_archive_without_a_table_is_none(tmp_path: Path, parts: dict[str, str], code: str) -> None:
    office.zipped(tmp_path / UPLOAD, parts)
    with pytest.raises(FileError, match=code):
        stage(tmp_path)


def test_a_bomb_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "LARGEST_UNPACKED", 10_000)
    monkeypatch.setattr(staging, "_stage_sheet", lambda *_args: pytest.fail("was opened"))
    office.xlsx(tmp_path / UPLOAD, {"a": office.sheet([["x" * 20_000]])})
    with pytest.raises(FileError, match="unpacks_too_large"):
        stage(tmp_path)


def test_a_bomb_of_the_real_size_costs_next_to_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / UPLOAD, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _megabyte in range(501):
                part.write(bytes(1024 * 1024))
    with pytest.raises(FileError, match="unpacks_too_large"):
        stage(tmp_path)


def test_a_cell_in_the_last_corner_costs_the_reader_its_life_and_us_nothing(tmp_path: Path) -> None:
    sheet = office.sheet([["ФИО", "Телефон"], ["Иван", "89260000000"]]).replace("</sheetData>", FAR)
    office.xlsx(tmp_path / UPLOAD, {"a": sheet})
    with pytest.raises(FileError, match="too_many_columns"):
        stage(tmp_path)


@pytest.mark.parametrize("repeated", ["1000000", "201"])
def test_a_cell_repeated_over_many_columns_is_refused(tmp_path: Path, repeated: str) -> None:
    cell = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
    office.ods(tmp_path / UPLOAD, f"<table:table-row>{cell}<text:p>x</text:p></table:table-cell></table:table-row>")
    with pytest.raises(FileError, match=r"too_many_columns|damaged"):
        stage(tmp_path)


def test_a_file_of_more_than_twenty_megabytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="too_large"):
        staged(tmp_path, b"x" * (formats.LARGEST + 1))


def test_there_may_be_so_many_rows_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "MOST_ROWS", 3)
    assert staged(tmp_path, b"phone\n1\n2\n3\n").rows == 4
    with pytest.raises(FileError, match="too_many_rows"):
        staged(tmp_path, b"phone\n1\n2\n3\n4\n")


def test_a_file_of_endless_empty_lines_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_LINES", 100)
    assert staged(tmp_path, b"phone\n" + b"\n" * 98 + b"1\n").rows == 2
    with pytest.raises(FileError, match="too_many_rows"):
        staged(tmp_path, b"phone\n" + b"\n" * 99 + b"1\n")


@pytest.mark.parametrize(
    ("sheets", "code"),
    [({"a": [["ФИО"], ["x" * 100_001]]}, "long_cell"), ({"a" * 201: [["ФИО"], ["Иван"]]}, "damaged")],
)
def test_what_no_office_program_writes_is_refused(
    tmp_path: Path, sheets: dict[str, list[list[str]]], code: str
) -> None:
    office.xlsx(tmp_path / UPLOAD, {name: office.sheet(table) for name, table in sheets.items()})
    with pytest.raises(FileError, match=code):
        stage(tmp_path)


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    old_excel.compound(tmp_path / UPLOAD, {"EncryptionInfo": b"x", "EncryptedPackage": b"y"})
    with pytest.raises(FileError, match="locked"):
        stage(tmp_path)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_cell_of_several_lines_is_one_cell_however_they_end(tmp_path: Path, end: str) -> None:
    staged(tmp_path, f'имя;тел\n"Иван{end}Петров";1\nАнна;2\n'.encode())
    assert [texts for _line, texts in rows(tmp_path)][1:] == [[f"Иван{end}Петров", "1"], ["Анна", "2"]]


def test_empty_rows_are_dropped_and_the_others_keep_their_lines(tmp_path: Path) -> None:
    found = staged(tmp_path, b"\r\n;;\r\nname;phone\r\n\r\nIvan;1\r\n")
    assert (found.format, found.separator, found.rows) == ("csv", ";", 2)
    assert rows(tmp_path) == [(3, ["name", "phone"]), (5, ["Ivan", "1"])]


def test_rows_can_be_read_on_from_any_row(tmp_path: Path) -> None:
    staged(tmp_path, 'имя;тел\n"Иван\nИванович";1\nПётр;2\nАнна;3\n'.encode())
    with (tmp_path / ROWS).open("rb") as file:
        first = Rows(file)
        assert [line for line, _texts in first.take(2)] == [1, 2]
        here = first.offset
        assert Rows(file, here).take(9) == [(4, ["Пётр", "2"]), (5, ["Анна", "3"])]
        assert Rows(file, here).take(1) == [(4, ["Пётр", "2"])]
