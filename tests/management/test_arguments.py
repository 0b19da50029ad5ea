"""Values that look like flags."""

import argparse

import pytest
from django.core.management import CommandError, get_commands, load_command_class

from clickcall.management.arguments import with_values


@pytest.fixture
def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("--text")
    parser.add_argument("--number")
    parser.add_argument("--loud", action=argparse.BooleanOptionalAction)
    parser.add_argument("-v", "--verbosity", type=int)
    return parser


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--text", "-Hello"], "-Hello"),
        (["--text", "--Hello=you"], "--Hello=you"),
        (["--text", "-"], "-"),
        (["--text=-Hello"], "-Hello"),
        (["--text", "Hello"], "Hello"),
        (["--text", ""], ""),
        (["--no-loud", "--text", "-1", "--number", "-7"], "-1"),
        (["-v", "2", "--text", "-x", "--loud"], "-x"),
    ],
)
def test_a_value_may_begin_with_a_dash(parser: argparse.ArgumentParser, arguments: list[str], text: str) -> None:
    assert parser.parse_args(with_values(parser, arguments)).text == text


@pytest.mark.parametrize("after", [[], ["--number", "7"], ["--number=7"], ["--no-loud"], ["-v", "2"], ["--"]])
def test_a_flag_without_its_value_is_still_named(parser: argparse.ArgumentParser, after: list[str]) -> None:
    with pytest.raises(argparse.ArgumentError, match="expected one argument"):
        parser.parse_args(with_values(parser, ["--text", *after]))


def test_a_flag_is_written_out_in_every_command_of_ours() -> None:
    ours = [name for name, app in get_commands().items() if app == "clickcall"]
    parsers = {name: load_command_class("clickcall", name).create_parser("manage.py", name) for name in ours}
    assert len(ours) > 15
    assert [name for name, parser in parsers.items() if parser.allow_abbrev] == []


def test_a_shortened_flag_is_none() -> None:
    said = ["--account", "acme", "--as", "anna", "--cont", "79260000000"]
    with pytest.raises(CommandError, match="unrecognized arguments: --cont 79260000000"):
        load_command_class("clickcall", "dial").create_parser("manage.py", "dial").parse_args(said)
