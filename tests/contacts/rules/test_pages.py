"""The pages of *Do not call*, of consents and of the company rules, for those who may and those who may not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from support import people

from clickcall.contacts import callbacks
from clickcall.contacts.rule_forms import CompanyRulesForm
from clickcall.contacts.rules import company, do_not_call
from clickcall.models import CallRules, Consent, Contact, ContactList, DoNotCall, Member, StoppedPress
from clickcall.models.saving import save_changes

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
LIST, RULES = "/contacts/do-not-call/", "/contacts/rules/"
PHONE = "79260000000"


def entry(member: Member, digits: str = PHONE) -> DoNotCall:
    return do_not_call.note(account=member.account, digits=digits, member=member, why="Asked twice")


def text(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_a_manager_finds_adds_and_lifts(as_: SignIn, maria: Member, anna: Member) -> None:
    entry(anna)
    client = as_(maria)
    page = text(client, LIST)
    assert "Asked twice" in page
    assert "Анна Кузнецова" in page
    assert "Asked twice" in text(client, f"{LIST}?q=8+926+000-00-00")
    assert "Asked twice" not in text(client, f"{LIST}?q=1234")
    client.post(LIST, {"phone": "8 926 111-22-33", "why": "Wrote a letter"})
    added = DoNotCall.objects.get(digits="79261112233")
    assert (added.member, added.why) == (maria, "Wrote a letter")
    client.post(f"{LIST}{added.pk}/lift/", {"why": " "})
    assert DoNotCall.objects.in_force().count() == 2
    client.post(f"{LIST}{added.pk}/lift/", {"why": "Asked to be called again"})
    added.refresh_from_db()
    assert (added.lifted_by, added.why) == (maria, "Wrote a letter\nAsked to be called again")
    assert "Asked to be called again" in text(client, f"{LIST}?lifted=1")
    assert "Asked to be called again" not in text(client, LIST)


@pytest.mark.parametrize("given", [{"phone": "123", "why": "x"}, {"phone": "8 926 111-22-33", "why": " "}, {}])
def test_what_is_wrong_is_said_and_nothing_is_noted(as_: SignIn, maria: Member, given: dict[str, str]) -> None:
    assert as_(maria).post(LIST, given).status_code == 422
    assert DoNotCall.objects.count() == 0


def test_a_phone_is_noted_once_and_again_after_it_was_lifted(anna: Member, maria: Member) -> None:
    first = entry(anna)
    assert entry(maria) == first
    assert do_not_call.lift(first, member=maria, why="They changed their mind")
    assert not do_not_call.lift(first, member=maria, why="Twice")
    assert entry(maria) != first


def test_a_stranger_sees_and_lifts_nothing_of_ours(as_: SignIn, stranger: Member, anna: Member) -> None:
    ours = entry(anna)
    assert "Asked twice" not in text(as_(stranger), LIST)
    assert as_(stranger).post(f"{LIST}{ours.pk}/lift/", {"why": "x"}).status_code == 404


def test_a_salesperson_puts_a_contact_on_the_list_with_one_press(as_: SignIn, anna: Member, leads: ContactList) -> None:
    olga = people.make_contact(leads, "Ольга", "79260000001", "79260000002", "0486173")
    client = as_(anna)
    client.post(f"/contacts/{olga.pk}/forbid/", {"why": ""})
    assert DoNotCall.objects.count() == 0
    client.post(f"/contacts/{olga.pk}/forbid/", {"why": "Said so on the phone"})
    noted = DoNotCall.objects.values_list("digits", "member", "why").order_by("digits")
    why = "Said so on the phone"
    assert [*noted] == [(digits, anna.pk, why) for digits in ("0486173", "79260000001", "79260000002")]
    page = text(client, f"/contacts/{olga.pk}/")
    assert page.count("Said so on the phone") >= 2
    assert LIST not in page  # taking off is the managers'


def test_consents_are_added_and_prove_themselves(as_: SignIn, anna: Member, ivan: Contact) -> None:
    client, path = as_(anna), f"/contacts/{ivan.pk}/consent/"
    phone = str(ivan.phones.get().pk)
    given = {"phone": phone, "state": "given", "date": "2026-11-02", "source": "Form on the site", "text": "Offer 12"}
    assert client.post(path, given | {"source": "", "text": ""}).status_code == 422  # nothing that would prove it
    assert client.post(path, given | {"date": "2999-01-01"}).status_code == 422
    assert client.post(path, given | {"phone": "0"}).status_code == 422
    assert Consent.objects.count() == 0
    client.post(path, given)
    client.post(path, {"phone": phone, "state": "withdrawn"})
    made = Consent.objects.order_by("pk")
    assert [(row.state, row.date, row.member) for row in made] == [
        ("given", date(2026, 11, 2), anna),
        ("withdrawn", None, anna),
    ]
    page = text(client, path)
    assert page.index("Withdrawn") < page.index("Form on the site")
    for proof in ("Offer 12", "02.11.2026", "Анна Кузнецова", "Иван Петров"):
        assert proof in page
    assert "Consent withdrawn" in text(client, f"/contacts/{ivan.pk}/")


def test_sales_that_see_no_phones_see_none_in_the_proof(as_: SignIn, anna: Member, ivan: Contact) -> None:
    CallRules.objects.create(account=anna.account, masks_numbers=True)
    page = text(as_(anna), f"/contacts/{ivan.pk}/consent/")
    assert PHONE not in page
    assert "926 000" not in page


def test_an_admin_sets_the_company_rules(as_: SignIn, adam: Member) -> None:
    client = as_(adam)
    assert "company" in text(client, RULES)
    assert CallRules.objects.count() == 0  # looking changes nothing
    given = {
        **{name: str(getattr(CallRules(), name)) for name in CompanyRulesForm.base_fields},
        "masks_numbers": "",
        "weekday_from": "8",
        "holidays": "31.12.2026, 2027-01-01\n07.01.2027",
    }
    assert client.post(RULES, given).status_code == 302
    rules = company.rules_of(adam.account_id)
    assert (rules.weekday_from, rules.attempts_a_day) == (8, 3)
    assert rules.holidays == ["2026-12-31", "2027-01-01", "2027-01-07"]
    assert "31.12.2026" in text(client, RULES)
    for wrong in ({"weekday_till": "8"}, {"weekday_till": "25"}, {"holidays": "soon"}, {"day_begins_at": "24"}):
        assert client.post(RULES, given | wrong).status_code == 422
    assert company.rules_of(adam.account_id).weekday_from == 8


def test_a_list_has_a_purpose(as_: SignIn, maria: Member, leads: ContactList) -> None:
    given = {"name": "Leads", "purpose": "ads", "without_consent": "block"}
    as_(maria).post(f"/contacts/lists/{leads.pk}/", given)
    leads.refresh_from_db()
    assert (leads.purpose, leads.without_consent) == ("ads", "block")
    as_(maria).post("/contacts/lists/new/", given | {"name": "New", "purpose": "service"})
    assert ContactList.objects.get(name="New").purpose == "service"


def test_an_hour_that_no_day_has_is_said_beside_its_own_field(as_: SignIn, adam: Member) -> None:
    client = as_(adam)
    answer = client.post(RULES, {**client.get(RULES).context["form"].initial, "weekday_from": "25"})
    assert answer.context["form"].errors == {"weekday_from": ["A day has 24 hours."]}


def test_what_an_import_noted_says_where_it_comes_from(as_: SignIn, maria: Member) -> None:
    row = entry(maria)
    save_changes(row, member=None, source="clients.csv")
    assert "clients.csv" in text(as_(maria), LIST)


def test_what_the_rules_stopped_is_shown_to_the_admin(as_: SignIn, adam: Member, anna: Member, ivan: Contact) -> None:
    assert "have stopped nobody yet" in text(as_(adam), RULES)
    StoppedPress.objects.create(account=anna.account, member=anna, contact=ivan, digits=PHONE, rule="outside_hours")
    page = text(as_(adam), RULES)
    assert "<strong>Calling hours</strong> · Иван Петров" in page
    assert "Called all the same" not in page


def test_the_contacts_page_says_what_stands_in_the_way(as_: SignIn, anna: Member, ivan: Contact) -> None:
    entry(anna)
    page = text(as_(anna), f"/contacts/{ivan.pk}/")
    assert "<p><strong>Do not call</strong> · Asked on" in page
    assert "The client sees" not in page


def test_who_asks_not_to_be_called_is_not_called_back_either(as_: SignIn, anna: Member, ivan: Contact) -> None:
    callbacks.promise(contact=ivan, digits=PHONE, member=anna, due_at=now() + timedelta(hours=1), made_by=anna)
    as_(anna).post(f"/contacts/{ivan.pk}/forbid/", {"why": "Asked"})
    assert not callbacks.agenda(anna).exists()
