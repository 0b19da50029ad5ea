"""What becomes of a call: chosen by the number dialled, so that nothing is random.

A fate is judged only after every rule of the method was kept: a request with a bad parameter is refused as such.
"""

from collections.abc import Mapping
from enum import StrEnum


class Fate(StrEnum):
    """A fate and, as its `__doc__`, what happens, in one sentence for the README's table."""

    def __new__(cls, value: str, doc: str) -> "Fate":
        member = str.__new__(cls, value)
        member._value_ = value
        member.__doc__ = doc
        return member

    ANSWERED = "answered", "Both pick up and talk. Every number that is not listed."
    BUSY = "busy", "The contact is busy (`caller_busy`)."
    NO_ANSWER = "no_answer", "The contact lets it ring (`caller_not_responsive`)."
    EMPLOYEE_NO_ANSWER = "employee_no_answer", "The employee does not pick up (`operator_not_responsive`)."
    PHONE_OFFLINE = "phone_offline", "The employee's phone is offline (`sip_offline`)."
    COLLEAGUE_ANSWERS = "colleague_answers", "A colleague picks up instead (`another_operator_answer`)."
    CONTACT_UNAVAILABLE = "contact_unavailable", "The contact cannot be reached (`no_success_caller_call`)."
    BLACKLISTED = "blacklisted", "Refused, `contact_in_blacklist`; no call is placed."
    LOST_TIMEOUT = "lost_timeout", "The call is placed, the answer never comes."
    LOST_RESET = "lost_reset", "The call is placed, the connection is reset."
    LOST_BROKEN_JSON = "lost_broken_json", "The call is placed, the answer is cut off in the middle."
    LOST_WRONG_ID = "lost_wrong_id", "The call is placed, the answer carries another request's id."
    HTTP_502 = "http_502", "HTTP 502 with an HTML page; no call is placed."
    INTERNAL_ERROR = "internal_error", "Answered `internal_error`; no call is placed."
    INTERNAL_ERROR_PLACED = "internal_error_placed", "Answered `internal_error`, the call is placed all the same."
    LIMIT_EXCEEDED = "limit_exceeded", "Refused, `limit_exceeded` of the minute; no call is placed."
    ACCESS_TOKEN_EXPIRED = (
        "access_token_expired",
        "Refused, `access_token_expired`, whatever the token; no call is placed.",
    )
    SLOW = "slow", "The call is placed, the answer takes 4 s."
    LONG_TALK = "long_talk", "Both talk for ten minutes."
    UNKNOWN_REASON = "unknown_reason", "They talk; it ends with a reason that is not in the list."
    LOST_NEVER = "lost_never", "The answer never comes; no call is placed."
    HTTP_502_PLACED = "http_502_placed", "HTTP 502 with an HTML page, the call is placed all the same."


REFUSED = {
    Fate.BLACKLISTED: "contact_in_blacklist",
    Fate.INTERNAL_ERROR: "internal_error",
    Fate.LIMIT_EXCEEDED: "limit_exceeded",
    Fate.ACCESS_TOKEN_EXPIRED: "access_token_expired",
}
"""Fates that are a plain refusal, and its mnemonic."""

UNPLACED = frozenset({Fate.LOST_NEVER, Fate.HTTP_502})
"""Fates whose answer says nothing and for which no call exists."""

ON_THE_WIRE = UNPLACED | {
    Fate.LOST_TIMEOUT,
    Fate.LOST_RESET,
    Fate.LOST_BROKEN_JSON,
    Fate.LOST_WRONG_ID,
    Fate.INTERNAL_ERROR_PLACED,
    Fate.SLOW,
    Fate.HTTP_502_PLACED,
}
"""Fates that change how the answer travels."""


def markdown_table(fates: Mapping[str, Fate]) -> str:
    """The configured numbers and their fates as a Markdown table, for the README."""
    rows = [f"| `{number}` | `{fate}` | {fate.__doc__} |" for number, fate in sorted(fates.items())]
    return "\n".join(["| number dialled | fate | what happens |", "|---|---|---|", *rows])
