"""First say how it went: a press that has to wait until the call before it has its outcome."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ...models import Call
from ...web.http import MemberRequest
from ..whose import who
from ..wrapup import shown
from .asking import ask_beside

# What the form says about the call before; the rest is the press itself.
_SAID = ("csrfmiddlewaretoken", "outcome", "when", "at", "asked_by_client", "anyone", "note", "seen", "other")


@dataclass(frozen=True, slots=True)
class Refused:
    """What was said about a call and could not be meant: the reason, and the time as it was typed."""

    call: int
    text: str
    when: str
    typed: str

    @property
    def shown(self) -> dict[str, str]:
        """For the form of the outcome, over what it shows otherwise."""
        return {"wrap_up_error": self.text, "chosen_time": self.when, "typed_time": self.typed}


def ask_first(request: MemberRequest, pk: int, refused: Refused | None = None) -> HttpResponse:
    """Asks about the call before; the answer goes on with this press, and the same ID."""
    call = Call.objects.select_related("account", "contact").get(pk=pk)
    text = _("First say how the talk with %(name)s went") % {"name": who(call, request.member)}
    context: dict[str, Any] = {"call": call, "text": text, **shown.form(call, request.member)}
    if refused and refused.call == pk:
        context |= refused.shown
    return ask_beside(request, "calls/say_first.html", context, anew=_SAID)
