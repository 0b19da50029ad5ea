"""The short way to ask the database: the same answers, errors and rules as Django's own."""

from datetime import UTC, datetime, tzinfo
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError, ProgrammingError, connection, connections, transaction
from django.db.backends.sqlite3.base import DatabaseOperations
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from clickcall.models import Member
from clickcall.models.prepared import Prepared

pytestmark = pytest.mark.django_db
NAMES = Prepared(int, ask=lambda account: Member.objects.filter(account_id=account).order_by().values_list("name"))


def test_a_prepared_question_goes_the_short_way(anna: Member) -> None:
    connection.ensure_connection()
    assert NAMES.rows(anna.account_id) == [[anna.name]]  # compiles it
    database = connections["default"]
    with (
        patch.object(database, "cursor", side_effect=AssertionError),
        patch.object(database, "_prepare_cursor") as long,
    ):
        assert NAMES.rows(anna.account_id) == [[anna.name]]
    long.assert_not_called()


def test_whoever_looks_at_all_statements_sees_it(anna: Member) -> None:
    with CaptureQueriesContext(connection) as seen:
        NAMES.rows(anna.account_id)
    assert [query["sql"].split()[0] for query in seen] == ["SELECT"]


def test_its_errors_are_django_s(db: None) -> None:
    connection.ensure_connection()
    with pytest.raises((OperationalError, ProgrammingError)), transaction.atomic():
        connection.ask("SELECT nothing FROM nowhere", [])  # type: ignore[attr-defined]


@pytest.mark.only_on("sqlite")
def test_a_connection_that_was_closed_is_opened_anew(anna: Member) -> None:
    with patch.object(connection, "connection", None), patch.object(connection, "cursor") as cursor:
        NAMES.rows(anna.account_id)
    cursor.assert_called_once()


def test_nothing_is_asked_in_a_transaction_that_is_broken(anna: Member) -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            NAMES.rows(anna.account_id)
        transaction.set_rollback(False)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("zone", [UTC, ZoneInfo("UTC"), ZoneInfo("Asia/Kolkata"), None])
@pytest.mark.parametrize("microsecond", [0, 1, 999_999])
def test_a_time_is_kept_as_django_keeps_it(zone: tzinfo | None, microsecond: int) -> None:
    moment = datetime(2026, 11, 24, 3, 51, 40, microsecond, tzinfo=zone)
    django_s = DatabaseOperations(connection)  # type: ignore[arg-type]
    assert connection.ops.adapt_datetimefield_value(moment) == django_s.adapt_datetimefield_value(moment)


@pytest.mark.only_on("sqlite")
def test_a_database_in_another_zone_keeps_its_own_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "timezone", ZoneInfo("Asia/Kolkata"))
    assert connection.ops.adapt_datetimefield_value(datetime(2026, 11, 24, tzinfo=UTC)) == "2026-11-24 05:30:00"
