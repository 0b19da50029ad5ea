"""A provision file as the issue's example writes it, and running one."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from support.provisioning import EXAMPLE, SECRET, Provision, Refuse

from clickcall.management.commands import provision as command


def _nothing_to_prepare() -> None:
    """The test has its tables. `test_commands.py` and `test_provision.py` let the command make them, or find them."""


@pytest.fixture
def example() -> str:
    return EXAMPLE


@pytest.fixture
def provision(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Provision:
    """Runs the command on a text; what it prints."""
    monkeypatch.setenv("ACME_TOKEN", SECRET)
    monkeypatch.setattr(command, "prepare", _nothing_to_prepare)

    def run(text: str) -> dict[str, Any]:
        file = tmp_path / "accounts.toml"
        file.write_text(text, encoding="utf-8")
        out = io.StringIO()
        call_command("provision", str(file), stdout=out, stderr=io.StringIO())
        printed: dict[str, Any] = json.loads(out.getvalue())
        return printed

    return run


@pytest.fixture
def refuse(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """Runs the command on a text that is no good; what it says on standard error, without the file's own name."""
    monkeypatch.setenv("ACME_TOKEN", SECRET)
    monkeypatch.setattr(command, "prepare", _nothing_to_prepare)

    def run(text: str) -> str:
        file = tmp_path / "accounts.toml"
        file.write_text(text, encoding="utf-8")
        out, err = io.StringIO(), io.StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("provision", str(file), stdout=out, stderr=err)
        assert (ended.value.code, out.getvalue()) == (2, "")
        return err.getvalue().removeprefix(f"{file}: ").strip()

    return run
