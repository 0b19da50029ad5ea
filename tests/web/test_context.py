"""The way round, by role."""

import pytest
from django.urls import reverse
from support import people

from clickcall.models import Account
from clickcall.web.context import navigation


def addresses(account: Account, role: str, path: str = "/") -> dict[str, bool]:
    """{address: is current} of the navigation of a member with this role."""
    member = people.make_member(account, f"eva-{role}", role)
    return {item["url"]: item["current"] for group in navigation(member, path) for item in group["items"]}


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (
            "sales",
            [
                *("contacts:list", "contacts:queue", "contacts:callbacks", "reports:called_back"),
                *("reports:my_day", "reports:mine"),
            ],
        ),
        (
            "manager",
            [
                *("reports:log", "reports:called_back", "contacts:callbacks", "contacts:list", "contacts:queue"),
                *("contacts:do_not_call", "numbers:blacklist", "reports:reconciliation"),
                *("reports:my_day", "reports:mine"),
            ],
        ),
        (
            "admin",
            [
                *("setup:index", "numbers:list", "accounts:people", "accounts:teams", "calls:presets"),
                *("calls:outcomes", "accounts:tokens", "contacts:company_rules", "contacts:do_not_call"),
                *("calls:hooks", "accounts:account", "contacts:list", "contacts:queue", "contacts:callbacks"),
                *("reports:log", "reports:called_back", "reports:my_day", "reports:mine", "reports:reconciliation"),
            ],
        ),
    ],
)
def test_each_role_is_led_to_what_it_may_open(account: Account, role: str, names: list[str]) -> None:
    assert list(addresses(account, role)) == [reverse(name) for name in names]


@pytest.mark.parametrize("name", ["reports:log", "reports:mine", "contacts:list", "numbers:list"])
def test_one_entry_is_current_on_each_page(account: Account, name: str) -> None:
    current = [url for url, is_current in addresses(account, "admin", reverse(name)).items() if is_current]
    assert current == [reverse(name)]


def test_the_pages_below_an_entry_belong_to_it(account: Account) -> None:
    assert addresses(account, "sales", reverse("contacts:detail", args=[7]))[reverse("contacts:list")]
