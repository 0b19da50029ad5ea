"""Remind me: a press outside calling hours becomes a callback for when they begin."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ...contacts import callbacks
from ...contacts.rules.words import clock
from ...web.decorators import member_required
from ...web.http import MemberRequest, wants_fragment
from ..forms import CallForm
from .press import call_form


@require_POST
@member_required
def remind(request: MemberRequest) -> HttpResponse:
    """What a button sends, judged anew: the hour at which calls begin is the server's, not the page's."""
    form = call_form(request)
    form.is_valid()
    told = _promised(form)
    if wants_fragment(request):
        return render(request, "calls/reminded.html", {"told": told})
    messages.info(request, told)
    return redirect("contacts:detail", form.person.pk) if form.person else redirect("home")


def _promised(form: CallForm) -> str:
    opens = next((finding.opens_at for finding in form.verdict.findings if finding.opens_at), None)
    if opens is None or form.person is None:
        return _("There is nothing to wait for: you can call now.")
    member = form.member
    callbacks.remind(contact=form.person, digits=form.digits, member=member, due_at=opens)
    here = opens.astimezone(member.account.tz)
    return _("We'll remind you at %(there)s there, at %(here)s here") % {
        "there": clock(opens.hour, opens.minute),
        "here": clock(here.hour, here.minute),
    }
