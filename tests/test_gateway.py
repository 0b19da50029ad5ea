"""Over which wire an account's requests go."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from support import people
from support.wire_server import WireServer, sends
from support.wires import OK, serve

from clickcall import gateway
from clickcall.models import Account
from clickcall.provider.errors import ProviderError

__all__ = ["serve"]

pytestmark = pytest.mark.django_db
WAYS: list[Callable[[Account], object]] = [
    lambda account: gateway.call_api(account, "key").list_calls(request_id="r1"),
    lambda account: gateway.data_api(account, "key").get_account(request_id="r2"),
    lambda account: gateway.probe_client(account, account.urls[1], str).request("get.account", {}, request_id="r3"),
    lambda account: gateway.session_key(account, "login", "password", request_id="r4"),
    lambda account: gateway.end_session(account, "key", request_id="r5"),
]


@pytest.fixture
def inside(serve: Callable[..., WireServer]) -> Iterator[WireServer]:
    """A server on an address that is not public."""
    yield serve(sends(OK))
    for public_only in (False, True):
        gateway.wire(public_only=public_only).close()
        gateway.quick_wire(public_only=public_only).close()


def ended(account: Account) -> set[str]:
    """How each way to the provider ends."""
    causes = set()
    for ask in WAYS:
        with pytest.raises(ProviderError) as caught:
            ask(account)
        causes.add(str(caught.value))
    return causes


def test_an_address_from_a_page_leads_nowhere_inside(inside: WireServer, settings: Any) -> None:
    urls = {"call_api_url": f"{inside.url}v4.0", "data_api_url": f"{inside.url}v2.0"}
    assert ended(people.make_account(**urls)) == {"unknown: not_json"}
    typed = people.make_account("typed", typed_urls=list(urls.values()), **urls)
    before = inside.connections
    assert ended(typed) == {"not_sent: unreachable"}
    assert inside.connections == before
    settings.CLICKCALL_ALLOW_PRIVATE_URLS = True
    assert ended(typed) == {"unknown: not_json"}
