"""The demo's own folder: database, keys and logs. Only a folder that carries our marker is ever touched."""

import fcntl
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

MARKER = ".clickcall-demo"
KEYS = "keys.env"
FILLED = "filled"


class FolderError(Exception):
    """The folder cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that is ours as long as the demo runs."""

    path: Path

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


@contextmanager
def open_folder(path: Path, *, reset: bool) -> Iterator[Folder]:
    """The folder, made if need be, emptied for `reset`, and locked against a second demo. Raises `FolderError`."""
    path = path.resolve()
    marker = path / MARKER
    if path.exists() and not path.is_dir():
        raise FolderError(f"{path} is no folder. Choose another: --data-dir")
    if path.exists() and any(path.iterdir()) and not marker.is_file():
        raise FolderError(f"{path} was not made by the demo, so nothing in it is touched. Choose another: --data-dir")
    path.mkdir(parents=True, exist_ok=True)
    with marker.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderError(f"A demo is running in {path}. End it, or choose another: --data-dir") from None
        if reset:
            _empty(path)
        (path / "logs").mkdir(exist_ok=True)
        yield Folder(path)


def _empty(path: Path) -> None:
    for one in path.iterdir():
        if one.name == MARKER:
            continue
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
        else:
            one.unlink()
