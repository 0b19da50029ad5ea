"""The demo's data: once for a new folder; afterwards only what a start must be sure of."""

import logging
from pathlib import Path

from clickcall.accounts.services import set_password, update_account
from clickcall.contacts.rules import company
from clickcall.management.demo.callers import seed_callers
from clickcall.management.demo.folder import FILLED
from clickcall.management.demo.history import seed
from clickcall.management.demo.people import FILE, members
from clickcall.management.demo.wrap_ups import seed_wrap_ups
from clickcall.management.provisioning.apply import provision
from clickcall.models import Account, Brand, User

log = logging.getLogger(__name__)
# A demo is tried at night as well, and its clients are only simulated.
ROUND_THE_CLOCK = {"weekday_from": 0, "weekday_till": 24, "weekend_from": 0, "weekend_till": 24}
NEVER_ASKS = {"unknown_asks_from": 24}


def fill(folder: Path, provider_port: int) -> bool:
    """Data for a folder that has none yet; in any case the simulator's port and the passwords that will be printed.

    True for a folder that was new.
    """
    done = folder / FILLED
    is_new = not done.exists()
    if is_new:
        run = provision(FILE, {})
        accounts = Account.objects.all()
        calls = sum(seed(account, _base(provider_port)) + seed_callers(account) for account in accounts)
        for account in accounts:
            seed_wrap_ups(account)
            company.change(account, **ROUND_THE_CLOCK, **NEVER_ASKS)
        log.info("filled with %s rows and %s calls", run.tally.created, calls)
        done.touch()
    for account in Account.objects.filter(brand=Brand.CUSTOM):
        _point_at(account, provider_port)
    for member in members():
        if "password" in member:
            _let_in(member["username"], member["password"])
    return is_new


def _point_at(account: Account, port: int) -> None:
    base = _base(port)
    update_account(account, by_operator=True, call_api_url=f"{base}/v4.0", data_api_url=f"{base}/v2.0")


def _base(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _let_in(username: str, password: str) -> None:
    user = User.objects.get(username=username)
    if not user.check_password(password):
        set_password(user, password)
