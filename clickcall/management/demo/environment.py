"""What the demo's processes see of the outside: what a process needs to run, and nothing that could lead elsewhere."""

from collections.abc import Mapping
from pathlib import Path

KEPT = ("HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "PATH", "TMPDIR", "TZ", "USER", "VIRTUAL_ENV")


def child_environment(outside: Mapping[str, str], data_dir: Path, keys: Mapping[str, str]) -> dict[str, str]:
    """No `.env`, no `DATABASE_URL`, no proxy: a database and keys of its own, and a provider on this machine."""
    kept = {name: outside[name] for name in KEPT if name in outside}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "clickcall.settings",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        "CLICKCALL_READ_DOTENV": "0",
        "CLICKCALL_DATA_DIR": str(data_dir),
        "CLICKCALL_ALLOW_PRIVATE_URLS": "1",
        "DEBUG": "0",
        **keys,
    }
