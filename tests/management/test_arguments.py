"""Values that look like flags."""

import argparse

import pytest

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
