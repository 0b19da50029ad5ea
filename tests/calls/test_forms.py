"""The number called from and the phone called, as this member may use them."""

import pytest
from support import people
from support.forms import LEAST, press, refusal, sent

from clickcall.calls.forms import CallForm
from clickcall.models import Account, BlacklistEntry, Contact, ContactList, Member, Preset, VirtualNumber
from clickcall.models.saving import save_changes

pytestmark = pytest.mark.usefixtures("number")


@pytest.mark.parametrize("text", ["74993720692", "+74993720692", "8 (499) 372-06-92", "+7 499 372-06-92 "])
def test_the_number_may_be_written_as_people_write_phones(anna: Member, number: VirtualNumber, text: str) -> None:
    form = press(anna, virtual_phone_number=text)
    assert sent(form)["virtual_phone_number"] == number.digits
    assert form.number == number


@pytest.mark.parametrize("text", ["74950000000", "main", "101", "\ud83d"])
def test_the_number_must_be_one_of_ours(anna: Member, number: VirtualNumber, text: str) -> None:
    assert refusal(press(anna, virtual_phone_number=text)) == ("virtual_phone_number", "not_found")


def test_another_accounts_number_is_not_ours(anna: Member, stranger: Member) -> None:
    people.make_number(stranger.account, "74951112233")
    form = press(anna, virtual_phone_number="74951112233")
    assert refusal(form) == ("virtual_phone_number", "not_found")


def test_the_number_must_be_in_use(anna: Member, number: VirtualNumber) -> None:
    save_changes(number, enabled=False)
    assert refusal(press(anna)) == ("virtual_phone_number", "stopped")


def test_sales_use_their_own_numbers_and_nobodys(anna: Member, boris: Member, number: VirtualNumber) -> None:
    assert press(boris).is_valid()
    number.members.add(anna)
    assert press(anna).is_valid()
    assert refusal(press(boris)) == ("virtual_phone_number", "not_yours")


@pytest.mark.parametrize("who", ["maria", "adam"])
def test_managers_and_admins_use_any(
    anna: Member, number: VirtualNumber, who: str, request: pytest.FixtureRequest
) -> None:
    number.members.add(anna)
    assert press(request.getfixturevalue(who)).is_valid()


def test_the_number_must_ring_somebody(anna: Member, number: VirtualNumber) -> None:
    save_changes(number, has_scenario=False)
    assert refusal(press(anna)) == ("virtual_phone_number", "scenario_not_found")


@pytest.mark.parametrize(
    ("text", "country", "digits"),
    [
        ("+7 (926) 000-00-00", "RU", "79260000000"),
        ("8 926 000 00 00", "RU", "79260000000"),
        ("020 7946 0958", "GB", "442079460958"),
        ("0486173", "RU", "0486173"),
    ],
)
def test_the_contact_is_sent_as_digits(anna: Member, text: str, country: str, digits: str) -> None:
    anna.account.country = country
    assert sent(press(anna, contact=text))["contact"] == digits


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("101", "extension"),
        ("8 926 000 00 00 доб. 12", "with_extension"),
        ("Иван", "letters"),
        ("+7 926 000 00", "invalid"),
    ],
)
def test_what_is_no_phone_is_refused(anna: Member, text: str, code: str) -> None:
    assert refusal(press(anna, contact=text)) == ("contact", code)


def test_our_own_numbers_cannot_be_called(account: Account, anna: Member) -> None:
    people.make_number(account, "74951045771", enabled=False)
    form = press(anna, contact="8 495 104 57 71")
    assert refusal(form) == ("contact", "own_virtual_phone_number_not_allowed")


def test_the_blacklist_is_respected(account: Account, anna: Member) -> None:
    BlacklistEntry.objects.create(account=account, digits="79260000000")
    assert refusal(press(anna)) == ("contact", "contact_in_blacklist")


def test_another_accounts_blacklist_is_not_ours(anna: Member, stranger: Member) -> None:
    BlacklistEntry.objects.create(account=stranger.account, digits="79260000000")
    assert press(anna).is_valid()


def test_a_dialled_phone_belongs_to_the_contact_that_has_it(anna: Member, ivan: Contact) -> None:
    form = press(anna)
    assert form.is_valid()
    assert form.person == ivan


def test_a_phone_that_several_share_belongs_to_none(anna: Member, ivan: Contact, leads: ContactList) -> None:
    people.make_contact(leads, "Пётр Иванов", "79260000000")
    form = press(anna)
    assert form.is_valid()
    assert form.person is None


def test_the_pressed_contact_decides_among_them(anna: Member, ivan: Contact, leads: ContactList) -> None:
    other = people.make_contact(leads, "Пётр Иванов", "79260000000")
    form = press(anna, contact="+79260000000", contact_id=str(other.pk))
    assert form.is_valid()
    assert form.person == other


def test_a_stored_sip_number_is_sent_as_it_is(anna: Member, leads: ContactList) -> None:
    olga = people.make_contact(leads, "Ольга", "048617345678")
    form = press(anna, contact="048617345678", contact_id=str(olga.pk))
    assert sent(form)["contact"] == "048617345678"


def test_the_keys_of_a_phone_are_pressed_unless_others_are_given(anna: Member, ivan: Contact, account: Account) -> None:
    ivan.phones.update(keys=".123")
    preset = Preset(account=account, first_call="employee", dtmf_string="9")
    pressed = LEAST | {"contact": "79260000000", "contact_id": str(ivan.pk)}
    assert sent(CallForm(pressed, member=anna, preset=preset))["dtmf_string"] == ".123"
    assert sent(CallForm(pressed | {"dtmf_string": "5#"}, member=anna, preset=preset))["dtmf_string"] == "5#"
    assert sent(CallForm(LEAST, member=anna, preset=preset))["dtmf_string"] == "9"  # dialled by hand


def test_a_contact_whose_phone_was_changed_meanwhile_is_not_called(anna: Member, ivan: Contact) -> None:
    form = press(anna, contact="+79265555555", contact_id=str(ivan.pk))
    assert refusal(form) == ("contact", "changed")


def test_an_archived_contact_is_not_called(anna: Member, ivan: Contact) -> None:
    ivan.archived_at = ivan.account.created_at
    ivan.save()
    assert refusal(press(anna, contact="+79260000000", contact_id=str(ivan.pk))) == ("contact", "changed")


def test_somebody_elses_list_is_not_called_from(account: Account, anna: Member, boris: Member) -> None:
    hers = people.make_contact(people.make_list(account, "Hers", anna))
    assert press(anna, contact="+79260000000", contact_id=str(hers.pk)).is_valid()
    assert refusal(press(boris, contact="+79260000000", contact_id=str(hers.pk))) == ("contact", "changed")
    dialled = press(boris, contact="+79260000000")
    assert dialled.is_valid()
    assert dialled.person is None


@pytest.mark.parametrize("contact_id", ["9" * 30, "0"])
def test_a_contact_that_cannot_be_is_not_called(anna: Member, contact_id: str) -> None:
    assert refusal(press(anna, contact_id=contact_id)) == ("contact", "changed")
