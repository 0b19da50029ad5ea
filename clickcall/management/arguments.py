"""Arguments of the command line whose values may be anything."""

from argparse import ArgumentParser
from collections.abc import Sequence


def with_values(parser: ArgumentParser, arguments: Sequence[str]) -> list[str]:
    """The arguments with each flag's value joined to it, so that the parser takes no "-Hello" for a flag of its own.

    What is a flag of the parser stays one, and so does "--", which ends them: before these a value is missing.
    """
    flags = {"--": 0} | {flag: action.nargs for action in parser._actions for flag in action.option_strings}
    joined: list[str] = []
    waits = False  # the last one is a flag whose value comes next
    for argument in arguments:
        if waits and argument.startswith("-") and argument.partition("=")[0] not in flags:
            joined[-1] += f"={argument}"
            waits = False
        else:
            joined.append(argument)
            waits = argument.startswith("--") and argument in flags and flags[argument] is None
    return joined
