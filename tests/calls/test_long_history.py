"""What each press asks must not grow with the calls of years: the questions begin at their index's newest hours."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from support.calls import make_call

from clickcall.calls.guards import questions
from clickcall.calls.wrapup.pending import unsaid
from clickcall.contacts.rules.facts import of_page
from clickcall.models import Contact, Member, Status, VirtualNumber
from clickcall.reports.queries import log

pytestmark = pytest.mark.only_on("sqlite")


def plans(asked: CaptureQueriesContext) -> Iterator[str]:
    for one in list(asked):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {one['sql']}")
            yield "\n".join(row[3] for row in cursor.fetchall())


def test_the_guards_look_at_the_open_calls_of_a_number_and_at_the_last_hours_of_a_phone(
    anna: Member, number: VirtualNumber, ivan: Contact
) -> None:
    with CaptureQueriesContext(connection) as asked:
        questions(member=anna, number=number, contact=ivan, phone="79260000000", at=now())
    [plan] = plans(asked)
    assert "call_open_of_number (number_id=? AND requested_at>?)" in plan
    assert "call_by_phone (account_id=? AND contact_phone=? AND requested_at>?)" in plan
    assert "SCAN U0" not in plan


def test_a_talk_without_an_outcome_is_looked_for_among_the_members_own_talks(anna: Member) -> None:
    with CaptureQueriesContext(connection) as asked:
        unsaid(anna)
    [plan] = plans(asked)
    assert "call_talk_of_member (member_id=? AND requested_at>?)" in plan
    assert "TEMP B-TREE" not in plan


def test_the_attempts_of_a_page_of_phones_are_looked_up_by_phone(anna: Member) -> None:
    with CaptureQueriesContext(connection) as asked:
        of_page(anna, ["79260000000", "79260000001"], set(), set(), now())
    [plan] = [plan for plan in plans(asked) if "clickcall_wrapup" in plan]
    assert "call_by_phone (account_id=? AND contact_phone=? AND requested_at>?)" in plan
    assert "TEMP B-TREE" not in plan


def test_the_few_calls_on_the_line_are_not_looked_for_in_the_whole_log(maria: Member) -> None:
    make_call(maria, status=Status.TALKING)
    with CaptureQueriesContext(connection) as asked:
        log(maria, {"status": "live"}, only_mine=False)
    keys, page = plans(asked)
    assert "COVERING INDEX call_log_by_status (account_id=? AND status=?)" in keys
    assert "call_log (" not in page
