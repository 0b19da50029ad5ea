"""Step 2: the key that calls are ordered with."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ...accounts.standing import standing
from ...models import Token, TokenKind
from ..forms import KeyForm
from ..known import Known
from ..step import Seen, State, Step
from .findings import seen

CODES = ("token_invalid", "token_expired", "token_blocked", "login_wrong", "component_missing", "account_inactive")


def step(known: Known) -> Step:
    """Done with a key that was not refused; whether it works is seen once our address is let in."""
    found = seen(known, *CODES) if known.tokens else []
    works = bool(known.diagnosis and known.diagnosis.found("ok"))
    state = State.DONE if known.tokens else State.OPEN
    state_of_keys = standing(known.admin)
    if state_of_keys.has_stopped or (any(line.is_bad for line in found) and not works):
        state = State.BAD
    if state_of_keys.has_stopped and not found:
        found = [Seen(str(key.trouble.what), str(key.trouble.remedy)) for key in state_of_keys.keys if key.trouble]
    return Step(
        "key",
        _("Access key"),
        _summary(known.tokens),
        state,
        seen=found,
        extra={"form": KeyForm(), "token": next(iter(known.tokens), None), "answers": _answers(known)},
    )


def _answers(known: Known) -> list[str]:
    """What went well when we tried."""
    return [finding.message(known.brand) for finding in known.diagnosis.found("ok")] if known.diagnosis else []


def _summary(tokens: list[Token]) -> str:
    if not tokens:
        return _("Without it nobody can call. You make it in the cabinet, where it is shown once")
    token = tokens[0]
    if token.kind == TokenKind.LOGIN:
        return _("“%(name)s”, login and password") % {"name": token.name}
    if token.expires_on is None:
        return _("“%(name)s”. It is not shown in full again") % {"name": token.name}
    until = date_format(token.expires_on, "d.m.Y")
    words = _("“%(name)s”, valid until %(date)s. It is not shown in full again")
    return words % {"name": token.name, "date": until}
