"""`import_contacts`: a file onto a list, without a browser and at once."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser

from ...contacts.importing import runs, work
from ...contacts.importing.reasons import REASONS
from ...contacts.importing.troubles import TROUBLES, FileError
from ...models import Account, ImportChoice, ImportRun, ImportState
from ..database import require_ready
from ..exact_command import ExactCommand

REFUSED, NO_GOOD = 1, 2
MOST_NAMED = 1000  # refused rows in the output; the file of all of them is on the run's page


class Command(ExactCommand):
    """`import_contacts --account SLUG --list NAME FILE [--choice skip|update|add] [--json]`.

    Ends with 0, with 1 when rows were refused, and with 2 when nothing could be imported. The columns are told by their
    headings. A list that is not there is made.
    """

    help = "Imports contacts from CSV, XLSX, XLS or ODS"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", required=True, metavar="SLUG")
        parser.add_argument("--list", required=True, dest="list_name", metavar="NAME")
        parser.add_argument(
            "--choice", choices=ImportChoice.values, help="what is done with people who are ours already"
        )
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        require_ready()
        try:
            run = _imported(options["account"], options["list_name"], options["file"], options["choice"])
            if run.state != ImportState.DONE:
                self._end(options["as_json"], {"error": run.problem, "message": str(TROUBLES.get(run.problem, ""))})
        except FileError as error:
            self._end(options["as_json"], {"error": error.code, "message": error.message})
        except ValidationError as error:
            self._end(options["as_json"], {"error": "list", "message": " ".join(error.messages)})
        except OSError as error:
            self._end(options["as_json"], {"error": "file", "message": f"{options['file']}: {error.strerror}"})
        except Account.DoesNotExist:
            self._end(options["as_json"], {"error": "account", "message": "There is no such account."})
        told = json.dumps(as_json(run), ensure_ascii=False) if options["as_json"] else "\n".join(in_lines(run))
        self.stdout.write(told)
        if run.refused:
            sys.exit(REFUSED)

    def _end(self, as_json: bool, trouble: dict[str, str]) -> None:
        """Nothing was imported, or not all of it."""
        if as_json:
            self.stdout.write(json.dumps(trouble, ensure_ascii=False))
        else:
            self.stderr.write(trouble["message"])
        sys.exit(NO_GOOD)


def _imported(slug: str, list_name: str, file: Path, choice: str | None) -> ImportRun:
    """The run at its end. Raises `FileError`, `ValidationError`, `OSError` and `Account.DoesNotExist`."""
    account = Account.objects.get(slug=slug)
    with file.open("rb") as opened:
        run = runs.create(
            account=account,
            list=account.lists.filter(name=list_name, archived_at=None).first(),
            new_list=list_name,
            member=None,
            file_name=file.name,
            chunks=iter(lambda: opened.read(1 << 16), b""),
        )
    try:
        runs.set_columns(run, mapping=run.mapping, choice=choice or run.choice)
    except FileError:
        runs.cancel(run)
        raise
    runs.start_unchecked(run)
    while run.is_worked_on:
        if not work.work(run):  # a worker was quicker, and does the same
            time.sleep(0.2)
        run.refresh_from_db()
    return run


def as_json(run: ImportRun) -> dict[str, Any]:
    """What a program wants to know."""
    counts = {name: getattr(run, name) for name in ("total", "added", "updated", "skipped", "refused")}
    refusals = [
        {"line": row.line, "column": row.column, "value": row.value, "reason": row.reason}
        for row in run.refusals.all()[:MOST_NAMED]
    ]
    columns = dict(zip(run.columns, run.mapping, strict=True))
    return {"run": run.pk, "list": run.list.name, **counts, "columns": columns, "refusals": refusals}


def in_lines(run: ImportRun) -> Iterator[str]:
    """What a person wants to know."""
    yield f"{run.added} added, {run.updated} updated, {run.skipped} left as they were, {run.refused} refused"
    for row in run.refusals.all()[:MOST_NAMED]:
        yield f"line {row.line}, {row.column or '-'}: {row.value!r}: {REASONS.get(row.reason, row.reason)}"
