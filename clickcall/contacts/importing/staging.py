"""An upload made ready: `rows.csv`, in which every row stands behind its line number in the file.

Whatever the upload was, all that follows reads this one kind of file, and can go on at any byte where a row begins.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from . import formats, sheet_child, text
from .sheet_child import MOST_COLUMNS, MOST_ROWS
from .text import Record
from .troubles import FileError

UPLOAD, ROWS = "upload", "rows.csv"  # in the folder of a run
END = sheet_child.END
_CHUNK = 1000  # rows that are read or written at once
_PATIENCE = 180  # seconds, more than the child may compute


@dataclass(frozen=True, slots=True)
class Staged:
    """What was found in an upload; `rows` counts those with anything in them, headings included."""

    format: str
    rows: int
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)


def stage(folder: Path, sheet: str = "") -> Staged:
    """Makes `rows.csv` of the upload in `folder`. Raises `FileError`, and leaves no rows then."""
    kind = formats.detect(folder / UPLOAD)
    try:
        staged = _stage_text(folder) if kind == "csv" else _stage_sheet(folder, kind, sheet)
        _check_count(staged.rows)
    except FileError:
        (folder / ROWS).unlink(missing_ok=True)
        raise
    return staged


def _check_count(rows: int) -> None:
    if rows == 0:
        raise FileError("empty")
    if rows > MOST_ROWS + 1:  # one of them is the headings
        raise FileError("too_many_rows")


def _stage_text(folder: Path) -> Staged:
    upload = folder / UPLOAD
    encoding = text.encoding_of(upload)
    separator = text.separator_of(upload, encoding)
    text.check_quotes(upload, encoding, separator)
    found = (record for record in text.records(upload, encoding, separator) if any(record[1]))
    with (folder / ROWS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator=END)
        count = 0
        while rows := [[line, *_narrow(row)] for line, row in islice(found, _CHUNK)]:
            writer.writerows(rows)
            count += len(rows)
            if count > MOST_ROWS + 1:
                break
    return Staged("csv", count, encoding=encoding, separator=separator)


def _narrow(row: list[str]) -> list[str]:
    if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
        raise FileError("too_many_columns")
    return row[:MOST_COLUMNS]


def _stage_sheet(folder: Path, kind: str, sheet: str) -> Staged:
    command = [sys.executable, "-m", sheet_child.__name__, str(folder / UPLOAD), str(folder / ROWS), sheet]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False, cwd=_ROOT)  # noqa: S603
        answer: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"trouble": "too_many_columns"}
    except (subprocess.TimeoutExpired, ValueError):
        answer = {"trouble": "damaged"}
    if "trouble" in answer:
        raise FileError(answer["trouble"])
    return Staged(kind, answer["rows"], sheet=answer["sheet"], sheets=answer["sheets"])


_ROOT = Path(__file__).resolve().parents[3]  # where the child finds the package


class Rows:
    """The rows of a prepared file from a byte on; `offset` is where the next one begins."""

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        self.offset = offset
        self._file = file
        file.seek(offset)
        csv.field_size_limit(text.LONGEST_CELL)

    def __iter__(self) -> Iterator[Record]:
        while rows := self.take(_CHUNK):
            yield from rows

    def take(self, count: int) -> list[Record]:
        """The next `count` rows, fewer at the end. A row is a line or more: so no more lines are read than needed."""
        rows: list[Record] = []
        while len(rows) < count and (data := self._whole_rows(count - len(rows))):
            self.offset += len(data)
            rows += [(int(row[0]), row[1:]) for row in csv.reader(io.StringIO(data.decode(), newline=""))]
        return rows

    def _whole_rows(self, lines: int) -> bytes:
        """So many lines, and those that belong to the last row as well: its quotation marks are even in number."""
        data = b"".join(islice(self._file, lines))
        while data.count(b'"') % 2 and (more := self._file.readline()):
            data += more
        return data


def keep_rows(folder: Path, lines: Container[int]) -> None:
    """Leaves only the rows of these lines in the prepared file. Raises `FileError` when it is gone."""
    kept = folder / f"{ROWS}.kept"
    with open_rows(folder) as file, kept.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator=END)
        writer.writerows([line, *texts] for line, texts in Rows(file) if line in lines)
    kept.replace(folder / ROWS)


def open_rows(folder: Path) -> BinaryIO:
    """Raises `FileError` when the prepared file is gone."""
    try:
        return (folder / ROWS).open("rb")
    except FileNotFoundError as error:
        raise FileError("gone") from error
