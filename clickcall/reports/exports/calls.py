"""The call log as a table, by the filters of its page."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ... import phones
from ...calls.wording import describe
from ...models import Call, Member, WrapUp
from ...web.sheets import Cell, Row
from .. import queries
from ..rows import Row as Shown
from ..rows import rows

BATCH = 1000


def call_rows(viewer: Member, wishes: dict[str, Any]) -> Iterator[Row]:
    """Headings, then the calls that the viewer sees, newest first; `wishes` as in `LogFilter.wishes`."""
    yield headings(viewer)
    after = ""
    while True:
        page = queries.log(viewer, wishes, only_mine=False, after=after, size=BATCH)
        said = {said.call_id: said for said in WrapUp.objects.filter(call__in=page.rows)}
        for row in rows(page.rows, viewer):
            yield _row(row, said.get(row.call.pk), viewer)
        after = page.after
        if not after:
            return


def headings(viewer: Member) -> list[Cell]:
    return [
        _("Time (%(zone)s)") % {"zone": viewer.account.tz},
        _("Direction"),
        pgettext("column", "Caller"),
        pgettext("column", "Called"),
        _("Company"),
        _("Phone"),
        _("Number we call from"),
        _("What came of it"),
        _("Details"),
        _("Outcome"),
        _("Note"),
        _("Waited, seconds"),
        _("Talk, seconds"),
        _("Total, seconds"),
        _("Recording"),
        _("%(brand)s call no.") % {"brand": viewer.account.brand_name},
        _("Press ID"),
    ]


def _row(row: Shown, said: WrapUp | None, viewer: Member) -> list[Cell]:
    call: Call = row.call
    return [
        call.requested_at.astimezone(viewer.account.tz),
        row.direction,
        row.caller,
        row.called,
        call.contact_company,
        phones.shown(call.contact_phone),
        phones.shown(call.number_digits),
        describe(call, viewer).short,
        row.detail,
        said.outcome_name if said else "",
        said.note if said else "",
        call.wait_duration,
        call.talk_duration,
        call.total_duration,
        call.record_link,
        call.call_session_id,
        call.external_id or "",
    ]
