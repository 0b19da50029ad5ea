"""A workbook as Excel 97 saved it (XLS): records of BIFF 8 in a compound file, written byte by byte."""

import struct
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SHORTEST = 4096  # bytes of a stream that has sectors of its own
BOF, EOF, BOUNDSHEET, XF, LABEL, NUMBER, CODEPAGE = 0x809, 0x0A, 0x85, 0xE0, 0x204, 0x203, 0x42
DAY = 14  # the built-in format of a date

Cell = str | int | float | date | None


def xls(path: Path, rows: Iterable[Sequence[Cell]], name: str = "Лист1") -> Path:
    """One sheet."""
    return compound(path, {"Workbook": workbook(rows, name)})


def workbook(rows: Iterable[Sequence[Cell]], name: str) -> bytes:
    looks = b"".join(record(XF, struct.pack("<HHH14x", 0, form, 0)) for form in (0, DAY))
    before = record(BOF, struct.pack("<HHHHII", 0x600, 5, 0, 1997, 0, 0)) + record(CODEPAGE, struct.pack("<H", 1200))
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    begin = len(before + looks) + 4 + 6 + len(title) + 4  # where the sheet stands: behind its own announcement
    announced = record(BOUNDSHEET, struct.pack("<IH", begin, 0) + title)
    return before + looks + announced + record(EOF) + sheet(rows)


def sheet(rows: Iterable[Sequence[Cell]]) -> bytes:
    cells = b"".join(
        cell(line, place, value)
        for line, row in enumerate(rows)
        for place, value in enumerate(row)
        if value is not None
    )
    return record(BOF, struct.pack("<HHHHII", 0x600, 16, 0, 1997, 0, 0)) + cells + record(EOF)


def cell(line: int, place: int, value: Cell) -> bytes:
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return record(LABEL, struct.pack("<HHH", line, place, 0) + text)
    if isinstance(value, date):
        return record(NUMBER, struct.pack("<HHHd", line, place, 1, (value - date(1899, 12, 30)).days))
    return record(NUMBER, struct.pack("<HHHd", line, place, 0, value))


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def compound(path: Path, streams: dict[str, bytes]) -> Path:
    """A compound file: its table of sectors, its directory, then the streams one behind the other."""
    entries, sectors, chains, place = [], b"", [FAT, END], 2
    for name, data in streams.items():
        data = data.ljust(SHORTEST, b"\0")
        count = -(-len(data) // SECTOR)
        entries.append(entry(name, 2, place, len(data)))
        sectors += data.ljust(count * SECTOR, b"\0")
        chains += [*range(place + 1, place + count), END]
        place += count
    root = entry("Root Entry", 5, END, 0, child=0 if not entries else 1)
    directory = b"".join([root, *entries])[:SECTOR].ljust(SECTOR, b"\0")
    table = b"".join(struct.pack("<I", chain) for chain in chains).ljust(SECTOR, b"\xff")
    path.write_bytes(header() + table[:SECTOR] + directory + sectors)
    return path


def header() -> bytes:
    """Version 3; the table of sectors is sector 0, the directory sector 1, and there are no small streams."""
    start = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 62, 3, 0xFFFE, 9, 6)
    where = struct.pack("<10I", 0, 1, 1, 0, SHORTEST, END, 0, END, 0, 0)
    return (start + where).ljust(SECTOR, b"\xff")


def entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    title = name.encode("utf-16-le")
    head = title.ljust(64, b"\0") + struct.pack("<HBBIII", len(title) + 2, kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
