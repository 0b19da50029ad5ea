from support.provisioning import ACCOUNT, Provision, Refuse

from clickcall.models import Contact


def test_two_contacts_with_the_same_first_phone_are_refused_however_it_is_written(refuse: Refuse) -> None:
    contacts = 'contact = [{ name = "A", phone = "8 926 000-00-00" }, { name = "B", phones = ["+79260000000"] }]'
    assert refuse(f'{ACCOUNT}\n[[account.list]]\nname = "L"\n{contacts}').startswith("account[0].list[0].contact[1].")


def test_phones_that_people_added_stay_behind_those_of_the_file(provision: Provision) -> None:
    file = ACCOUNT + '[[account.list]]\nname = "L"\ncontact = [{ name = "A", phones = %s }]'
    provision(file % '["+79260000000", "+79260000001"]')
    assert provision(file % '["+79260000000"]')["updated"] == 0
    assert provision(file % '["+79260000000", "0486173"]')["updated"] == 1
    digits = [phone.digits for phone in Contact.objects.get().phones.all()]
    assert digits == ["79260000000", "0486173", "79260000001"]
