import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from clickcall.management.demo.folder import KEYS, MARKER, FolderError, open_folder


def test_a_new_folder_gets_the_marker_and_keys_of_its_own(tmp_path: Path) -> None:
    with open_folder(tmp_path / "var" / "demo", reset=False) as folder:
        keys = folder.keys()
    assert (folder.path / MARKER).is_file()
    assert len(keys["SECRET_KEY"]) >= 50
    Fernet(keys["CLICKCALL_TOKEN_KEYS"])


def test_the_keys_stay_the_same_and_only_their_owner_may_read_them(tmp_path: Path) -> None:
    with open_folder(tmp_path, reset=False) as folder:
        assert folder.keys() == folder.keys()
    assert stat.S_IMODE((tmp_path / KEYS).stat().st_mode) == 0o600


def test_a_folder_that_is_not_a_demos_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    for reset in (True, False):
        with pytest.raises(FolderError, match="--data-dir"), open_folder(tmp_path, reset=reset):
            pass
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderError, match="--data-dir"), open_folder(tmp_path / "file", reset=True):
        pass


def test_a_reset_begins_anew_and_follows_no_link_out_of_the_folder(tmp_path: Path) -> None:
    demo, outside = tmp_path / "demo", tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    with open_folder(demo, reset=False) as folder:
        before = folder.keys()
    (demo / "link").symlink_to(outside)
    with open_folder(demo, reset=True) as folder:
        assert folder.keys() != before
    assert (outside / "kept").exists()
    assert not (demo / "link").exists()


def test_a_second_start_keeps_what_is_there(tmp_path: Path) -> None:
    with open_folder(tmp_path, reset=False) as folder:
        before = folder.keys()
    (tmp_path / "clickcall.sqlite3").write_text("data")
    with open_folder(tmp_path, reset=False) as folder:
        assert folder.keys() == before
    assert (tmp_path / "clickcall.sqlite3").read_text() == "data"


def test_two_demos_do_not_share_a_folder(tmp_path: Path) -> None:
    with open_folder(tmp_path, reset=False) as running:
        before = running.keys()
        with pytest.raises(FolderError, match="running"), open_folder(tmp_path, reset=True):
            pass
        assert running.keys() == before
