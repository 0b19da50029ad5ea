import pytest
from support.provisioning import ACCOUNT, Provision, Refuse

from clickcall.models import Preset


def test_a_second_default_preset_takes_the_place_of_the_first(provision: Provision) -> None:
    provision(f'{ACCOUNT}\n[[account.preset]]\nname = "One"\ndefault = true')
    provision(f'{ACCOUNT}\n[[account.preset]]\nname = "Two"\ndefault = true\nswitch_at_once = false')
    assert [preset.name for preset in Preset.objects.filter(is_default=True)] == ["Two"]
    assert Preset.objects.get(name="Two").switch_at_once is False


@pytest.mark.parametrize("machine", ['first_call = "contact"', 'message_type = "tts"\nmessage_value = "Hello"'])
def test_what_lets_the_client_hear_a_machine_first_is_never_the_default(
    provision: Provision, refuse: Refuse, machine: str
) -> None:
    robot = f'{ACCOUNT}\n[[account.preset]]\nname = "Robot"\n{machine}'
    refused = refuse(f"{robot}\ndefault = true")
    assert "account[0].preset[0].default: The client would hear a machine first" in refused
    assert not Preset.objects.exists()
    provision(f'{ACCOUNT}\n[[account.preset]]\nname = "Robot"\ndefault = true')
    assert "account[0].preset[0].default" in refuse(robot)
    provision(f"{robot}\ndefault = false")
    assert not Preset.objects.get().is_default
