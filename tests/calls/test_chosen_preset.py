"""How a press calls when its page named a preset."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.timezone import now
from support.press_pages import HTMX, PRESS, fields
from support.presses import requests_of

from clickcall.models import Call, Member, Preset
from clickcall.simulator import Simulator

As = Callable[..., Client]
GONE = "This way of calling is no longer in use. Choose another one, or call from the contact's page."


@pytest.fixture
def quick(anna: Member) -> Preset:
    return Preset.objects.create(account=anna.account, name="Quick", first_call="employee", switch_at_once=True)


def test_a_press_calls_as_its_page_chose(mine: Simulator, anna: Member, quick: Preset, as_: As) -> None:
    as_(anna).post(PRESS, fields(preset=str(quick.pk)), **HTMX)
    assert Call.objects.get().preset == quick


def test_a_preset_that_was_put_away_meanwhile_is_not_replaced_by_another(
    mine: Simulator, anna: Member, quick: Preset, as_: As
) -> None:
    Preset.objects.create(account=anna.account, name="Usual", is_default=True)
    Preset.objects.filter(pk=quick.pk).update(archived_at=now())
    answer = as_(anna).post(PRESS, fields(preset=str(quick.pk), place="dialpad"))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"preset": [GONE]}
    assert 'id="id_preset_error"' in answer.content.decode()
    assert requests_of(mine) == []


@pytest.mark.parametrize("chosen", ["0", "9" * 30, "abc"])
def test_a_preset_that_nobody_has_is_named_beside_the_button(
    mine: Simulator, anna: Member, as_: As, chosen: str
) -> None:
    answer = as_(anna).post(PRESS, fields(preset=chosen), **HTMX)
    assert GONE in answer.content.decode().replace("&#x27;", "'")
    assert not Call.objects.exists()
    assert requests_of(mine) == []
