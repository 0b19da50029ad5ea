"""The words of what stops a press, as sales read them."""

import re

from clickcall.calls.causes import CAUSES
from clickcall.numbers.troubles import OF_A_PRESS, OF_MY_NUMBER

NEVER = re.compile(r"(?i)\b(tokens?|ip|json|mnemonics?|scenarios?|components?|points?|error|failed|success)\b")


def test_sales_never_read_the_providers_words() -> None:
    causes = [str(text) for pair in CAUSES.values() for text in pair]
    numbers = [str(text) for _code, text in OF_A_PRESS.values()] + [str(text) for text in OF_MY_NUMBER.values()]
    assert [text for text in causes + numbers if NEVER.search(text)] == []
