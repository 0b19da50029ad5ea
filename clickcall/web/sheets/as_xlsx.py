"""XLSX: a ZIP of XML parts (ECMA-376), written while it is sent. Texts are texts, moments are dates.

Every text is an inline string in a cell of the format "Text"; one that looks like a formula is marked as quoted
besides, as Excel itself does when somebody types an apostrophe in front: not even editing it makes it calculate.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain, islice
from xml.sax.saxutils import escape

from .cells import Cell, Row, is_formula, writable

MOST_ROWS = 1_048_576  # of one sheet; the rest goes onto the next
LONGEST_TEXT = 32_767  # characters in a cell
_BATCH = 500  # rows between two pieces
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's clock has no zone

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TEXT, _QUOTED, _MOMENT, _DAY, _HEADING = 1, 2, 3, 4, 5
_FONT = '<sz val="11"/><name val="Calibri"/>'
_FORMATTED = 'applyNumberFormat="1"'
_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy\\ hh:mm:ss"/>
<numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy"/></numFmts>
<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="6"><xf/><xf numFmtId="49" {_FORMATTED}/><xf numFmtId="49" quotePrefix="1" {_FORMATTED}/>
<xf numFmtId="164" {_FORMATTED}/><xf numFmtId="165" {_FORMATTED}/>
<xf numFmtId="49" fontId="1" applyFont="1" {_FORMATTED}/></cellXfs></styleSheet>"""
_BEGIN = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" '
    'defaultColWidth="20"/><sheetData>'
)


class _Pipe(io.RawIOBase):
    """What the archive writes, until it is taken; without a place to go back to."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def take(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def xlsx_file(rows: Iterable[Row]) -> Iterator[bytes]:
    """The file in pieces; the headings stand on every sheet."""
    pipe, sheets = _Pipe(), 0
    given = iter(rows)
    headings = next(given, ())
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        upcoming = next(given, None)
        while upcoming is not None or not sheets:
            sheets += 1
            body = islice(chain(() if upcoming is None else (upcoming,), given), MOST_ROWS - 1)
            with archive.open(f"xl/worksheets/sheet{sheets}.xml", "w", force_zip64=True) as part:
                part.write(_BEGIN.encode() + _row(headings, heading=True))
                while batch := b"".join(map(_row, islice(body, _BATCH))):
                    part.write(batch)
                    yield pipe.take()
                part.write(b"</sheetData></worksheet>")
            upcoming = next(given, None)
        for name, text in _frame(sheets).items():
            archive.writestr(name, text)
    yield pipe.take()


def _row(cells: Row, *, heading: bool = False) -> bytes:
    return f"<row>{''.join(_cell(cell, heading) for cell in cells)}</row>".encode()


def _cell(cell: Cell, heading: bool) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, str):
        text = writable(cell)[:LONGEST_TEXT]
        style = _HEADING if heading else _QUOTED if is_formula(text) else _TEXT
        return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    if isinstance(cell, datetime):
        return f'<c s="{_MOMENT}"><v>{_serial(cell)!r}</v></c>'
    if isinstance(cell, date):
        return f'<c s="{_DAY}"><v>{(cell - _EPOCH.date()).days}</v></c>'
    return f"<c><v>{cell}</v></c>"


def _serial(moment: datetime) -> float:
    """Days since the spreadsheet's epoch, by the moment's own clock."""
    passed = moment.replace(tzinfo=None, microsecond=0) - _EPOCH
    return round(passed.days + passed.seconds / 86_400, 9)


def _frame(sheets: int) -> dict[str, str]:
    """The parts that tell what the others are; they come last, when the number of sheets is known."""
    places = range(1, sheets + 1)
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="r{n}"/>' for n in places)
    linked = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in places
    )
    linked += f'<Relationship Id="rs" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    typed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>' for n in places
    )
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    return {
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"{_HEAD}{relations}{linked}</Relationships>",
        "xl/styles.xml": _STYLES,
        "_rels/.rels": (
            f'{_HEAD}{relations}<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ),
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{typed}'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
        ),
    }
