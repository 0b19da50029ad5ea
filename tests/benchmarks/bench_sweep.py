"""What looking after calls costs: prints two tables.

Run from the checkout: `.venv/bin/python tests/benchmarks/bench_sweep.py [calls]`. The first table: so many open calls
(10,000) that have ended at the provider, 100 of them live, and how many requests one sweep over all of them makes, with
the live list and where it was not bought. The second: what pages cost while nobody calls and while 100 calls are live,
in the median of 200, signed in, without what a browser costs. The provider is a simulator in the same process.

To reach: at most 100 requests for 10,000 calls, every one of them settled; a page at most 5 ms dearer while 100 calls
are live, and a poll of the live bar at most 10 ms.
"""
# ruff: noqa: E402 (the settings are chosen before Django is imported)

import atexit
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = tempfile.mkdtemp(prefix="clickcall-bench-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ |= {"CLICKCALL_DATA_DIR": DATA, "DJANGO_SETTINGS_MODULE": "tests.settings", "LOG_LEVEL": "WARNING"}

import django

django.setup()

from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from support import people
from support.calls import build_call
from support.past_days import past_row, remember
from support.presses import connect, requests_of
from support.simulator import NUMBER, SEVER, Rpc, sever_config

from clickcall.calls.bar import version
from clickcall.calls.sweep import sweep_round
from clickcall.management.database import prepare
from clickcall.models import Account, Call, Contact, Dispatch, Member
from clickcall.simulator import Simulator

CALLS, LIVE = 10_000, 100
MOST_REQUESTS, MOST_FOR_LIVE, MOST_FOR_A_POLL = 100, 5.0, 10.0
VIEWS = 200
LONG_TALK = "79260000018"
AGO = timedelta(minutes=30)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def open_presses(caller: Member, simulator: Simulator, calls: int) -> None:
    """Rows whose answers got lost; the provider has ended all of them but the live ones."""
    rpc = Rpc(caller.account.call_api_url)
    live = [f"live-{place}" for place in range(LIVE)]
    for press in live:
        rpc.start(LONG_TALK, external_id=press)
    rpc.close()
    began = (now() - AGO).astimezone(caller.account.tz).strftime("%Y-%m-%d %H:%M:%S")
    ended = range(1, calls - LIVE + 1)
    told = {"talk_duration": 31, "finish_reason": "caller_disconnects", "call_records": ["1"]}
    for start in range(0, len(ended), 1000):
        rows = [past_row(place, began, **told) for place in ended[start : start + 1000]]
        remember(simulator, *rows)
    number = caller.account.numbers.get()
    presses = [(press, LONG_TALK, timedelta()) for press in live]
    presses += [(f"press-{place}", "79260000000", AGO) for place in ended]
    Call.objects.bulk_create(
        build_call(
            caller,
            external_id=press,
            contact_phone=contact,
            number=number,
            dispatch=Dispatch.UNKNOWN,
            requested_at=now() - ago - timedelta(seconds=5),
        )
        for press, contact, ago in presses
    )


def swept(caller: Member, simulator: Simulator) -> tuple[Counter[str], float]:
    """The requests of one sweep by method, and its seconds."""
    before = len(simulator.journal())
    began = time.perf_counter()
    result = sweep_round(everything=True)
    took = time.perf_counter() - began
    if result.failed_accounts:
        raise SystemExit("the provider could not be asked")
    lines = [line for line in simulator.journal()[before:] if line["type"] == "request"]
    return Counter(line["method"] for line in lines), took


def sweeping(account: Account, calls: int, *, bought: bool) -> bool:
    """One line of the first table. True when it is as it should be."""
    caller = account.members.get()
    disabled = () if bought else ("list.calls",)
    with Simulator(sever_config(blacklist=(), disabled_methods=disabled)) as simulator:
        connect(account, simulator.url)
        Call.objects.all().delete()
        open_presses(caller, simulator, calls)
        requests, took = swept(caller, simulator)
        assert not requests_of(simulator, "get.account")
    settled = Call.objects.filter(is_final=True).count()
    live = Call.objects.open().filter(dispatch=Dispatch.ACCEPTED).count()
    sent = sum(requests.values())
    methods = ", ".join(f"{count} {method}" for method, count in requests.items())
    title = "with the live list" if bought else "without it"
    say(f"{title:20} {sent:5} requests ({methods})  {took:6.2f} s  {settled} settled, {live} live")
    return sent <= MOST_REQUESTS and (settled, live) == (calls - LIVE, LIVE)


def milliseconds(browser: Client, path: str) -> float:
    """The median of `VIEWS` views of a page."""
    took = []
    for _ in range(VIEWS):
        began = time.perf_counter()
        answer = browser.get(path)
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code not in (200, 204):
            raise SystemExit(f"{path}: HTTP {answer.status_code}")
    return statistics.median(took)


def viewing(account: Account) -> bool:
    """The second table: the same rows, first as calls that have ended."""
    browser = Client()
    browser.force_login(account.members.get().user)
    pages = {"contacts": reverse("contacts:list"), "call log": reverse("reports:log")}
    shown: list[dict[str, float]] = []
    for is_live in (False, True):
        newest = call_everybody(account, is_live=is_live)
        shown.append({name: milliseconds(browser, path) for name, path in pages.items()})
    bar = f"{reverse('calls:live', args=[newest.pk])}?seen={version(newest, account.members.get())}"
    poll = milliseconds(browser, bar)
    for name in pages:
        say(f"{name:20} {shown[0][name]:6.1f} ms quiet  {shown[1][name]:6.1f} ms while {LIVE} calls are live")
    say(f"{'poll of the bar':20} {poll:6.1f} ms")
    dearer = max(shown[1][name] - shown[0][name] for name in pages)
    return dearer <= MOST_FOR_LIVE and poll <= MOST_FOR_A_POLL


def call_everybody(account: Account, *, is_live: bool) -> Call:
    """Each contact of the first page is being talked to, or was a while ago; the newest call."""
    Call.objects.all().delete()
    caller, number, moment = account.members.get(), account.numbers.get(), now() - AGO
    talk = {"requested_at": moment, "employee_answered_at": moment, "contact_answered_at": moment}
    end = {} if is_live else {"finished_at": moment, "finish_reason": "caller_disconnects", "talk_duration": 31}
    for place, contact in enumerate(account.contacts.order_by("pk")):
        call = build_call(caller, contact=contact, number=number, call_session_id=str(place + 1), **talk, **end)
        call.save()
        Contact.objects.filter(pk=contact.pk).update(last_call=call)
    return call


def main(calls: int) -> None:
    prepare()
    account = people.make_account()
    people.make_member(account, "adam", "admin")
    people.make_token(account, SEVER)
    people.make_number(account, NUMBER)
    leads = people.make_list(account)
    for place in range(LIVE):
        people.make_contact(leads, f"Contact {place}", f"7926{place:07}")
    reached = [sweeping(account, calls, bought=True), sweeping(account, calls, bought=False), viewing(account)]
    if not all(reached):
        raise SystemExit("not reached")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CALLS)
