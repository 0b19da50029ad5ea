"""Which of the account's numbers a call shows, by `virtual_phone_usage_rule`."""

import itertools

from clickcall.simulator.config import Account, Number

_turns = itertools.count()


def shown_number(account: Account, asked: str, rule: str, contact: str) -> str:
    """The number that the contact sees; `asked` wherever the rule finds none that suits."""
    if rule == "fixed":
        return asked
    usable = [number for number in account.numbers if number.scenario and number.status == "active"]
    if rule.startswith("regional"):
        usable = [number for number in usable if _same_region(number, contact)]
    if not usable:
        return asked
    turn = int(contact) if rule.endswith("for_numa") else next(_turns)
    return usable[turn % len(usable)].number


def _same_region(number: Number, contact: str) -> bool:
    return number.number[:4] == contact[:4]
