"""Tables as files: CSV and XLSX, written row by row, so that their size costs no memory. No text is ever calculated."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from .as_csv import csv_file
from .as_xlsx import xlsx_file
from .cells import Cell, Row

__all__ = ["FORMATS", "TYPES", "Cell", "Row", "write"]

# The file's ending: its media type.
TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FORMATS: Mapping[str, Callable[[Iterable[Row]], Iterator[bytes]]] = {"xlsx": xlsx_file, "csv": csv_file}


def write(rows: Iterable[Row], ending: str) -> Iterator[bytes]:
    """The file in pieces; the first row holds the headings. KeyError for an unknown ending."""
    return FORMATS[ending](rows)
