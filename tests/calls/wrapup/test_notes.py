"""Notes of two devices: nothing that was written is lost, and nothing stands twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clickcall.calls.wrapup.notes import beside, together


@pytest.mark.parametrize(
    ("mine", "theirs", "other"),
    [
        ("Wants an invoice", "", ""),
        ("", "Wants an invoice", "Wants an invoice"),
        ("Wants an invoice by Friday", "Wants an inv", ""),
        ("Wants an invoice", "Calls on Friday", "Calls on Friday"),
        ("One\nTwo", "Two\nThree", "Three"),
        ("One\n\nTwo", "One\n\n", ""),
        ("Sent the offer.", "sent the offer", "sent the offer"),
    ],
)
def test_beside_mine_stands_what_i_have_not_written(mine: str, theirs: str, other: str) -> None:
    assert beside(mine, theirs) == other


def test_both_are_one_note() -> None:
    assert together("Mine \n", "Theirs") == "Mine\nTheirs"
    assert together("", "Theirs") == "Theirs"
    assert together("Mine ", "") == "Mine "


lines = st.lists(st.text("abc ", max_size=4), max_size=4).map("\n".join)


@given(lines, lines)
def test_every_line_of_both_is_in_the_one_note(mine: str, theirs: str) -> None:
    both = together(mine, beside(mine, theirs))
    found = [line.strip() for line in both.splitlines()]
    for line in (*mine.splitlines(), *theirs.splitlines()):
        assert any(" ".join(other.split()).startswith(" ".join(line.split())) for other in found) or not line.strip()
    assert beside(both, theirs) == ""
