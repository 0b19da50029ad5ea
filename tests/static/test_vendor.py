"""What other people wrote is exactly what VENDOR.toml says, and no page asks another host for anything."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
LISTED = tomllib.loads((TOP / "static/vendor/VENDOR.toml").read_text(encoding="utf-8"))
FILES = LISTED["file"]
FOLDERS = LISTED["folder"]
OURS = sorted(
    path
    for pattern in ("static/*.*", "static/js/*", "static/icons/*", "templates/**/*.html")
    for path in TOP.glob(pattern)
    if path.is_file()
)


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry["name"])
def test_a_vendored_file_has_the_listed_sum(entry: dict[str, str]) -> None:
    assert hashlib.sha256((TOP / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("entry", FOLDERS, ids=lambda entry: entry["name"])
def test_a_vendored_folder_has_the_listed_sum(entry: dict[str, str]) -> None:
    found = hashlib.sha256()
    for path in sorted((TOP / entry["folder"]).iterdir()):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    assert found.hexdigest() == entry["sha256"]


@pytest.mark.parametrize("entry", FILES + FOLDERS, ids=lambda entry: entry["name"])
def test_an_entry_says_version_and_licence_and_the_licence_lies_beside_it(entry: dict[str, str]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", entry["version"])
    assert entry["licence"]
    assert (TOP / entry["licence_file"]).stat().st_size > 500


def test_no_vendored_file_is_unlisted() -> None:
    listed = {entry["file"] for entry in FILES} | {entry["licence_file"] for entry in FILES + FOLDERS}
    listed.add("static/vendor/VENDOR.toml")
    found = {
        path.relative_to(TOP).as_posix()
        for folder in ("static/vendor", "tests/vendor")
        for path in (TOP / folder).rglob("*")
        if path.is_file()
    }
    assert found == listed


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry["name"])
def test_no_vendored_file_points_at_a_source_map(entry: dict[str, str]) -> None:
    assert "sourceMappingURL" not in (TOP / entry["file"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(TOP).as_posix())
def test_our_own_file_names_no_other_host_and_styles_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"""(https?:)?//[a-z0-9.-]+\.[a-z]{2,}""", text)
    assert not re.search(r"""["'(]data:""", text)
    if path.suffix == ".html":
        assert not re.search(r"""<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)|javascript:|hx-on""", text)
