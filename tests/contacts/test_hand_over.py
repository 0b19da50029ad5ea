"""Contacts get another owner: the ticked ones or all that match, after a look at how many they are and whose."""

import json
import logging
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import now
from support import people

from clickcall.contacts import callbacks, handing_over
from clickcall.contacts.views import owners as views
from clickcall.models import Callback, Contact, ContactList, Member, OwnerChange

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
PAGE = "/contacts/hand-over/"


@pytest.fixture
def five(leads: ContactList, anna: Member, boris: Member) -> list[Contact]:
    """Two of Anna's, one of Boris', two of nobody."""
    owners = [anna, anna, boris, None, None]
    return [people.make_contact(leads, f"Клиент {n}", f"7926000000{n}", owner=who) for n, who in enumerate(owners)]


def owners() -> list[str]:
    return [str(contact.owner or "") for contact in Contact.objects.order_by("pk").select_related("owner")]


def ticked(*contacts: Contact) -> dict[str, object]:
    return {"contact": [contact.pk for contact in contacts]}


def given(client: Client, which: dict[str, object], to: Member, **more: object) -> HttpResponse:
    """Looks first, and then does what the page offers."""
    seen = client.get(PAGE, which).context["count"]
    return client.post(PAGE, {**which, "seen": seen, "to": to.pk, **more})


def test_the_page_says_how_many_and_whose(as_: SignIn, maria: Member, five: list[Contact], boris: Member) -> None:
    boris.archived_at = now()
    boris.save()
    response = as_(maria).get(PAGE, ticked(*five[1:]))
    found = [(share.owner and share.owner.name, share.count, share.has_left) for share in response.context["shares"]]
    assert found == [(None, 2, False), ("Анна Кузнецова", 1, False), ("Борис Лисин", 1, True)]
    text = response.content.decode()
    assert "4 contacts get another owner." in text
    assert "Клиент 1, Клиент 2, Клиент 3, Клиент 4" in text
    assert "access is off" in text


def test_ticked_contacts_are_handed_over(as_: SignIn, maria: Member, adam: Member, five: list[Contact]) -> None:
    response = given(as_(maria), ticked(five[0], five[3]), adam)
    assert response.status_code == 302
    assert owners() == ["Адам Гордеев", "Анна Кузнецова", "Борис Лисин", "Адам Гордеев", ""]


def test_all_that_match_the_filters_are_handed_over(
    as_: SignIn, maria: Member, anna: Member, boris: Member, five: list[Contact]
) -> None:
    client = as_(maria)
    response = given(client, {"which": "matching", "owner": str(anna.pk)}, boris)
    assert response["Location"] == f"/contacts/?owner={anna.pk}"
    assert owners() == ["Борис Лисин"] * 3 + ["", ""]
    given(client, {"which": "matching", "q": "клиент", "owner": "none"}, anna)
    assert owners() == ["Борис Лисин"] * 3 + ["Анна Кузнецова"] * 2


def test_the_contacts_of_somebody_who_left_are_found_and_handed_over(
    as_: SignIn, maria: Member, anna: Member, boris: Member, five: list[Contact]
) -> None:
    client = as_(maria)
    assert client.get("/contacts/?owner=left").context["rows"] == []
    anna.user.is_active = False
    anna.user.save()
    rows = client.get("/contacts/?owner=left").context["rows"]
    assert [row.contact.name for row in rows] == ["Клиент 0", "Клиент 1"]
    given(client, {"which": "matching", "owner": "left"}, boris)
    assert owners() == ["Борис Лисин"] * 3 + ["", ""]


def test_who_would_not_see_the_contacts_is_asked_about_first(
    as_: SignIn, maria: Member, anna: Member, boris: Member, five: list[Contact], leads: ContactList
) -> None:
    leads.members.set([anna])
    client = as_(maria)
    response = given(client, ticked(*five), boris)
    assert response.status_code == 422
    assert response.context["hidden"] == [("Leads", 5)]
    assert owners()[0] == "Анна Кузнецова"
    assert given(client, ticked(*five), boris, anyway=anna.pk).status_code == 422, "said about somebody else"
    assert given(client, ticked(*five), boris, anyway=boris.pk).status_code == 302
    assert set(owners()) == {"Борис Лисин"}


def test_what_has_changed_meanwhile_is_looked_at_again(
    as_: SignIn, maria: Member, boris: Member, five: list[Contact]
) -> None:
    which = {"which": "matching", "owner": "none"}
    response = as_(maria).post(PAGE, {**which, "seen": 3, "to": boris.pk})
    assert response.status_code == 422
    assert "Meanwhile the contacts have changed" in response.content.decode()
    assert owners()[3:] == ["", ""]


def test_more_than_a_page_can_wait_for_is_refused(
    as_: SignIn, maria: Member, boris: Member, five: list[Contact], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST", 1)
    assert given(as_(maria), {"which": "matching", "owner": "none"}, boris).status_code == 422
    assert owners()[3:] == ["", ""]


def test_without_a_tick_nothing_is_meant(as_: SignIn, maria: Member, boris: Member, five: list[Contact]) -> None:
    client = as_(maria)
    assert "Nobody is chosen" in client.get(PAGE).content.decode()
    client.post(PAGE, {"seen": 0, "to": boris.pk})
    assert owners() == ["Анна Кузнецова"] * 2 + ["Борис Лисин", "", ""]


@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "1 OR 1=1", "²"])
def test_a_key_that_is_none_is_left_out(as_: SignIn, maria: Member, five: list[Contact], key: str) -> None:
    assert as_(maria).get(PAGE, {"contact": [key, five[0].pk]}).context["count"] == 1


def test_nobody_hands_over_what_is_anothers(
    as_: SignIn, anna: Member, stranger: Member, boris: Member, maria: Member, five: list[Contact]
) -> None:
    before = owners()
    data = {**ticked(*five), "seen": 5, "to": boris.pk}
    assert as_(anna).post(PAGE, data).status_code == 403
    assert as_(stranger).post(PAGE, data).context["count"] == 0
    assert as_(maria).post(PAGE, {**data, "to": stranger.pk}).status_code == 422
    assert owners() == before


def test_ticks_are_for_managers_and_belong_to_the_form(
    as_: SignIn, anna: Member, maria: Member, five: list[Contact]
) -> None:
    text = as_(maria).get("/contacts/?mine=1&owner=none").content.decode()
    assert 'name="contact"' not in text, "nobody's and mine at once"
    text = as_(maria).get("/contacts/?owner=none").content.decode()
    assert text.count('type="checkbox"') == 2
    assert text.count('form="hand-over"') == 2
    assert 'value="matching"' in text
    text = as_(anna).get("/contacts/?owner=none").content.decode()
    assert "hand-over" not in text
    assert "Клиент 0" in text, "sales do not filter by owner"


def test_many_are_given_in_batches_and_it_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, five: list[Contact], boris: Member, maria: Member
) -> None:
    monkeypatch.setattr(handing_over, "BATCH", 2)
    before = owners()
    with caplog.at_level(logging.INFO, "clickcall.contacts"):
        assert handing_over.hand_over(Contact.objects.all(), to=boris, by=maria) == 4
    assert set(owners()) == {"Борис Лисин"}
    assert caplog.messages == ["maria gave 4 contacts of anna, nobody to boris"]
    changes = OwnerChange.objects.order_by("contact").values_list("before__name", "after", "by")
    assert [*changes] == [(name or None, boris.pk, maria.pk) for name in before if name != boris.name]
    assert handing_over.hand_over(Contact.objects.all(), to=boris, by=maria) == 0


def test_nobody_who_left_and_no_stranger_gets_any(
    five: list[Contact], boris: Member, maria: Member, stranger: Member
) -> None:
    before = owners()
    assert handing_over.hand_over(Contact.objects.all(), to=stranger, by=None) == 0
    boris.archived_at = now()
    boris.save()
    with pytest.raises(ValidationError, match="no longer works here"):
        handing_over.hand_over(Contact.objects.all(), to=boris, by=maria)
    assert owners() == before


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("hand_over", "--account", "acme", "--list", "Leads", *arguments)
    return capsys.readouterr().out


def test_the_command_hands_a_list_over(capsys: pytest.CaptureFixture[str], five: list[Contact]) -> None:
    assert json.loads(run(capsys, "--from", "ANNA", "--to", "boris", "--json")) == {
        "account": "acme",
        "list": "Leads",
        "from": "ANNA",
        "to": "boris",
        "contacts": 2,
        "owners": [{"username": "anna", "contacts": 2}],
        "out_of_sight": 0,
    }
    assert owners() == ["Борис Лисин"] * 3 + ["", ""]
    assert "5 contacts of “Leads” handed over to anna: 3 of boris, 2 of nobody" in run(capsys, "--to", "anna")
    assert set(owners()) == {"Анна Кузнецова"}


def test_the_command_says_what_the_new_owner_does_not_see(
    capsys: pytest.CaptureFixture[str], five: list[Contact], leads: ContactList, anna: Member
) -> None:
    leads.members.set([anna])
    assert "boris does not work this list and does not see 4 of them" in run(capsys, "--to", "boris")


@pytest.mark.parametrize(
    "arguments",
    [["--to", "nobody"], ["--to", "stranger"], ["--from", "nobody", "--to", "anna"], ["--to", "anna", "--list", "x"]],
)
def test_the_command_refuses_whom_and_what_there_is_not(
    capsys: pytest.CaptureFixture[str], five: list[Contact], stranger: Member, arguments: list[str]
) -> None:
    before = owners()
    with pytest.raises(CommandError) as caught:
        run(capsys, *arguments)
    assert caught.value.returncode == 2
    assert owners() == before


def test_the_old_owners_promises_go_along_and_nobody_elses(
    five: list[Contact], anna: Member, boris: Member, maria: Member
) -> None:
    for member in (anna, maria):
        callbacks.promise(contact=five[0], digits="79260000000", member=member, due_at=now(), made_by=anna)
    handing_over.hand_over(Contact.objects.filter(pk=five[0].pk), to=boris, by=maria)
    assert {row.member for row in Callback.objects.open()} == {boris, maria}
