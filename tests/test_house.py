"""Rules of the house that no other tool watches: words, paths, help texts, templates, what a skip means."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.template.loader import get_template
from support import ci

ROOT: Path = settings.BASE_DIR
TOP = ("clickcall", "templates", "static", "tests", ".ci")
OURS = {".py", ".html", ".css", ".js", ".toml", ".txt", ".md", ".po", ".svg", ".example", ""}
BORROWED = ("vendor", "__pycache__", "icons")
TEMPLATES = sorted(str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.html"))
COMMANDS = sorted(name for name, app in get_commands().items() if app == "clickcall")


def our_files() -> Iterator[Path]:
    """Every text that we wrote ourselves."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in OURS and path.name != ".env")
    for top in TOP:
        for folder, folders, names in os.walk(ROOT / top):
            folders[:] = [name for name in folders if name not in BORROWED]
            yield from (Path(folder, name) for name in names if Path(name).suffix in OURS)


def lines_with(pattern: str) -> list[str]:
    """Where the pattern stands, this file excepted: it has to name what it looks for."""
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in our_files()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if wanted.search(line)
    ]


def test_nothing_is_left_for_later() -> None:
    assert lines_with(r"\b(TODO|FIXME|XXX|HACK)\b|\b(breakpoint|set_trace)\(|console\.log\(") == []


def test_no_machine_and_no_registry_is_named() -> None:
    paths = r"(?<![\w.:/-])/(work|root|home|Users|mnt|tmp)/\w"
    hosts = r"files\.pythonhosted\.org|pypi\.org|registry\.npmjs\.org|--index-url|--extra-index-url"
    assert lines_with(f"{paths}|{hosts}") == []


def test_pinned_versions_are_exact_and_come_from_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text().split("\n")
    assert [line for line in lines if line and not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_the_readme_begins_with_the_two_commands() -> None:
    first_screen = "\n".join((ROOT / "README.md").read_text().splitlines()[:40])
    install = (
        "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[dev]' && .venv/bin/python manage.py"
    )
    assert f"{install} demo" in first_screen
    assert re.search(r"^\.venv/bin/pytest$", first_screen, re.MULTILINE)


def test_the_readme_knows_every_command_and_every_variable() -> None:
    readme, example = (ROOT / "README.md").read_text(), (ROOT / ".env.example").read_text()
    text = (ROOT / "clickcall" / "settings.py").read_text()
    variables = set(re.findall(r'env\.\w+\(\s*"(\w+)"', text)) - {"CLICKCALL_READ_DOTENV"}
    assert [name for name in COMMANDS if name != "fill_demo" and f"`{name}" not in readme] == []
    assert sorted(name for name in variables if f"`{name}`" not in readme) == []
    assert sorted(name for name in variables if f"{name}=" not in example) == []


def test_the_readme_shows_the_fates_that_the_simulator_has() -> None:
    from clickcall.simulator.config_file import load_config  # not at the top: only this test needs the simulator
    from clickcall.simulator.fates import markdown_table

    assert markdown_table(load_config(None).fates) in (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_is_for(name: str) -> None:
    assert len(load_command_class("clickcall", name).help) > 10


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles_with_every_fragment_in_it(name: str) -> None:
    get_template(name)
    source = (ROOT / "templates" / name).read_text()
    for fragment in re.findall(r"{%\s*partialdef\s+([\w-]+)", source):
        get_template(f"{name}#{fragment}")


def test_shell_scripts_are_whole() -> None:
    for script in (ROOT / ".ci").iterdir():
        assert os.access(script, os.X_OK), f"{script.name} cannot be run"
        subprocess.run(["bash", "-n", script], check=True)


def report(outcome: str) -> pytest.TestReport:
    longrepr = ("file.py", 1, "Skipped: no browser") if outcome == "skipped" else None
    return pytest.TestReport("test", ("file.py", 1, "test"), {}, outcome, longrepr, "call")  # type: ignore[arg-type]


def test_a_skip_fails_where_everything_is_installed() -> None:
    found = ci.nothing_skipped(report("skipped"))
    assert (found.outcome, found.longrepr) == ("failed", "Nothing may be skipped here. Skipped: no browser")


def test_what_passes_and_what_is_known_to_fail_stays_so() -> None:
    expected = report("skipped")
    expected.wasxfail = "known"
    assert [ci.nothing_skipped(one).outcome for one in (report("passed"), expected)] == ["passed", "skipped"]
