"""`manage.py messages`: brings the Russian catalogue up to date with the sources; `--check` only looks.

Django's `makemessages` works on a copy: a check leaves the checkout alone, even while others run. The catalogue is
sorted and carries neither places nor dates, so that it changes only when a text does.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from ..exact_command import ExactCommand

LANGUAGE = "ru"
_SOURCES = {"clickcall": "*.py", "templates": "*.html"}


class Command(ExactCommand):
    help = "Collects the texts of the sources into the Russian catalogue and compiles it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="Change nothing; exit 1 if a text is new, gone, untranslated or doubtful, or the .mo file is stale.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if shutil.which("msgmerge") is None:
            raise CommandError("gettext is missing: apt-get install gettext")
        po = Path(settings.LOCALE_PATHS[0], LANGUAGE, "LC_MESSAGES", "django.po")
        with TemporaryDirectory() as scratch:
            fresh, compiled = collected(po, Path(scratch))
            if options["check"]:
                found = [*_stale(po, fresh, compiled), *_untranslated(fresh)]
                if found:
                    raise CommandError("\n".join(found))
                return
            shutil.copyfile(fresh, po)
            shutil.copyfile(compiled, po.with_suffix(".mo"))
            self.stdout.write("\n".join([*_untranslated(fresh), f"Written: {po}"]))


def collected(po: Path, scratch: Path) -> tuple[Path, Path]:
    """The catalogue as the sources want it, in text and compiled; both in the scratch folder."""
    for folder, names in _SOURCES.items():
        for source in (settings.BASE_DIR / folder).rglob(names):
            copy = scratch / source.relative_to(settings.BASE_DIR)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
    merged = scratch / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
    merged.parent.mkdir(parents=True)
    if po.exists():
        shutil.copyfile(po, merged)
    # Without settings: they would lead `makemessages` from the copy back to the checkout's own catalogue.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    options = ("-l", LANGUAGE, "--no-location", "--no-obsolete", "-v", "0")
    _output(sys.executable, "-m", "django", "makemessages", *options, cwd=scratch, env=environment)
    lines = _output("msgcat", "--sort-output", "--no-wrap", str(merged)).splitlines(keepends=True)
    fresh = scratch / "fresh.po"
    fresh.write_text("".join(line for line in lines if not line.startswith('"POT-Creation-Date:')), encoding="utf-8")
    compiled = fresh.with_suffix(".mo")
    _output("msgfmt", "--check-format", "--check-domain", "-o", str(compiled), str(fresh))
    return fresh, compiled


def _stale(po: Path, fresh: Path, compiled: Path) -> list[str]:
    mo = po.with_suffix(".mo")
    again = "Run: manage.py messages"
    if not po.exists() or po.read_bytes() != fresh.read_bytes():
        return [f"{po.name} does not hold the texts of the sources. {again}"]
    if not mo.exists() or _output("msgunfmt", str(mo)) != _output("msgunfmt", str(compiled)):
        return [f"{mo.name} is older than {po.name}. {again}"]
    return []


def _untranslated(fresh: Path) -> list[str]:
    """What a translator still has to do, with the entries themselves."""
    kinds = {"--untranslated": "Without a translation:", "--only-fuzzy": "With a guessed translation (fuzzy):"}
    found = []
    for kind, title in kinds.items():
        entries = _output("msgattrib", kind, "--no-obsolete", "--no-wrap", str(fresh)).strip().split("\n\n")
        if entries[1:]:  # the first one is the catalogue's header
            found.append("\n".join([title, *entries[1:]]))
    return found


def _output(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """What a tool prints. Raises CommandError with its complaint."""
    environment = {**(env or os.environ), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)  # noqa: S603 - our own words
    if done.returncode:
        raise CommandError(done.stderr or done.stdout)
    return done.stdout
