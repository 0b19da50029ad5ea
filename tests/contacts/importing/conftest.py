"""Files on their way onto a list."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clickcall.contacts.importing import runs, work
from clickcall.models import Account, ContactList, ImportRun

Upload = Callable[..., ImportRun]


@pytest.fixture(autouse=True)
def _files_of_the_test(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Uploads lie in the test's own folder, and no process remembers a run of another test."""
    settings.DATA_DIR = tmp_path
    yield
    work._held.clear()


@pytest.fixture
def upload(account: Account, leads: ContactList) -> Upload:
    """upload(text or bytes, choice=…, **fields) -> a run whose columns are named."""

    def start(content: str | bytes, *, choice: str = "", list: ContactList = leads, **fields: Any) -> ImportRun:  # noqa: A002
        data = content.encode() if isinstance(content, str) else content
        given = {"account": account, "member": None, "file_name": "clients.csv", **fields}
        run = runs.create(list=list, chunks=[data], **given)
        runs.set_columns(run, mapping=run.mapping, choice=choice or run.choice)
        return run

    return start


@pytest.fixture
def imported(upload: Upload) -> Upload:
    """The same, gone through to its end."""

    def whole(content: str | bytes, **options: Any) -> ImportRun:
        run = upload(content, **options)
        runs.start_unchecked(run)
        work.work(run)
        run.refresh_from_db()
        return run

    return whole
