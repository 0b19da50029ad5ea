"""The demo's accounts at their provider: what it knows is fetched, people are linked, it tells us of calls."""

import logging
import time

import requests

from clickcall.accounts.services import employees
from clickcall.calls.webhooks import addresses, pasting
from clickcall.management.demo.past import rows_of
from clickcall.models import Account, Brand, Employee, Member
from clickcall.numbers.sync import synchronise

log = logging.getLogger(__name__)
PATIENCE = 15.0  # seconds until the simulator answers
AT_ONCE = 500  # rows in a request of at most 1 MiB


def connect(provider: str, pages: str, *, is_new: bool) -> None:
    """After each start: the simulator has forgotten what it was told. `is_new`: nobody has linked people yet.

    Both addresses begin with http:// and have no slash at the end. Raises requests.RequestException when the simulator
    does not answer.
    """
    with requests.Session() as http:
        http.trust_env = False
        _wait_for(http, provider)
        for account in Account.objects.filter(brand=Brand.CUSTOM):
            _remind(http, provider, account)
            if problem := synchronise(account).problem:
                log.warning("the data of %s could not be fetched: %s", account.slug, problem)
            if is_new:
                log.info("linked %s people of %s", link_people(account), account.slug)
            addresses.make_secret(account)
            hook = {"url": addresses.address(account, pages), "templates": pasting.templates()}
            _order(http, f"{provider}/webhook", {"account": account.slug, **hook})


def link_people(account: Account) -> int:
    """Confirms what ClickCall suggests; how many members are linked now."""
    found = employees.suggestions(account)
    for member in Member.objects.filter(pk__in=found):
        employee: Employee = found[member.pk]
        employees.link_employee(member, employee)
    return len(found)


def _remind(http: requests.Session, provider: str, account: Account) -> None:
    """The simulator learns of the calls that it had, or would have had, so that both sides agree on the past."""
    rows = list(rows_of(account))
    for first in range(0, len(rows), AT_ONCE):
        _order(http, f"{provider}/past", {"account": account.slug, "rows": rows[first : first + AT_ONCE]})


def _order(http: requests.Session, url: str, body: dict[str, object]) -> None:
    http.post(url, json=body, timeout=5).raise_for_status()


def _wait_for(http: requests.Session, provider: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            http.get(f"{provider}/", timeout=5)
        except requests.ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
