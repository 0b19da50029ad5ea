"""The top of a prepared file: its headings, where the rows begin, and a few of them to look at."""

from dataclasses import dataclass
from pathlib import Path

from .headings import letters, place_of_headings
from .staging import Rows, open_rows
from .text import Record

_LOOK = 20  # rows in which the headings are looked for
SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Head:
    """`offset` is the byte at which the first row begins, `above` how many rows stand before it."""

    headings: list[str]
    offset: int
    above: int
    samples: list[Record]


def read_head(folder: Path) -> Head:
    """Columns without a heading are named by their letter. Raises `FileError`."""
    with open_rows(folder) as file:
        first = Rows(file).take(_LOOK)
        place = place_of_headings([texts for _line, texts in first])
        above = 0 if place is None else place + 1
        rows = Rows(file)
        rows.take(above)
        offset, samples = rows.offset, rows.take(SAMPLES)
    named = first[place][1] if place is not None else []
    width = max([len(named), *(len(texts) for _line, texts in samples)], default=0) if not named else len(named)
    names = [" ".join(named[column].split()) if column < len(named) else "" for column in range(width)]
    return Head([name[:200] or letters(column) for column, name in enumerate(names)], offset, above, samples)
