"""`sync`: a public interface."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from support import people
from support.catalogues import lists, number_row
from support.presses import connect
from support.simulator import SEVER
from support.wire_server import WireServer
from support.wires import serve

from clickcall import gateway
from clickcall.models import Account

__all__ = ["serve"]
NONE = {"added": 0, "changed": 0, "gone": 0}


@pytest.fixture
def provider(account: Account, serve: Callable[..., WireServer]) -> Any:
    """provider(script): the account's provider does what the script says."""
    people.make_token(account, SEVER)

    def start(script: Any) -> WireServer:
        server = serve(script)
        connect(account, server.url.removesuffix("/v4.0"))
        return server

    yield start
    gateway.wire().close()


def run(*flags: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("sync", "--account", "acme", *flags, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_json_is_one_object_with_figures_for_each_list(provider: Any) -> None:
    provider(lists(virtual_numbers=[number_row()], tags=[{"id": 1}, {"id": 2}]))
    code, out, err = run("--json")
    assert (code, err) == (0, "")
    one, two = {"added": 1, "changed": 0, "gone": 0}, {"added": 2, "changed": 0, "gone": 0}
    assert json.loads(out) == {
        "account": "acme",
        "numbers": one,
        "media": NONE,
        "employees": NONE,
        "tags": two,
        "blacklist": NONE,
    }


def test_people_read_the_steps_and_the_figures(provider: Any) -> None:
    provider(lists(virtual_numbers=[number_row()]))
    code, out, _err = run()
    assert code == 0
    assert "2/6 Numbers …" in out
    assert "Numbers: 1 added, 0 changed, 0 gone" in out


def test_who_could_not_ask_says_so_and_ends_with_three(provider: Any) -> None:
    provider(lists(no={"get.account": "ip_not_whitelisted"}))
    code, out, err = run("--json")
    assert code == 3
    assert json.loads(out) == {"account": "acme"} | dict.fromkeys(
        ("numbers", "media", "employees", "tags", "blacklist"), NONE
    )
    assert "does not let our address in (ip_not_whitelisted)" in err


def test_a_list_that_came_in_part_is_not_asked(provider: Any) -> None:
    provider(lists(total=2, tags=[{"id": 1}]))
    code, _out, err = run("--json")
    assert code == 3
    assert "Tags: The provider did not give the whole list" in err


def test_what_was_not_bought_is_named_and_no_failure(provider: Any) -> None:
    provider(lists(no={"get.tags": "component_disabled"}))
    code, out, err = run("--json")
    assert code == 0
    assert json.loads(out)["tags"] == NONE
    assert "Tags: This option is not switched on at the provider (component_disabled)." in err


def test_an_account_that_does_not_exist_ends_with_two(db: None) -> None:
    with pytest.raises(CommandError) as ended:
        call_command("sync", "--account", "acme")
    assert ended.value.returncode == 2


def test_without_a_key_nobody_is_asked(account: Account) -> None:
    code, _out, err = run("--json")
    assert code == 3
    assert "no access key yet (no_key). Add one" in err
