"""The refused rows as a file: as they were, with what is wrong behind them, to be corrected and uploaded again."""

import csv
import io
from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from ...models import ImportRefusal, ImportRun
from ...web.sheets.cells import harmless
from .reasons import REASONS
from .runs import folder_of
from .staging import Rows, open_rows

_SEPARATOR = ";"  # what Excel expects where a comma stands in figures; our own reading finds it as well


def refused_rows(run: ImportRun) -> Iterator[str]:
    """The lines of a CSV with a byte order mark. Raises `FileError` at once when the rows are gone."""
    open_rows(folder_of(run)).close()
    return _lines(run)


def _lines(run: ImportRun) -> Iterator[str]:
    yield "\ufeff"
    yield _line([*run.columns, _("What is wrong")])
    refusals = run.refusals.order_by("pk").iterator(chunk_size=2000)
    with open_rows(folder_of(run)) as file:
        rows = iter(Rows(file))
        for line, wrong in groupby(refusals, lambda refusal: refusal.line):
            texts = next((texts for number, texts in rows if number == line), [])
            yield _line([*texts, "; ".join(map(in_words, wrong))])


def in_words(refusal: ImportRefusal) -> str:
    """The reason, behind the heading that it is about."""
    reason = str(REASONS.get(refusal.reason, refusal.reason))
    return f"{refusal.column}: {reason}" if refusal.column else reason


def _line(texts: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=_SEPARATOR, lineterminator="\r\n").writerow(map(harmless, texts))
    return out.getvalue()
