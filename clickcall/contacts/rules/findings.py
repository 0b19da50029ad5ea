"""What the company rules say about calling a phone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from ...models import DoNotCall, Member
from ...models.consents import ConsentState
from .words import NOTHING, Words, in_words


class Kind(StrEnum):
    FREE = ""
    ASK = "ask"
    BLOCK = "block"


class Code(StrEnum):
    """The rules, the most pressing first."""

    DO_NOT_CALL = "do_not_call"
    PBX_BLACKLIST = "pbx_blacklist"
    NO_CONSENT = "no_consent"
    OUTSIDE_HOURS = "outside_hours"
    TIME_UNKNOWN = "time_unknown"
    ATTEMPTS_DAY = "attempts_day"
    ATTEMPTS_MONTH = "attempts_month"


@dataclass(frozen=True)
class Finding:
    """One rule that stands in the way, with what its words need.

    `is_named` says whether the contact is known. `there` is the time at the contact's and `opens_at` when calls begin
    there again, both in the contact's zone.
    """

    kind: Kind
    code: Code
    entry: DoNotCall | None = None
    consent: ConsentState | None = None
    there: datetime | None = None
    opens_at: datetime | None = None
    attempts: int = 0
    is_named: bool = True

    @property
    def needs_reason(self) -> bool:
        """Whether going on has to be explained: an hour that nobody knows may be noon."""
        return self.kind == Kind.ASK and self.code != Code.TIME_UNKNOWN

    def words(self, viewer: Member) -> Words:
        """The finding as the member reads it."""
        return in_words(self, viewer)


@dataclass(frozen=True)
class Verdict:
    """All that stands in the way of a press. The first finding is the one that a button names."""

    findings: tuple[Finding, ...] = ()

    @cached_property
    def first(self) -> Finding | None:
        return self.findings[0] if self.findings else None

    @property
    def kind(self) -> str:
        """Empty (call), "ask" (a person may go on) or "block"."""
        return str(self.first.kind) if self.first else ""

    @property
    def code(self) -> str:
        return str(self.first.code) if self.first else ""

    @property
    def codes(self) -> list[str]:
        return [str(finding.code) for finding in self.findings]

    @property
    def needs_reason(self) -> bool:
        return any(finding.needs_reason for finding in self.findings)

    def words(self, viewer: Member) -> Words:
        """What the button says; empty when nothing stands in the way."""
        return self.first.words(viewer) if self.first else NOTHING


FREE = Verdict()
