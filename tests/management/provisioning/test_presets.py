from support.provisioning import ACCOUNT, Provision

from clickcall.models import Preset


def test_a_second_default_preset_takes_the_place_of_the_first(provision: Provision) -> None:
    provision(f'{ACCOUNT}\n[[account.preset]]\nname = "One"\ndefault = true')
    provision(f'{ACCOUNT}\n[[account.preset]]\nname = "Two"\ndefault = true\nswitch_at_once = false')
    assert [preset.name for preset in Preset.objects.filter(is_default=True)] == ["Two"]
    assert Preset.objects.get(name="Two").switch_at_once is False
