"""How lengths of time are written."""


def duration(seconds: int | None) -> str:
    """Seconds as 0:32 or 1:02:05; a dash where nothing was measured."""
    if seconds is None:
        return "—"
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
