"""Reads a sheet of a spreadsheet into rows of text, as a process of its own.

A few bytes can claim a cell in column XFD of the last row, and the library makes room for all that lies before it. Here
that costs this process its life, and nobody else anything: its memory and its time are limited. No Django: it has to
start at once.

`sheet_child SOURCE TARGET [SHEET]` prints one JSON object: {sheet, sheets, rows} or {trouble}.
"""

import csv
import json
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

MEMORY = 2 * 1024**3  # bytes of address space
SECONDS = 120  # of processor time
MOST_ROWS, MOST_COLUMNS = 500_000, 200
LONGEST_CELL, LONGEST_NAME = 100_000, 200  # characters
END = "\r\n"  # both of them, or the writer leaves a cell that holds the other one without quotation marks
Cell = int | float | str | bool | time | date | datetime | timedelta


class SheetError(ValueError):
    """A code of `troubles.TROUBLES`."""


def text_of(cell: Cell) -> str:
    """A cell as a person reads it: whole numbers without a point, days without a midnight."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return str(cell)


def filled_down(
    rows: Iterable[list[str]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[list[str]]:
    """A cell merged over several rows counts in each of them; over several columns in the first."""
    ends = {first: last[0] for first, last in merged if last[0] > first[0]}
    held: dict[int, tuple[int, str]] = {}  # column: last row, text
    for number, row in enumerate(rows):
        if ends or held:
            for column, text in enumerate(row):
                if (end := ends.get((number, column))) is not None:
                    held[column] = (end, text)
                elif column in held and held[column][0] >= number:
                    row[column] = held[column][1]
        yield row


def write(rows: Iterable[list[str]], target: Path, start: int) -> int:
    """Rows with anything in them, each behind its number in the sheet. How many they were."""
    count = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator=END)
        for number, row in enumerate(rows, start):
            if not any(row):
                continue
            if max(map(len, row)) > LONGEST_CELL:
                raise SheetError("long_cell")
            count += 1
            if count > MOST_ROWS + 1:
                raise SheetError("too_many_rows")
            writer.writerow([number, *row])
    return count


def convert(source: str, target: Path, wanted: str) -> dict[str, object]:
    from python_calamine import CalamineWorkbook  # after the limits are set

    with CalamineWorkbook.from_path(source) as book:
        names = book.sheet_names
        if not names:
            raise SheetError("empty")
        if max(map(len, names)) > LONGEST_NAME:  # no program writes such
            raise SheetError("damaged")
        if wanted and wanted not in names:
            raise SheetError("no_sheet")
        sheet = book.get_sheet_by_name(wanted or names[0])
        if not wanted:  # the first one with anything on it
            sheet = next((full for name in names if (full := book.get_sheet_by_name(name)).height), sheet)
    if sheet.end and sheet.end[1] >= MOST_COLUMNS:
        raise SheetError("too_many_columns")
    rows = ([text_of(cell).replace("\0", "").replace("\r\n", "\n") for cell in row] for row in sheet.iter_rows())
    count = write(filled_down(rows, sheet.merged_cell_ranges or []), target, 1)
    return {"sheet": sheet.name, "sheets": names, "rows": count}


def main(source: str, target: str, wanted: str = "") -> dict[str, object]:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        return convert(source, Path(target), wanted)
    except SheetError as trouble:
        return {"trouble": str(trouble)}
    except MemoryError:
        return {"trouble": "too_many_columns"}
    except BaseException as error:  # noqa: BLE001 - a panic in the library is no Exception
        return {"trouble": "locked" if type(error).__name__ == "PasswordError" else "damaged"}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201 - this is how it answers
