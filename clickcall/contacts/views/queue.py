"""The queue: one contact after another. It offers; a person presses. A GET gives nobody anything."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_POST

from ...models import ContactList
from ...web.decorators import member_required
from ...web.http import UNCHANGED, MemberRequest, wants_fragment
from .. import queue
from ..queries import lists_of
from ..queue import panel, progress, results, standing
from ..queue.offers import running, seek
from ..queue.standing import IDLE, Standing

CHOSEN = "queue_list"  # in the session: the list that the person works
PANEL = "home/next.html"


@require_GET
@member_required
def index(request: MemberRequest) -> HttpResponse:
    """The queue's own page: the contact whom the member has, and how far the list is."""
    found = _now(request)
    if found.phase == "idle" and "nobody" in request.GET:
        found = Standing("nothing", until=_read_time(request.GET["nobody"]))
    return _page(request, found, request.GET.get("list"))


@require_GET
@member_required
def now_there(request: MemberRequest) -> HttpResponse:
    """The panel, if it would look different from what was seen."""
    row = _row(request, request.GET.get("list"))
    found = _now(request)
    if row is None or found.version == request.GET.get("seen"):
        return HttpResponse(status=UNCHANGED)
    return render(request, PANEL, panel.contents(request.member, row, found))


@require_POST
@member_required
def take(request: MemberRequest) -> HttpResponse:
    """Gives the member the next contact, unless the last one is not done with or the queue has to go slowly."""
    row = _row(request, request.POST.get("list"))
    if row is None:
        return redirect("contacts:queue")
    request.session[CHOSEN] = row.pk
    found = standing.asked(request.member, standing.of(request.member))
    if found.phase != "outcome" and (found.phase not in ("calling", "slow") or not _is_of(found, row)):
        until = standing.paused_until(request.member, None, now())
        found = Standing("slow", until=until) if until else _sought(request, row)
    return _panel(request, row, found)


def _sought(request: MemberRequest, row: ContactList) -> Standing:
    found = seek(request.member, row)
    return standing.after(found, None if found.offer else progress.next_at(row))


@require_POST
@member_required
def later(request: MemberRequest) -> HttpResponse:
    """Puts the contact off, and leaves the next one to a press of its own."""
    entry, until = running(request.member, now()), results.LATER.get(request.POST.get("until", ""))
    if entry and until:
        results.postpone(entry.contact, request.member, until(now(), request.member.account))
    return _back(request)


@require_POST
@member_required
def pause(request: MemberRequest) -> HttpResponse:
    """A break: the contact goes back to the queue."""
    queue.release(request.member)
    return _back(request)


@require_POST
@member_required
def renew(request: MemberRequest) -> HttpResponse:
    """Somebody is there."""
    queue.renew(request.member)
    return HttpResponse(status=UNCHANGED)


@require_GET
@member_required
def list_progress(request: MemberRequest, pk: int) -> HttpResponse:
    """How far one list is: the page of lists asks for each that is looked at."""
    row = get_object_or_404(ContactList.objects.visible_to(request.member).active(), pk=pk)
    return render(request, "contacts/queue_progress.html", {"progress": progress.of_list(row)})


def _now(request: MemberRequest) -> Standing:
    """Whom the member has is shown in any case: at the press they are asked as well."""
    found = standing.of(request.member)
    return found if found.phase == "offer" else standing.asked(request.member, found)


def _is_of(found: Standing, row: ContactList) -> bool:
    return found.offer is not None and found.offer.contact.list_id == row.pk


def _row(request: MemberRequest, asked: object) -> ContactList | None:
    return panel.choose(request.member, asked or request.session.get(CHOSEN), lists_of(request.member))


def _back(request: MemberRequest) -> HttpResponse:
    row = _row(request, request.POST.get("list"))
    return _panel(request, row, IDLE) if row else redirect("contacts:queue")


def _panel(request: MemberRequest, row: ContactList, found: Standing) -> HttpResponse:
    """The panel for htmx; without scripts the way to the page, which reads all but "nobody" from the rows."""
    if wants_fragment(request):
        return render(request, PANEL, panel.contents(request.member, row, found))
    told = {"list": str(row.pk)}
    if found.phase == "nothing":
        told["nobody"] = f"{found.until.timestamp():.0f}" if found.until else ""
    return redirect(f"{reverse('contacts:queue')}?{urlencode(told)}")


def _read_time(text: str) -> datetime | None:
    """Of an address that we made; None where somebody wrote something else there."""
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _page(request: MemberRequest, found: Standing, asked: object) -> HttpResponse:
    member, lists = request.member, lists_of(request.member)
    held = found.offer.contact.list_id if found.offer else None
    row = panel.choose(member, asked or held or request.session.get(CHOSEN), lists)
    context: dict[str, Any] = {"lists": lists, "row": row}
    if row:
        context |= panel.contents(member, row, found)
        context["progress"] = progress.of_list(row) if "figures" in request.GET else None
    return render(request, "contacts/queue.html", context)
