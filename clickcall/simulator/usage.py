"""Which of the account's numbers a call shows, by `virtual_phone_usage_rule`."""

from clickcall.simulator.config import Account, Number


def shown_number(account: Account, asked: str, rule: str, contact: str, turn: int) -> str:
    """The number that the contact sees; `asked` wherever the rule finds none. `turn` replaces chance: it grows."""
    if rule == "fixed":
        return asked
    usable = [number for number in account.numbers if number.rings and number.status == "active"]
    if rule.startswith("regional"):
        usable = [number for number in usable if _same_region(number, contact)]
    if not usable:
        return asked
    choice = int(contact) if rule.endswith("for_numa") else turn
    return usable[choice % len(usable)].number


def _same_region(number: Number, contact: str) -> bool:
    return number.number[:4] == contact[:4]
