"""Somebody with a number and a phone of their own at the provider."""

import pytest

from clickcall.models import Employee, Member
from clickcall.models.saving import save_changes
from clickcall.simulator import Simulator

SIP = "0486101"


@pytest.fixture
def linked(mine: Simulator, anna: Member) -> Member:
    """Anna, whose number is led to her, linked to herself at the provider."""
    employee = Employee.objects.create(
        account=anna.account, provider_id="486101", name=anna.name, phones=[SIP], extension="101"
    )
    save_changes(anna, employee=employee)
    return anna
