"""The demo's own folder: database, keys and logs. Only a folder that carries our marker is ever touched."""

import fcntl
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cryptography.fernet import Fernet

MARKER = ".clickcall-demo"
KEYS = "keys.env"
FILLED = "filled"


class FolderError(Exception):
    """The folder cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Folder:
    """`lock` is held as long as the demo runs."""

    path: Path
    lock: IO[str]

    def log_of(self, name: str) -> Path:
        return self.path / "logs" / f"{name}.log"

    def keys(self) -> dict[str, str]:
        """The two keys, made once; only the owner may read them."""
        file = self.path / KEYS
        if not file.exists():
            text = f"SECRET_KEY={secrets.token_urlsafe(50)}\nCLICKCALL_TOKEN_KEYS={Fernet.generate_key().decode()}\n"
            new = file.with_suffix(".new")
            new.touch(mode=0o600)
            new.write_text(text)
            new.rename(file)
        return dict(line.split("=", 1) for line in file.read_text().splitlines())


def open_folder(path: Path, *, reset: bool) -> Folder:
    """The folder, made if need be, emptied for `reset`. Raises `FolderError`."""
    path = path.resolve()
    marker = path / MARKER
    if path.exists() and not path.is_dir():
        raise FolderError(f"{path} is no folder. Choose another: --data-dir")
    if path.exists() and any(path.iterdir()) and not marker.is_file():
        raise FolderError(f"{path} was not made by the demo, so nothing in it is touched. Choose another: --data-dir")
    path.mkdir(parents=True, exist_ok=True)
    lock = _locked(marker)
    if reset:
        _empty(path)
    (path / "logs").mkdir(exist_ok=True)
    return Folder(path, lock)


def _locked(marker: Path) -> IO[str]:
    lock = marker.open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise FolderError(f"A demo is running in {marker.parent}. End it, or choose another: --data-dir") from None
    return lock


def _empty(path: Path) -> None:
    for one in path.iterdir():
        if one.name == MARKER:
            continue
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        else:
            one.unlink()
