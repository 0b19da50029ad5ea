"""`dial` in this process, and what came of it."""

import io
import json
from typing import Any

from django.core.management import call_command
from support.presses import requests_of

from clickcall.simulator import Simulator

KEYS = ["external_id", "dispatch", "call_session_id", "duplicate", "warnings", "error", "errors"]
ACCEPTED, INVALID, NO_CALL, UNKNOWN = 0, 2, 3, 4


def dial(*flags: str, account: str = "acme", who: str = "anna", contact: str = "79260000000") -> dict[str, Any]:
    """What is printed, with the exit code beside."""
    out, code = io.StringIO(), 0
    try:
        call_command("dial", "--account", account, "--as", who, "--contact", contact, *flags, stdout=out)
    except SystemExit as ended:
        code = int(str(ended.code))
    printed: dict[str, Any] = json.loads(out.getvalue())
    assert list(printed) == KEYS
    return printed | {"exit": code}


def sent(provider: Simulator) -> dict[str, Any]:
    """The parameters of the one request, without the key."""
    (line,) = requests_of(provider)
    return {name: value for name, value in line["params"].items() if name not in ("access_token", "external_id")}
