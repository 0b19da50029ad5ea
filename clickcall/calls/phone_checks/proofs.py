"""Whose phone a number was proved to ring. A number is unproven for a member until their newest answer says "mine"."""

from dataclasses import dataclass
from datetime import datetime

from ...models import Account, PhoneAnswer, PhoneCheck


@dataclass(frozen=True, slots=True)
class Proof:
    """The newest answer of a member about a number."""

    answer: str
    at: datetime

    @property
    def is_mine(self) -> bool:
        return self.answer == PhoneAnswer.MINE


def proofs(account: Account) -> dict[tuple[int, int], Proof]:
    """The newest answers by (key of the member, key of the number); checks that nobody answered say nothing."""
    answered = PhoneCheck.objects.filter(account=account).exclude(answer=PhoneAnswer.NONE)
    rows = answered.order_by("asked_at", "pk").values_list("member", "number", "answer", "asked_at")
    return {(member, number): Proof(answer, at) for member, number, answer, at in rows}
