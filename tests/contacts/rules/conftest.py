"""Rules are judged at moments of the tests' own."""

from datetime import UTC, datetime

import pytest

# A Wednesday, 12:00 in Moscow, 19:00 in Vladivostok, 20:00 in Magadan.
NOON = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _company_hours(company_hours: None) -> None:
    """These tests are about them."""


@pytest.fixture
def noon() -> datetime:
    return NOON
