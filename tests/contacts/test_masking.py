"""Phones that sales see masked: what is left of them, and for whom."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from clickcall.contacts import masking, services
from clickcall.contacts.rules import company
from clickcall.contacts.services import NewPhone
from clickcall.models import Account, CallRules, Contact, ContactList, Member


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("79260000012", "+7 926 •••-••-12"),
        ("74993720692", "+7 499 •••-••-92"),
        ("375291234567", "+375 29 •••-••-67"),
        ("12125551234", "+1 212-•••-••34"),
        ("37129123456", "+371 2• ••• •56"),
        ("496912345678", "+49 69 ••••••78"),
        ("0486173", "•••••73"),
        ("", ""),
    ],
)
def test_the_country_the_area_and_two_digits_are_left(digits: str, shown: str) -> None:
    assert masking.masked(digits) == shown


@given(st.from_regex(r"[1-9][0-9]{8,14}|0[0-9]{5,8}", fullmatch=True))
def test_whatever_the_number_at_least_four_digits_are_hidden(digits: str) -> None:
    shown = masking.masked(digits)
    assert shown.count("•") >= 4
    assert re.sub("[^0-9]", "", shown).endswith(digits[-2:])


@pytest.mark.django_db
def test_only_sales_and_only_where_the_account_says_so(
    account: Account, anna: Member, maria: Member, adam: Member, stranger: Member
) -> None:
    assert not masking.hides(Member.objects.get(pk=anna.pk)), "without rules nothing is hidden"
    CallRules.objects.create(account=account, masks_numbers=True)
    hidden = [masking.hides(Member.objects.get(pk=member.pk)) for member in (anna, maria, adam, stranger)]
    assert hidden == [True, False, False, False]
    assert masking.shown("79260000012", Member.objects.get(pk=anna.pk)) == "+7 926 •••-••-12"
    assert masking.shown("79260000012", maria) == "+7 926 000-00-12"


@pytest.mark.django_db
def test_a_page_of_many_phones_asks_once(anna: Member, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert {masking.shown("79260000012", anna) for _ in range(25)} == {"+7 926 000-00-12"}


@pytest.mark.django_db
def test_who_is_called_by_their_phone_is_renamed_when_phones_become_hidden(
    account: Account, leads: ContactList, ivan: Contact
) -> None:
    nameless = services.add_contact(list=leads, name="+7 812 935-17-46", phones=[NewPhone("78129351746")])
    other = services.add_contact(list=leads, name="+1 Plus", phones=[NewPhone("79261837465")])
    assert company.change(account, masks_numbers=True)
    names = dict(Contact.objects.values_list("pk", "name"))
    assert names == {nameless.pk: "+7 812 •••-••-46", other.pk: "+1 Plus", ivan.pk: "Иван Петров"}
    assert Contact.objects.active().search("8129351746").get() == nameless
    assert Contact.objects.active().search("812").get() == nameless
    assert masking.hide_names(account) == 0
    assert company.change(account, masks_numbers=False)
    assert Contact.objects.get(pk=nameless.pk).name == "+7 812 •••-••-46", "what a name was is not kept"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("8 926 183-74-65", "+7 926 •••-••-65"),
        ("8 (926) 183-74-65", "+7 926 •••-••-65"),
        ("9261837465", "+7 926 •••-••-65"),
        ("+7 926 183-74-65", "+7 926 •••-••-65"),
        ("Иван, 89261837465 или 8-812-935-17-46", "Иван, +7 926 •••-••-65 или +7 812 •••-••-46"),
        ("0486173", "•••••73"),
        ("Иван 2026-11-18", "Иван 2026-11-18"),
        ("8 926 000-00-00", "8 926 000-00-00"),  # somebody else's, whose phone it would be the only trace of
    ],
)
def test_a_contacts_own_phones_are_hidden_in_its_name_however_they_are_written(
    account: Account, leads: ContactList, anna: Member, name: str, kept: str
) -> None:
    phones = [NewPhone("79261837465"), NewPhone("78129351746"), NewPhone("0486173", is_sip=True)]
    before = services.add_contact(list=leads, name=name, phones=phones)
    assert before.name == name
    company.change(account, masks_numbers=True)
    after = services.add_contact(list=leads, name=name, phones=phones)
    renamed = services.add_contact(list=leads, name="Иван", phones=phones)
    services.update_contact(renamed, name=name)
    assert {*Contact.objects.values_list("name", flat=True)} == {kept}
    assert after.search_text == Contact.objects.get(pk=before.pk).search_text
    assert masking.name_shown(name, [phone.digits for phone in phones], anna) == kept


@pytest.mark.django_db
def test_an_imported_row_without_a_name_is_called_by_what_may_be_read(account: Account) -> None:
    assert masking.as_name("78129351746", account) == "+7 812 935-17-46"
    CallRules.objects.create(account=account, masks_numbers=True)
    assert masking.as_name("78129351746", Account.objects.get(pk=account.pk)) == "+7 812 •••-••-46"
