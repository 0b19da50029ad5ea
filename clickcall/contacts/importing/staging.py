"""An upload made ready: `rows.csv`, in which every row stands behind its line number in the file.

Whatever the upload was, all that follows reads this one kind of file, and can go on at any byte where a row begins.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from . import formats, sheet_child, text
from .sheet_child import MOST_COLUMNS, MOST_ROWS
from .text import Record
from .troubles import FileError

UPLOAD, ROWS = "upload", "rows.csv"  # in the folder of a run
END = sheet_child.END
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
    count = 0
    with (folder / ROWS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator=END)
        for line, row in text.records(upload, encoding, separator):
            if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
                raise FileError("too_many_columns")
            if any(row):
                count += 1
                writer.writerow([line, *row[:MOST_COLUMNS]])
            if count > MOST_ROWS + 1:
                break
    return Staged("csv", count, encoding=encoding, separator=separator)


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
        self._reader = csv.reader(self._lines())

    def _lines(self) -> Iterator[str]:
        for line in self._file:
            self.offset += len(line)
            yield line.decode("utf-8")

    def __iter__(self) -> Iterator[Record]:
        for row in self._reader:
            yield int(row[0]), row[1:]

    def take(self, count: int) -> list[Record]:
        """At most `count` rows; none at the end."""
        return [(int(row[0]), row[1:]) for _place, row in zip(range(count), self._reader, strict=False)]


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
