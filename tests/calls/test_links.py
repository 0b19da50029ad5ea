"""Phone links as other pages and programs write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickcall.calls.links import read_link

WRITTEN = {
    "tel:+7-926-000-00-00": "79260000000",
    "tel:+79260000000": "79260000000",
    "TEL:8(926)000-00-00": "79260000000",
    "tel://+79260000000": "79260000000",
    "callto:+79260000000": "79260000000",
    "tel:%2B79260000000": "79260000000",
    "tel%3A%2B7%20926%20000-00-00": "79260000000",
    "%252B79260000000": "79260000000",
    " 79260000000": "79260000000",  # "+" in an address is a blank
    "tel: 49 30 901820": "4930901820",
    "+49 30 901820": "4930901820",
    "8 926 000 00 00": "79260000000",
    "\t+79260000000\r\n": "79260000000",
    "tel:926-000-00-00;phone-context=+7": "79260000000",
    "0486173": "0486173",
}
EXTENSIONS = ("tel:+74993720692;ext=123", "tel:+74993720692;phone-context=x;ext=123", "+7 499 372-06-92 доб. 123")
EXTENSIONS += ("+7 499 372-06-92, доб 123", "+74993720692x123", "tel:+74993720692,,123", "tel:+74993720692#123")


@pytest.mark.parametrize("text", WRITTEN)
def test_a_phone_is_read_however_the_link_is_written(text: str) -> None:
    link = read_link(text, "RU")
    assert (link.phone and link.phone.digits, link.extension, link.trouble) == (WRITTEN[text], "", "")


@pytest.mark.parametrize("text", EXTENSIONS)
def test_an_extension_is_told_apart(text: str) -> None:
    link = read_link(text, "RU")
    assert (link.phone and link.phone.digits, link.extension) == ("74993720692", "123")


@pytest.mark.parametrize("text", ["", "  ", "tel:", "tel://", ";ext=12"])
def test_a_link_without_a_number_says_so(text: str) -> None:
    link = read_link(text, "RU")
    assert link.phone is None
    assert "no number in this link" in link.trouble


@pytest.mark.parametrize(
    "text", ["tel:call-me", "javascript:alert(1)", "tel:123", "+7 926", "8926000000000", "%", "%zz"]
)
def test_what_is_no_phone_is_refused_with_a_reason(text: str) -> None:
    link = read_link(text, "RU")
    assert link.phone is None
    assert link.trouble.endswith(".")


@given(st.text(max_size=300))
def test_no_text_at_all_is_too_strange(text: str) -> None:
    link = read_link(text, "RU")
    assert (link.phone is None) == bool(link.trouble)
    assert link.phone is None or link.phone.digits.isdigit()
