"""Reading CSV as it is found: its encoding and its separator are worked out from the text."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from .troubles import FileError

SEPARATORS = ";,\t"
LONGEST_CELL = 100_000  # characters
MOST_LINES = 2_000_000  # empty ones included
_SAMPLE = 100_000  # characters that the separator is judged by
_LINES = 50

Record = tuple[int, list[str]]  # the line in the file where it begins, and its cells


def encoding_of(path: Path) -> str:
    """`utf-8-sig` or `cp1251`. Raises `FileError` when it is UTF-8 with damaged letters, or neither.

    Russian text in Windows-1251 makes hardly any valid pair of UTF-8, so a file where most pairs are valid is meant to
    be UTF-8. Read as Windows-1251 it would give "Ð˜Ð²Ð°Ð½" for a name, and nobody would be told.
    """
    data = path.read_bytes()
    if b"\0" in data:
        raise FileError("not_a_table")
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    else:
        return "utf-8-sig"
    broken = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", errors="ignore")) - broken
    try:
        data.decode("cp1251")
    except UnicodeDecodeError as error:
        raise FileError("encoding") from error
    if sound > broken:
        raise FileError("encoding")
    return "cp1251"


def separator_of(path: Path, encoding: str) -> str:
    """The one that cuts the first lines into the most columns, most often as many as in the line before."""
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(_SAMPLE)
    if sample[:4].lower() == "sep=":  # what Excel writes into a first line of its own
        return sample[4] if sample[4:5] in (*SEPARATORS, "|") and sample[4:5] else ";"
    return max(SEPARATORS, key=lambda separator: _fit(sample, separator))


def _fit(sample: str, separator: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if any(row):
                widths[len(row)] += 1
            if widths.total() == _LINES:
                break
    except csv.Error:
        return 0, 0
    width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
    return (times, width) if width > 1 else (0, 0)


def records(path: Path, encoding: str, separator: str) -> Iterator[Record]:
    """Every record of the file. Raises `FileError` at a cell without an end, and for lines without one."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        reader, line = csv.reader(file, delimiter=separator), 1
        try:
            for row in reader:
                if line > MOST_LINES:
                    raise FileError("too_many_rows")
                if line > 1 or not _names_separator(row):
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            raise FileError("long_cell") from error


def check_quotes(path: Path, encoding: str, separator: str) -> None:
    """Raises `FileError` for a quotation mark that is not closed: it would take the lines behind it into its cell.

    It may end with the file, or at the next mark, the opening one of another cell: then a text stands right behind
    that. Within one line a text behind a mark does no harm, and people write that: "ООО "Ромашка"".
    """
    if b'"' not in path.read_bytes():
        return
    csv.field_size_limit(LONGEST_CELL)
    line = 1

    def end() -> Iterator[str]:
        if reader.line_num >= line:  # asked for more in the middle of a record
            raise FileError("open_quote", line=line)
        yield from ()

    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(chain(file, end()), delimiter=separator, strict=True)
        while line <= MOST_LINES:
            try:
                if next(reader, None) is None:
                    return
            except csv.Error as error:
                if reader.line_num > line:
                    raise FileError("open_quote", line=line) from error
            line = reader.line_num + 1


def _names_separator(row: list[str]) -> bool:
    return bool(row) and row[0].lower().startswith("sep=")
