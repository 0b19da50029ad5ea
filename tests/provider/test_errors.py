import pickle

import pytest

from clickcall.provider.errors import AnswerUnknown, NotSent, Outcome, ProviderError, Refused


@pytest.mark.parametrize(
    ("error", "outcome", "text"),
    [
        (NotSent("dns"), Outcome.NOT_SENT, "not_sent: dns"),
        (Refused("http_4xx", http_status=404), Outcome.REFUSED, "refused: http_4xx"),
        (Refused(mnemonic="forbidden", message="secret words"), Outcome.REFUSED, "refused: forbidden"),
        (AnswerUnknown("reset"), Outcome.UNKNOWN, "unknown: reset"),
    ],
)
def test_every_error_has_an_outcome_and_a_short_text(error, outcome, text):
    assert isinstance(error, ProviderError)
    assert (error.outcome, str(error)) == (outcome, text)


def test_an_error_survives_the_way_between_processes():
    error = pickle.loads(pickle.dumps(Refused(mnemonic="forbidden", field="contact", params={"a": 1})))  # noqa: S301
    assert (str(error), error.field, error.params) == ("refused: forbidden", "contact", {"a": 1})
