"""The demo's data: once for a new folder; afterwards only what a start must be sure of."""

import logging
from pathlib import Path

from clickcall.accounts.services import set_password, update_account
from clickcall.management.demo.folder import FILLED
from clickcall.management.demo.history import seed
from clickcall.management.demo.people import FILE, members
from clickcall.management.provisioning.apply import provision
from clickcall.models import Account, Brand, User

log = logging.getLogger(__name__)


def fill(folder: Path, provider_port: int) -> None:
    """Data for a folder that has none yet; in any case the simulator's port and the passwords that will be printed."""
    done = folder / FILLED
    if not done.exists():
        run = provision(FILE, {})
        calls = sum(seed(account) for account in Account.objects.all())
        log.info("filled with %s rows and %s calls", run.tally.created, calls)
        done.touch()
    for account in Account.objects.filter(brand=Brand.CUSTOM):
        _point_at(account, provider_port)
    for member in members():
        if "password" in member:
            _let_in(member["username"], member["password"])


def _point_at(account: Account, port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    update_account(account, call_api_url=f"{base}/v4.0", data_api_url=f"{base}/v2.0")


def _let_in(username: str, password: str) -> None:
    user = User.objects.get(username=username)
    if not user.check_password(password):
        set_password(user, password)
