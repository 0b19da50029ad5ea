"""Numbers and media files: what may be written, and what goes along with it."""

import pytest
from django.core.exceptions import ValidationError
from support import people

from clickcall.models import Account, MediaFile, Member, VirtualNumber
from clickcall.numbers import services


def test_a_number_is_added_with_the_people_who_call_from_it(account: Account, anna: Member) -> None:
    number = services.add_number(account=account, digits="74993720692", name=" Moscow ", members=[anna])
    assert (str(number), number.name, number.enabled, number.has_scenario) == ("+74993720692", "Moscow", True, None)
    assert list(number.members.all()) == [anna]


def test_a_number_that_is_there_already_is_refused_beside_the_digits(number: VirtualNumber) -> None:
    with pytest.raises(ValidationError) as refused:
        services.add_number(account=number.account, digits=number.digits)
    assert refused.value.message_dict == {"digits": ["This number is already on the list."]}


def test_two_accounts_may_share_a_number(number: VirtualNumber, stranger: Member) -> None:
    assert services.add_number(account=stranger.account, digits=number.digits).pk != number.pk


@pytest.mark.parametrize("digits", ["", "+74993720692", "0486173", "8 499 372", "123456", "1" * 16])
def test_only_digits_with_the_country_code_are_a_number(account: Account, digits: str) -> None:
    with pytest.raises(ValidationError) as refused:
        services.add_number(account=account, digits=digits)
    assert list(refused.value.message_dict) == ["digits"]


def test_a_stranger_in_the_list_of_people_leaves_no_number_behind(account: Account, stranger: Member) -> None:
    with pytest.raises(ValidationError) as refused:
        services.add_number(account=account, digits="74993720692", members=[stranger])
    assert list(refused.value.message_dict) == ["members"]
    assert not VirtualNumber.objects.filter(account=account).exists()


def test_saving_the_same_again_changes_nothing(number: VirtualNumber) -> None:
    assert services.update_number(number, enabled=False, has_scenario=False)
    assert not services.update_number(number, enabled=False, has_scenario=False)
    number.refresh_from_db()
    assert (number.enabled, number.has_scenario) == (False, False)


def test_a_name_that_is_too_long_is_refused_beside_it(number: VirtualNumber) -> None:
    with pytest.raises(ValidationError) as refused:
        services.update_number(number, name="x" * 101)
    assert list(refused.value.message_dict) == ["name"]


def test_assigning_is_exact_and_idempotent(number: VirtualNumber, anna: Member, boris: Member) -> None:
    assert services.assign_number(number, [anna])
    assert services.assign_number(number, [boris])
    assert not services.assign_number(number, [boris])
    assert list(number.members.all()) == [boris]


def test_a_number_that_stops_being_assigned_stops_being_the_default(
    number: VirtualNumber, anna: Member, boris: Member
) -> None:
    for member in (anna, boris):
        services.set_default_number(member, number)
    services.assign_number(number, [boris])
    anna.refresh_from_db()
    boris.refresh_from_db()
    assert (anna.default_number, boris.default_number) == (None, number)


def test_the_default_number_is_assigned_as_well(number: VirtualNumber, anna: Member, boris: Member) -> None:
    services.assign_number(number, [boris])
    assert services.set_default_number(anna, number)
    assert not services.set_default_number(anna, number)
    assert set(number.members.all()) == {anna, boris}
    assert list(VirtualNumber.objects.usable_by(anna)) == [number]


def test_taking_the_default_away_leaves_the_number_assigned(number: VirtualNumber, anna: Member) -> None:
    services.set_default_number(anna, number)
    assert services.set_default_number(anna, None)
    assert not services.set_default_number(anna, None)
    assert list(number.members.all()) == [anna]


def test_a_number_of_another_account_is_nobodys_default(anna: Member, stranger: Member) -> None:
    theirs = people.make_number(stranger.account)
    with pytest.raises(ValidationError) as refused:
        services.set_default_number(anna, theirs)
    assert list(refused.value.message_dict) == ["number"]


def test_a_file_is_known_once(account: Account) -> None:
    services.add_media_file(account=account, provider_id=" 237 ", name="Hello")
    with pytest.raises(ValidationError) as refused:
        services.add_media_file(account=account, provider_id="237")
    assert refused.value.message_dict == {"provider_id": ["This file is already on the list."]}


def test_a_kind_that_does_not_exist_is_refused(account: Account) -> None:
    with pytest.raises(ValidationError) as refused:
        services.add_media_file(account=account, provider_id="237", kind="film")
    assert list(refused.value.message_dict) == ["kind"]


def test_a_file_is_renamed_once(account: Account) -> None:
    media_file = services.add_media_file(account=account, provider_id="237")
    assert services.update_media_file(media_file, name="Hello")
    assert not services.update_media_file(media_file, name="Hello")


def test_a_file_that_is_gone_comes_back(account: Account) -> None:
    media_file = services.add_media_file(account=account, provider_id="237")
    assert services.mark_media_gone(account=account, provider_id="237")
    assert not services.mark_media_gone(account=account, provider_id="237")
    media_file.refresh_from_db()
    assert not MediaFile.objects.playable().exists()
    assert services.restore_media_file(media_file)
    assert list(MediaFile.objects.playable()) == [media_file]


def test_a_file_that_nobody_knew_is_remembered_as_gone(account: Account) -> None:
    assert services.mark_media_gone(account=account, provider_id="999")
    assert MediaFile.objects.get(account=account).gone_at is not None


def test_what_is_too_long_to_be_an_id_is_not_remembered(account: Account) -> None:
    assert not services.mark_media_gone(account=account, provider_id="9" * 41)
    assert not MediaFile.objects.exists()
