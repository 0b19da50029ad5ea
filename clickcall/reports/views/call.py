"""One call: what happened, for everybody who may see it; what was sent and answered, for managers and admins."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from ...calls import bar, endings
from ...calls.wording import describe
from ...calls.wrapup import tags
from ...calls.wrapup.shown import on_its_page
from ...models import Call, Contact, Origin
from ...provider.redact import redact
from ...web.decorators import member_required
from ...web.http import STOP_POLLING, UNCHANGED, MemberRequest, page, wants_fragment
from ...web.media import plays_media
from .. import asked, recordings, story
from ..rows import people
from .log import zone_name


@require_GET
@member_required
@plays_media
def call(request: MemberRequest, pk: int) -> HttpResponse:
    """Looked at again while the call lives, and then seldom while its recording may still come."""
    calls = Call.objects.visible_to(request.member).select_related("account")
    shown = get_object_or_404(calls, pk=pk)
    context = _about(shown, request)
    if not wants_fragment(request):
        return page(request, "reports/call.html", context)
    if request.GET.get("seen") == context["version"]:
        return HttpResponse(status=UNCHANGED)
    found: recordings.Recording | None = context["recording"]
    is_told = shown.is_final and not (found and found.is_awaited)
    status = STOP_POLLING if is_told else 200
    return page(request, "reports/call.html", context, fragment="record", status=status)


def _about(shown: Call, request: MemberRequest) -> dict[str, Any]:
    caller, called = people(shown, request.member)
    context = {
        "call": shown,
        "caller": caller,
        "called": called,
        "wording": describe(shown, request.member),
        "is_press": shown.origin == Origin.PRESS,
        "is_over": endings.is_over(shown),
        "recording": (recording := recordings.recording(shown)),
        "why": endings.why(shown, request.member),
        "moments": story.moments(shown, request.member),
        "confirmed": asked.in_words(shown.confirmed, asked.CONFIRMED),
        "warnings": asked.in_words(shown.warnings, asked.WARNINGS),
        "contact": Contact.objects.visible_to(request.member).filter(calls=shown).first(),
        "zone": zone_name(),
        "version": f"{bar.version(shown, request.member)}-{recordings.mark(recording)}",
        "can_hang_up": _can_hang_up(shown, request),
    }
    drawn = bar.drawn(request.member)
    said = on_its_page(shown, request.member, on_bar=drawn.get("call") == shown)
    context |= {"bar": drawn, **said, "tags": tags.on_its_page(shown, request.member, said.get("said"))}
    return context | (_wire(shown) if request.member.is_manager else {})


def _can_hang_up(shown: Call, request: MemberRequest) -> bool:
    """The caller does it on the live bar, which shows presses alone."""
    if not bar.can_hang_up(shown):
        return False
    mine = shown.member_id == request.member.pk
    return shown.origin != Origin.PRESS if mine else request.member.is_manager


def _wire(shown: Call) -> dict[str, Any]:
    secrets = story.known_secrets(shown.account)
    return {
        "parameters": asked.parameters(redact(shown.params, secrets)),
        "error": redact(shown.error or {}, secrets),
        "events": story.events(shown, secrets),
    }
