"""Phones as people write them, and what may go on the wire."""

import re

import phonenumbers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clickcall import phones
from clickcall.phones import Phone, PhoneError

COUNTRIES = ("RU", "GB", "DE", "KZ", "US")
WRITTEN = st.text(alphabet="0123456789+ ()-.\u00a0", max_size=24)


@pytest.mark.parametrize(
    ("text", "country", "digits"),
    [
        ("+7 (926) 000-00-00", "RU", "79260000000"),
        ("8 926 000 00 00", "RU", "79260000000"),
        ("8(926)000-00-00", "RU", "79260000000"),
        ("79260000000", "RU", "79260000000"),
        ("7 926 000 00 00", "RU", "79260000000"),
        ("+79260000000", "RU", "79260000000"),
        ("926 000-00-00", "RU", "79260000000"),
        ("  +7 926 000 00 00\n", "RU", "79260000000"),
        ("+7\u00a0926\u00a0000\u201100\u201100", "RU", "79260000000"),
        ("+7.926.000.00.00", "RU", "79260000000"),
        ("8 926 000-00.00", "RU", "79260000000"),
        ("79260000000.0", "RU", "79260000000"),
        ("+79260000000.00", "RU", "79260000000"),
        ("9260000000.0", "RU", "79260000000"),
        ("7 926 000 00 00.0", "RU", "79260000000"),
        ("8 (499) 372-06-92", "RU", "74993720692"),
        ("8 800 555-35-35", "RU", "78005553535"),
        ("+375 29 123-45-67", "RU", "375291234567"),
        ("+44 20 7946 0958", "RU", "442079460958"),
        ("+1 (212) 736-5000", "RU", "12127365000"),
        ("+39 06 6982 1234", "RU", "390669821234"),
        ("020 7946 0958", "GB", "442079460958"),
        ("02079460958", "GB", "442079460958"),
        ("07400 123456", "GB", "447400123456"),
        ("+7 926 000 00 00", "GB", "79260000000"),
        ("030 123456", "DE", "4930123456"),
        ("0151 23456789", "DE", "4915123456789"),
        ("8 701 123 45 67", "KZ", "77011234567"),
        ("(212) 736-5000", "US", "12127365000"),
    ],
)
def test_people_write_phones_in_many_ways(text: str, country: str, digits: str) -> None:
    assert phones.read(text, country) == Phone(digits)


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("", "RU", "empty"),
        (" \t", "RU", "empty"),
        ("101", "RU", "extension"),
        ("12", "RU", "extension"),
        ("12345", "RU", "extension"),
        ("01", "RU", "extension"),
        ("5", "RU", "invalid"),
        ("486173", "RU", "invalid"),
        ("+101", "RU", "invalid"),
        ("+0486173", "RU", "invalid"),
        ("000000000000", "RU", "invalid"),
        ("+7 926 000 00 0", "RU", "invalid"),
        ("+7 926 000 00 000", "RU", "invalid"),
        ("7926000000.0", "RU", "invalid"),
        ("926000000.0", "RU", "invalid"),
        ("8926000000.0", "RU", "invalid"),
        ("+7926000000.0", "RU", "invalid"),
        ("792600000.00", "RU", "invalid"),
        (" 7 926 000 000.0 ", "RU", "invalid"),
        ("0207946095.0", "GB", "invalid"),
        ("89260000000 89260000001", "RU", "invalid"),
        ("8 926 000 00 00", "GB", "invalid"),
        ("020 7946 0958", "RU", "invalid"),
        ("+999 123 456 78", "RU", "invalid"),
        ("+", "RU", "letters"),
        ("()-", "RU", "invalid"),
        ("7" * 300, "RU", "invalid"),
        ("+43 1110", "RU", "invalid"),  # valid to the library, but shorter than any number that the provider takes
        ("+7 926 000-00-00 доб. 12", "RU", "with_extension"),
        ("+7 926 000-00-00 (доб 12)", "RU", "with_extension"),
        ("+7 926 000-00-00 добавочный 12", "RU", "with_extension"),
        ("+7 926 000-00-00 вн.12", "RU", "with_extension"),
        ("+7 926 000-00-00 ext. 5", "RU", "with_extension"),
        ("+7 926 000-00-00 extension 5", "RU", "with_extension"),
        ("89260000000x5", "RU", "with_extension"),
        ("89260000000,5", "RU", "with_extension"),
        ("89260000000;5", "RU", "with_extension"),
        ("89260000000#5", "RU", "with_extension"),
        ("8 926 000 00 00 Иван", "RU", "letters"),
        ("tel:+79260000000", "RU", "letters"),
        ("8-800-FLOWERS", "RU", "letters"),
        ("+7 926 000 00 00 / +7 926 000 00 01", "RU", "letters"),
        ("7926+0000000", "RU", "letters"),
        ("٧٩٢٦٠٠٠٠٠٠٠", "RU", "letters"),
        ("\ud83d", "RU", "letters"),
        ("7926000\x000000", "RU", "letters"),
    ],
)
def test_what_is_not_surely_a_phone_is_refused(text: str, country: str, code: str) -> None:
    with pytest.raises(PhoneError) as caught:
        phones.read(text, country)
    assert caught.value.code == code
    assert str(caught.value.message)


@pytest.mark.parametrize("text", ["048617", "0486173", "04861731", "048617312", " 0486173 "])
def test_six_to_nine_digits_that_begin_with_0_are_a_sip_number(text: str) -> None:
    assert phones.read(text, "RU") == Phone(text.strip(), is_sip=True)


@pytest.mark.parametrize("text", ["486173", "0486173", "79260000000", "0" * 20])
def test_a_phone_marked_as_sip_is_taken_as_it_is(text: str) -> None:
    assert phones.read(text, "RU", is_sip=True) == Phone(text, is_sip=True)


@pytest.mark.parametrize("text", ["12345", "0" * 21, "+486173", "486 173", "sip101", "٤٨٦١٧٣"])
def test_a_sip_number_is_nothing_but_digits(text: str) -> None:
    with pytest.raises(PhoneError) as caught:
        phones.read(text, "RU", is_sip=True)
    assert caught.value.code == "sip"


def test_a_national_form_of_another_country_hints_at_the_plus() -> None:
    with pytest.raises(PhoneError) as caught:
        phones.read("020 7946 0958", "RU")
    assert "begin with a plus" in str(caught.value.message)
    with pytest.raises(PhoneError) as caught:
        phones.read("+44 20 7946", "RU")
    assert "begin with a plus" not in str(caught.value.message)


@given(text=st.one_of(st.text(max_size=30), WRITTEN), country=st.sampled_from(COUNTRIES))
def test_whatever_is_typed_gives_dialable_digits_or_a_phone_error(text: str, country: str) -> None:
    try:
        phone = phones.read(text, country)
    except PhoneError:
        return
    assert re.fullmatch(r"0[0-9]{5,8}" if phone.is_sip else r"[1-9][0-9]{6,14}", phone.digits)


@given(
    region=st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)),
    kind=st.sampled_from((phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)),
    country=st.sampled_from(COUNTRIES),
)
def test_reading_what_was_read_gives_the_same_digits(region: str, kind: int, country: str) -> None:
    example = phonenumbers.example_number_for_type(region, kind)
    assume(example is not None)
    text = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    try:
        digits = phones.read(text, country).digits
    except PhoneError:
        assume(False)
    assert phones.read(f"+{digits}", country).digits == digits
    assert phones.read(phones.shown(digits), country).digits == digits


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("79260000000", "+7 926 000-00-00"),
        ("74993720692", "+7 499 372-06-92"),
        ("442079460958", "+44 20 7946 0958"),
        ("0486173", "0486173"),
        ("", ""),
        ("anonymous", "anonymous"),
        ("999", "+999"),
    ],
)
def test_phones_are_shown_as_people_read_them(digits: str, shown: str) -> None:
    assert phones.shown(digits) == shown


@given(st.one_of(st.text(max_size=40), st.text(alphabet="0123456789²٣", max_size=300)))
def test_showing_a_phone_never_fails(digits: str) -> None:
    assert isinstance(phones.shown(digits), str)
