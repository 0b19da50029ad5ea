"""First say how it went: a press that has to wait until the call before it has its outcome."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ...models import Call
from ...web.http import MemberRequest
from ..whose import who
from ..wrapup import shown
from .asking import ask_beside

# What the form says about the call before; the rest is the press itself.
_SAID = ("csrfmiddlewaretoken", "outcome", "when", "at", "asked_by_client", "anyone", "note", "seen", "other")


def ask_first(request: MemberRequest, pk: int) -> HttpResponse:
    """Asks about the call before; the answer goes on with this press, and the same ID."""
    call = Call.objects.select_related("account", "contact").get(pk=pk)
    text = _("First say how the talk with %(name)s went") % {"name": who(call, request.member)}
    context = {"call": call, "text": text, **shown.form(call, request.member)}
    return ask_beside(request, "calls/say_first.html", context, anew=_SAID)
