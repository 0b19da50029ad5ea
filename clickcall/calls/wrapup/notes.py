"""A note that two devices write at once loses nothing: the later one stands, and keeps what the other had beside it."""

_END = ".,;:!?… "


def beside(mine: str, theirs: str) -> str:
    """The lines of `theirs` that `mine` does not hold. What I went on typing since counts as held."""
    own = [_plain(line) for line in mine.splitlines()]
    kept = [line.rstrip() for line in theirs.splitlines() if not _held(_plain(line), own)]
    return "\n".join(kept).strip()


def together(mine: str, other: str) -> str:
    """One note of both."""
    return f"{mine.rstrip()}\n{other}".strip() if other else mine


def _held(line: str, own: list[str]) -> bool:
    return not line or any(other.startswith(line) for other in own)


def _plain(line: str) -> str:
    return " ".join(line.split()).rstrip(_END)
