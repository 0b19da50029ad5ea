"""The provider's blacklist: read by managers, changed by admins, at the provider first and here afterwards."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from support.catalogues import lists
from support.wire_server import WireServer, hangs, http, resets

from clickcall.models import Account, BlacklistEntry, Member
from clickcall.numbers import blacklist
from clickcall.numbers.sync import synchronise
from clickcall.provider.errors import ProviderError
from clickcall.simulator import Simulator

Provider = Callable[..., Simulator]
Scripted = Callable[..., WireServer]
PHONE, TYPED = "79991112233", "8 999 111-22-33"
ADD, PAGE = "/numbers/blacklist/add/", "/numbers/blacklist/"


@pytest.fixture
def admin(adam: Member, as_: Callable[..., Client]) -> Client:
    return as_(adam)


def entry(account: Account, **fields: Any) -> BlacklistEntry:
    return BlacklistEntry.objects.create(account=account, **({"digits": PHONE, "provider_id": "5"} | fields))


def phones_at(simulator: Simulator) -> set[str]:
    return set(simulator.world.blacklists.phones(simulator.world.config.accounts[0]))


def present() -> list[str]:
    return list(BlacklistEntry.objects.filter(gone_at=None).values_list("digits", flat=True))


def refused(seen: Any, sock: Any) -> None:
    error = {"code": -32602, "message": "already there", "data": {"mnemonic": "error"}}
    sock.sendall(http(json.dumps({"jsonrpc": "2.0", "id": seen.call["id"], "error": error})))


def provider_of(acts: Any, rows: list[dict[str, Any]]) -> Any:
    """Does `acts` to what would change the blacklist, and lists these rows."""
    listed = lists(blacklist_phone_numbers=rows)
    return lambda seen, sock: (listed if seen.call["method"].startswith("get.") else acts)(seen, sock)


def test_a_phone_is_blocked_there_and_here(admin: Client, provider: Provider, account: Account) -> None:
    simulator = provider(blacklist=())
    answer = admin.post(ADD, {"phone": TYPED, "comment": "rude"}, follow=True).content.decode()
    assert "+7 999 111-22-33 is on the PBX blacklist." in answer
    assert phones_at(simulator) == {PHONE}
    found = BlacklistEntry.objects.get()
    assert (found.digits, found.comment, bool(found.provider_id)) == (PHONE, "rude", True)
    assert synchronise(account).counts["blacklist"].changed == 0


def test_a_phone_is_taken_off_there_and_here(admin: Client, provider: Provider, account: Account) -> None:
    simulator = provider(blacklist=(PHONE, "79991112244"))
    synchronise(account)
    pk = BlacklistEntry.objects.get(digits=PHONE).pk
    assert "calls go both ways again" in admin.post(f"{PAGE}{pk}/remove/", follow=True).content.decode()
    assert phones_at(simulator) == {"79991112244"}
    assert present() == ["79991112244"]


def test_one_that_was_known_without_its_id_is_looked_up_first(provider: Provider, account: Account) -> None:
    simulator = provider(blacklist=(PHONE,))
    blacklist.unblock(entry(account, provider_id=""))
    assert phones_at(simulator) == set()


def test_one_that_was_gone_there_already_goes_here_too(provider: Provider, account: Account) -> None:
    provider(blacklist=())
    for provider_id in ("", "999"):
        BlacklistEntry.objects.all().delete()
        blacklist.unblock(entry(account, provider_id=provider_id))
        assert present() == []


def test_one_that_stood_there_already_is_no_mistake(provider: Provider, account: Account) -> None:
    provider(blacklist=(PHONE,))
    entry(account, gone_at=now())
    assert blacklist.block(account, PHONE, "rude").gone_at is None
    assert present() == [PHONE]


@pytest.mark.parametrize("fate", [resets, refused])
def test_after_a_lost_answer_the_list_itself_decides(scripted: Scripted, account: Account, fate: Any) -> None:
    scripted(provider_of(fate, [{"id": 7, "phone_number": PHONE}]))
    assert blacklist.block(account, PHONE).provider_id == "7"
    with pytest.raises(ProviderError):
        blacklist.block(account, "79991112244")
    with pytest.raises(ProviderError):
        blacklist.unblock(BlacklistEntry.objects.get())
    assert present() == [PHONE]


@pytest.mark.parametrize(
    ("fate", "words"), [(resets, "whether it did it"), (refused, "The provider says: already there")]
)
def test_what_went_wrong_is_said_beside_what_was_typed(
    admin: Client, scripted: Scripted, fate: Any, words: str
) -> None:
    scripted(provider_of(fate, []))
    answer = admin.post(ADD, {"phone": TYPED})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert f'value="{TYPED}"' in answer.content.decode()
    assert present() == []


def test_without_a_key_nothing_is_changed(admin: Client, account: Account) -> None:
    pk = entry(account).pk
    assert "Nothing was changed. ClickCall has no access key yet." in admin.post(ADD, {"phone": TYPED}).content.decode()
    assert "Nothing was changed." in admin.post(f"{PAGE}{pk}/remove/", follow=True).content.decode()
    assert present() == [PHONE]


@pytest.mark.parametrize("typed", ["", "101", "0486101", "+7 926 000 00", "Ivan"])
def test_what_is_no_phone_from_outside_is_refused_without_a_request(
    admin: Client, scripted: Scripted, typed: str
) -> None:
    server = scripted(hangs)
    answer = admin.post(ADD, {"phone": typed})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["phone"])
    assert server.requests == []


def test_the_page_warns_what_blocking_means(admin: Client) -> None:
    assert "This person will not be able to call you either." in admin.get(PAGE).content.decode()


def test_managers_read_and_change_nothing(maria: Member, account: Account, as_: Callable[..., Client]) -> None:
    pk = entry(account, comment="rude").pk
    browser = as_(maria)
    page = browser.get(PAGE).content.decode()
    assert "+7 999 111-22-33" in page
    assert "rude" in page
    assert "/remove/" not in page
    assert ADD not in page
    assert browser.post(ADD, {"phone": TYPED}).status_code == 403
    assert browser.post(f"{PAGE}{pk}/remove/").status_code == 403


def test_sales_and_strangers_see_nothing_of_it(
    anna: Member, stranger: Member, account: Account, as_: Callable[..., Client]
) -> None:
    pk = entry(account).pk
    assert as_(anna).get(PAGE).status_code == 403
    assert "111-22-33" not in as_(stranger).get(PAGE).content.decode()
    assert as_(stranger).post(f"{PAGE}{pk}/remove/").status_code == 404
    assert present() == [PHONE]


def test_a_part_of_a_phone_finds_it_as_people_write_it(admin: Client, account: Account) -> None:
    entry(account)
    entry(account, digits="79260000000")
    page = admin.get(PAGE, {"q": "999 111-22"}).content.decode()
    assert "+7 999 111-22-33" in page
    assert "+7 926 000-00-00" not in page
    assert "No such phone" in admin.get(PAGE, {"q": "555"}).content.decode()


def test_who_is_gone_from_the_list_is_not_on_the_page(admin: Client, account: Account) -> None:
    entry(account, gone_at=now())
    assert "Nobody is on the blacklist" in admin.get(PAGE).content.decode()


def test_all_entries_are_reached_page_by_page(admin: Client, account: Account) -> None:
    for place in range(70):
        entry(account, digits=f"799911122{place:02}", provider_id=str(place))
    first = admin.get(PAGE).context["page"]
    second = admin.get(PAGE, {"after": first.after}).context["page"]
    assert len({row.pk for row in [*first.rows, *second.rows]}) == 70
    assert reverse("numbers:blacklist") == PAGE
