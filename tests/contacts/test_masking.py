"""Phones that sales see masked: what is left of them, and for whom."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from clickcall.contacts import masking
from clickcall.models import Account, CallRules, Member


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


@given(st.from_regex(r"[1-9][0-9]{6,14}|0[0-9]{5,8}", fullmatch=True))
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
