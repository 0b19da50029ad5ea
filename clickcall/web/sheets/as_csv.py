"""CSV as Excel opens it in Russia: a byte order mark, semicolons, ISO days."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime

from .cells import Cell, Row, harmless, is_misread, writable

_PIECE = 1 << 16  # characters


def csv_file(rows: Iterable[Row]) -> Iterator[bytes]:
    """The file in pieces of about 64 KB."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_text(cell) for cell in row])
        if out.tell() > _PIECE:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if not isinstance(cell, str):
        return str(cell)
    return f"'{cell}" if is_misread(cell) else harmless(writable(cell))
