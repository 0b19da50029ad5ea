"""An account's outcomes: the usual ones in its language, and what admins make of them."""

import pytest
from django.core.exceptions import ValidationError
from support import people

from clickcall.calls.wrapup import outcomes
from clickcall.models import Account, Effect, Outcome


def names(account: Account) -> list[str]:
    return [row.name for row in outcomes.outcomes_of(account)]


def test_an_account_begins_with_the_usual_outcomes_and_showing_them_stores_nothing(account: Account) -> None:
    account.country = "GB"
    assert names(account) == [
        "Agreed",
        "Call back",
        "Not interested",
        "Wrong number",
        "Answering machine",
        "Do not call",
    ]
    assert not Outcome.objects.exists()


def test_the_first_choice_stores_them_once(account: Account) -> None:
    third = outcomes.outcomes_of(account)[2]
    chosen = outcomes.chosen(account, outcomes.name_of(third))
    assert chosen is not None
    assert (chosen.position, chosen.effect) == (3, Effect.DONE)
    assert outcomes.chosen(account, "usual-3") == chosen
    assert not outcomes.store_usual(account)
    assert Outcome.objects.count() == len(outcomes.USUAL)


@pytest.mark.parametrize("text", ["", "x", "usual-", "usual-x", "usual-99", "9" * 30, "-1", "1e3", "²"])
def test_what_names_no_outcome_is_none(account: Account, text: str) -> None:
    assert outcomes.chosen(account, text) is None


def test_an_outcome_of_another_account_cannot_be_chosen(account: Account) -> None:
    other = people.make_account("rival")
    outcomes.store_usual(other)
    row = other.outcomes.first()
    assert row is not None
    assert outcomes.chosen(account, str(row.pk)) is None


def test_a_new_one_gets_the_next_key_and_moving_changes_keys(account: Account) -> None:
    outcomes.store_usual(account)
    added = outcomes.save(account, None, name="  Sent an offer ", effect=Effect.DONE)
    assert (added.name, added.position) == ("Sent an offer", 7)
    outcomes.move(added, -1)
    assert [row.position for row in outcomes.outcomes_of(account)] == [1, 2, 3, 4, 5, 6, 7]
    assert names(account).index("Sent an offer") == 5
    outcomes.move(outcomes.outcomes_of(account)[0], -1)
    assert names(account).index("Sent an offer") == 5


def test_a_name_stands_once_and_there_are_nine_keys(account: Account) -> None:
    outcomes.store_usual(account)
    for place in range(3):
        outcomes.save(account, None, name=f"Other {place}", effect=Effect.DONE)
    with pytest.raises(ValidationError, match="already"):
        outcomes.save(account, None, name="Other 1", effect=Effect.DONE)
    with pytest.raises(ValidationError, match="nine"):
        outcomes.save(account, None, name="A tenth", effect=Effect.DONE)


def test_one_that_is_put_away_gives_its_key_up_and_comes_back_as_the_last(account: Account) -> None:
    outcomes.store_usual(account)
    first = outcomes.outcomes_of(account)[0]
    outcomes.archive(first)
    assert [row.position for row in outcomes.outcomes_of(account)] == [1, 2, 3, 4, 5]
    first.refresh_from_db()
    outcomes.restore(first)
    assert outcomes.outcomes_of(account)[-1] == first
    assert first.position == 6


def test_the_last_one_stays(account: Account) -> None:
    outcomes.store_usual(account)
    *others, last = outcomes.outcomes_of(account)
    for row in others:
        outcomes.archive(row)
    with pytest.raises(ValidationError, match="last"):
        outcomes.archive(last)
