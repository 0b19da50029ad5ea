from pathlib import Path

import pytest

from clickcall.contacts.importing import text
from clickcall.contacts.importing.troubles import FileError

RUSSIAN = "ФИО;Телефон\r\nСёмин Пётр;8 926 000-00-00\r\nЁлкина № 5 «Анна»;84951234567\r\n"


def file(folder: Path, content: bytes) -> Path:
    path = folder / "upload"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (RUSSIAN.encode("cp1251"), "cp1251"),
        (RUSSIAN.encode(), "utf-8-sig"),
        (RUSSIAN.encode("utf-8-sig"), "utf-8-sig"),
        (b"Name,Phone\n", "utf-8-sig"),
    ],
)
def test_the_encoding_is_found_and_the_text_reads_as_written(tmp_path: Path, content: bytes, encoding: str) -> None:
    path = file(tmp_path, content)
    assert text.encoding_of(path) == encoding
    if len(content) > 20:
        assert [row for _line, row in text.records(path, encoding, ";")][1] == ["Сёмин Пётр", "8 926 000-00-00"]


@pytest.mark.parametrize(
    "content",
    [
        RUSSIAN.encode().replace("Ё".encode(), b"\xd0"),  # half of a letter is gone
        "Пётр".encode("cp1251") + b"\x98;1\r\n",  # a byte that Windows-1251 does not have
    ],
)
def test_broken_letters_are_said_and_not_guessed(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileError, match="encoding"):
        text.encoding_of(file(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        ("a;b;c\n1;2,5;3\n", ";"),
        ("a,b,c\n1,2,3\n", ","),
        ("a\tb\tc\n1\t2,5\t3;4\n", "\t"),
        ('ФИО,Тел\n"Иванов; Иван",1\n"Петров; Пётр",2\n', ","),
        ("Телефон\n89260000000\n", ";"),
        ("sep=,\na,b\n", ","),
        ("", ";"),
    ],
)
def test_the_separator_is_found(tmp_path: Path, content: str, separator: str) -> None:
    assert text.separator_of(file(tmp_path, content.encode()), "utf-8") == separator


def test_lines_are_those_of_the_file_also_behind_a_cell_of_several_lines(tmp_path: Path) -> None:
    path = file(tmp_path, b'sep=;\r\na;b\r\n"one\r\ntwo";2\r\n3;4\r\n')
    assert [*text.records(path, "utf-8", ";")] == [(2, ["a", "b"]), (3, ["one\r\ntwo", "2"]), (5, ["3", "4"])]


def test_a_quotation_mark_without_an_end_is_said(tmp_path: Path) -> None:
    path = file(tmp_path, b'a;b\n"' + b"x;y\n" * 40_000)
    with pytest.raises(FileError, match="long_cell"):
        [*text.records(path, "utf-8", ";")]


@pytest.mark.parametrize(
    "content",
    [
        'ФИО;Тел;Прочее\nИван;1;\nПётр;2;"просил\nМария;3;\n',
        'ФИО;Тел;Прочее\nИван;1;\nПётр;2;"просил',
        'ФИО;Тел;Прочее\nИван;1;\nПётр;2;"просил\nМария;3;\nОлег;4;"потом"\nАнна;5;\n',
        f'ФИО;Тел;Прочее\nИван;1;\nПётр;2;"просил\n{"Мария;3;" * 9 + chr(10)}' + "Мария;3;\n" * 20_000,
    ],
    ids=["to the end", "in the last line", "to the next mark", "beyond the longest cell"],
)
def test_a_quotation_mark_that_takes_other_lines_into_its_cell_is_said_with_its_line(
    tmp_path: Path, content: str
) -> None:
    with pytest.raises(FileError, match="open_quote") as error:
        text.check_quotes(file(tmp_path, content.encode()), "utf-8", ";")
    assert "line 3" in error.value.message


@pytest.mark.parametrize(
    "content",
    [
        'ФИО;Тел\n"Иванов; Иван";1\n"Петров ""Пётр""";2\n',
        'ФИО;Прочее\nИван;"одна\r\n""вторая""\r\n"\r\nПётр;"и\nвсё"',
        'ФИО;Фирма\nИван;"ООО "Ромашка""\nПётр;ООО "Лютик\nМария;"ООО" Астра',
    ],
)
def test_marks_that_are_closed_or_do_no_harm_are_taken(tmp_path: Path, content: str) -> None:
    text.check_quotes(file(tmp_path, content.encode()), "utf-8", ";")
