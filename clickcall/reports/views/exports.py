"""Lists and calls as files to keep: for managers and admins, who see every phone whole."""

import logging
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ...models import ContactList
from ...web.decorators import manager_required
from ...web.http import MemberRequest
from ...web.sheets import FORMATS, TYPES, Row, write
from ..exports.calls import call_rows
from ..exports.people import contact_rows
from ..forms import LogFilter

_log = logging.getLogger(__name__)


@require_GET
@manager_required
def contacts(request: MemberRequest, pk: int) -> StreamingHttpResponse:
    """The list's contacts; `?format=xlsx` or `csv`."""
    found = get_object_or_404(ContactList.objects.visible_to(request.member).active(), pk=pk)
    return _file(request, contact_rows(found, request.member), found.name)


@require_GET
@manager_required
def calls(request: MemberRequest) -> StreamingHttpResponse:
    """The calls of the log with the filters of its address."""
    wishes = LogFilter(request.GET, member=request.member, of_all=True).wishes
    return _file(request, call_rows(request.member, wishes), _("Calls"))


def _file(request: MemberRequest, rows: Iterable[Row], name: str) -> StreamingHttpResponse:
    """Whose file it was stays in the server's log: it holds people's data."""
    ending = request.GET.get("format", "csv")
    if ending not in FORMATS:
        raise Http404
    _log.info("export of %s by member %s as %s", request.path, request.member.pk, ending)
    pieces = _spoken(write(rows, ending), get_language() or "en", request.member.account.tz)
    response = StreamingHttpResponse(pieces, content_type=TYPES[ending])
    file_name = f"{name} {localdate()}.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file_name)
    response["Cache-Control"] = "no-store"
    return response


def _spoken(pieces: Iterator[bytes], language: str, zone: ZoneInfo) -> Iterator[bytes]:
    """The pieces in the language and the zone of the request: they are made when its middlewares have gone."""
    while True:
        with translation.override(language), timezone.override(zone):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
