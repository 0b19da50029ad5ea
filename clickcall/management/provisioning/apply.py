"""Making the database look like the file: all of it in one transaction, or nothing."""

from collections.abc import Mapping
from pathlib import Path

from django.db import transaction

from .accounts import apply_account, apply_blacklist, apply_token
from .contacts import apply_list
from .entries import Entry
from .numbers import apply_media, apply_number
from .people import admins_first, apply_member
from .presets import apply_preset
from .run import Run
from .schema import read_file


def provision(path: Path, environment: Mapping[str, str]) -> Run:
    """Applies the file. `environment` answers the `…_env` keys. Raises `BadFile`, and then nothing is changed."""
    run = Run(environment)
    entries = read_file(path)
    with transaction.atomic():
        for entry in entries:
            _account(run, entry)
    return run


def _account(run: Run, entry: Entry) -> None:
    """In the order in which the parts name each other."""
    account = apply_account(run, entry)
    for place, token in enumerate(entry.tables("token")):
        apply_token(run, account, token, place)
    for number in entry.tables("number"):
        apply_number(run, account, number)
    for media in entry.tables("media"):
        apply_media(run, account, media)
    apply_blacklist(run, account, entry)
    for preset in entry.tables("preset"):
        apply_preset(run, account, preset)
    for member in admins_first(entry.tables("member")):
        apply_member(run, account, member)
    for list_ in entry.tables("list"):
        apply_list(run, account, list_)
