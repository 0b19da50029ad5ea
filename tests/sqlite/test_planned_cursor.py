"""The short way to ask SQLite: the same answers, errors and rules as Django's own."""

import pytest
from django.db import OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from clickcall.models import Member
from clickcall.models.prepared import Prepared
from clickcall.sqlite.base import PlannedCursor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite; run without DATABASE_URL"),
]
NAMES = Prepared(int, ask=lambda account: Member.objects.filter(account_id=account).order_by().values_list("name"))


def test_a_prepared_question_goes_the_short_way(anna: Member) -> None:
    connection.ensure_connection()
    assert isinstance(connection.planned_cursor(), PlannedCursor)  # type: ignore[attr-defined]
    assert NAMES.rows(anna.account_id) == [[anna.name]]


def test_whoever_looks_at_all_statements_sees_it(anna: Member) -> None:
    with CaptureQueriesContext(connection) as seen:
        NAMES.rows(anna.account_id)
    assert [query["sql"].split()[0] for query in seen] == ["SELECT"]


def test_its_errors_are_django_s(db: None) -> None:
    connection.ensure_connection()
    with pytest.raises(OperationalError), connection.planned_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT nothing FROM nowhere", [])


def test_nothing_is_asked_in_a_transaction_that_is_broken(anna: Member) -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            NAMES.rows(anna.account_id)
        transaction.set_rollback(False)
