"""The short way to a Russian phone and the library's long one, side by side."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clickcall import phones
from clickcall.contacts.importing.quick import russian

WAYS = (
    "+7{}",
    "8{}",
    "7{}",
    "{}",
    "+7 ({}",
    "8-{}",
    "8({}",
    "+ 7{}",
    "(+7){}",
    "'{}",
    "8.{}",
    " 8{}",
    "+8{}",
    "+7{})",
    "7{}.0",
    " {}.00",
)
digits = st.text("0123456789", min_size=8, max_size=12)
national = st.one_of(digits, digits.map(lambda text: f"9{text[:9]}"), digits.map(lambda text: f"495{text[:7]}"))


def slowly(text: str, country: str) -> str | None:
    try:
        return phones.read(text, country).digits
    except phones.PhoneError:
        return None


@given(number=national, way=st.sampled_from(WAYS), country=st.sampled_from(["RU", "KZ", "GB", "US"]), data=st.data())
@settings(max_examples=400, deadline=None)
def test_the_short_way_says_what_the_library_says_or_nothing(
    number: str, way: str, country: str, data: st.DataObject
) -> None:
    text = way.format(number)
    place = data.draw(st.integers(0, len(text)))
    text = (
        text[:place]
        + data.draw(st.sampled_from(["", " ", "-", ") ", "(", ".", "\t", "\u00a0", "+", "5"]))
        + text[place:]
    )
    quick = russian(text, country)
    assert quick is None or quick == slowly(text, country)


@given(st.text("0123456789 ()+-.", max_size=20))
@settings(max_examples=400, deadline=None)
def test_nor_does_any_heap_of_signs_get_another_answer(text: str) -> None:
    quick = russian(text, "RU") if text else None
    assert quick is None or quick == slowly(text, "RU")


@pytest.mark.parametrize(
    "text", ["+7 926 000-00-00", "8 (926) 000-00-00", "79260000000", "9260000000", "8-495-123-45-67"]
)
def test_the_usual_ways_of_writing_are_quick(text: str) -> None:
    assert russian(text, "RU") == phones.read(text, "RU").digits


@pytest.mark.parametrize("text", ["+7 926 000-00-00 доб. 5", "7.926E+10", "123", "+44 20 7946 0958", "8 000 000-00-00"])
def test_whatever_is_unusual_is_left_to_the_library(text: str) -> None:
    assert russian(text, "RU") is None


@pytest.mark.full
def test_a_million_phones_get_the_same_answer() -> None:
    chance, quick = random.Random(7), 0
    until = time.monotonic() + 120
    for _place in range(1_000_000):
        number = chance.choice(("9", "8", "4", "3", "")) + "".join(chance.choices("0123456789", k=9))
        text = chance.choice(WAYS).format(number)
        found = russian(text, "RU")
        if found is not None:
            quick += 1
            assert found == slowly(text, "RU"), text
        if time.monotonic() > until:
            break
    assert quick > 10_000
