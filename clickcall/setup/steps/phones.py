"""Step 6: each person checks once whether it is their own phone that rings."""

from django.utils.translation import gettext as _

from ...models import Member, PhoneAnswer
from ..known import Known
from ..step import Pill, State, Step

_SHOWN = 10


def step(known: Known) -> Step:
    """Done once everybody's phone is proved; it holds nobody up."""
    callers = known.callers
    open_ones = [member for member in callers if not known.is_proved(member)]
    done, total = len(callers) - len(open_ones), len(callers)
    said = {"done": done, "total": total}
    summary = _("Everybody answers once: was it their own phone that rang?")
    if total:
        summary = f"{summary} · " + _("Checked: %(done)d of %(total)d") % said
    is_done = total > 0 and not open_ones
    pill = None if is_done or not done else Pill(_("%(done)d of %(total)d") % said, "hourglass", "is-attn")
    return Step(
        "phones",
        _("Phone check"),
        summary,
        State.DONE if is_done else State.LATER if done else State.OPEN,
        pill,
        extra={
            "open": [(member, _answer(known, member)) for member in open_ones[:_SHOWN]],
            "more": max(0, len(open_ones) - _SHOWN),
            "mine": known.admin in open_ones,
            "can_check": known.admin in callers,
        },
    )


def _answer(known: Known, member: Member) -> str:
    """What the newest check of somebody came to who has not been proved."""
    proof = known.proofs.get((member.pk, member.default_number_id or 0))
    answers = {PhoneAnswer.OTHER: _("somebody else's phone rang"), PhoneAnswer.NOTHING: _("nothing rang")}
    return answers[PhoneAnswer(proof.answer)] if proof else _("not checked yet")
