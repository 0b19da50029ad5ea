"""One of the seven steps, as a page shows it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _


class State(StrEnum):
    """OPEN becomes NOW for the first step that is not done. BAD keeps people from calling; LATER can wait."""

    DONE = "done"
    OPEN = "open"
    NOW = "now"
    BAD = "bad"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Pill:
    """A few words with an icon; `look` is the class."""

    text: str
    icon: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """Something that was found when we tried: what it means, what to do, and the provider's own words."""

    what: str
    remedy: str = ""
    is_bad: bool = True
    said: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """`slug` names its fragment in templates/setup/steps. `at`: when it was seen so.

    `extra` is what that fragment needs besides.
    """

    slug: str
    title: str
    summary: str
    state: State
    pill: Pill | None = None
    at: datetime | None = None
    seen: list[Seen] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"setup/steps/{self.slug}.html"

    @property
    def is_done(self) -> bool:
        return self.state == State.DONE

    @property
    def is_open(self) -> bool:
        """Whether its inside is shown without asking for it."""
        return self.state in (State.NOW, State.BAD)

    @property
    def look(self) -> str:
        """The class of its row: what is bad stands out like what is to be done now."""
        return {State.DONE: "is-done", State.NOW: "is-now", State.BAD: "is-now"}.get(self.state, "is-later")

    @property
    def shown_pill(self) -> Pill:
        return self.pill or _PILLS[self.state]()


_PILLS = {
    State.DONE: lambda: Pill(_("Done"), "check", "is-good"),
    State.OPEN: lambda: Pill(_("Later"), "clock"),
    State.NOW: lambda: Pill(_("Do this now"), "arrow-right", "is-attn"),
    State.BAD: lambda: Pill(_("Keeps you from calling"), "triangle-alert", "is-bad"),
    State.LATER: lambda: Pill(_("Later"), "clock"),
}
