"""Writing contacts through the page: what people type is read, kept and judged beside its field."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from clickcall.accounts.services import disable_member
from clickcall.contacts import services
from clickcall.models import Contact, ContactList, Member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
NEW = "/contacts/new/"


def typed(leads: ContactList, *numbers: str, **fields: object) -> dict[str, object]:
    data: dict[str, object] = {"list": leads.pk, "name": "Иван Петров", "phones-INITIAL_FORMS": "0"}
    data["phones-TOTAL_FORMS"] = str(len(numbers))
    for row, number in enumerate(numbers):
        data |= {f"phones-{row}-number": number, f"phones-{row}-kind": "phone", f"phones-{row}-label": ""}
    return data | fields


def errors(response: HttpResponse) -> dict[str, list[str]]:
    form = response.context["form"]  # type: ignore[attr-defined]
    found = {f"phones-{row}-{field}": said for row, one in enumerate(form.phones.errors) for field, said in one.items()}
    return {**form.errors, **found}


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("+7 (926) 000-00-00", "79260000000"),
        ("8 926 000 00 00", "79260000000"),
        ("79260000000", "79260000000"),
        ("+49 30 123456", "4930123456"),
        ("0486173", "0486173"),
    ],
)
def test_a_phone_is_read_as_people_write_it(
    as_: SignIn, anna: Member, leads: ContactList, written: str, digits: str
) -> None:
    assert as_(anna).post(NEW, typed(leads, written, "")).status_code == 302
    assert [phone.digits for phone in Contact.objects.get().phones.all()] == [digits]


@pytest.mark.parametrize("written", ["926", "+7 926 000", "+7 926 000-00-00 доб. 12", "позвонить", "12345", "+" * 41])
def test_what_is_no_phone_is_refused_beside_it_and_nothing_typed_is_lost(
    as_: SignIn, anna: Member, leads: ContactList, written: str
) -> None:
    data = typed(leads, "+7 926 000-00-00", written, company="Ромашка", notes="Важно", timezone="Asia/Omsk")
    response = as_(anna).post(NEW, data)
    assert list(errors(response)) == ["phones-1-number"]
    text = response.content.decode()
    for kept in ("+7 926 000-00-00", written, "Ромашка", "Важно", '<option value="Asia/Omsk" selected>'):
        assert kept in text
    assert not Contact.objects.exists()


def test_the_same_phone_twice_is_refused_at_the_second(as_: SignIn, anna: Member, leads: ContactList) -> None:
    response = as_(anna).post(NEW, typed(leads, "+7 926 000-00-00", "8 926 000 00 00"))
    assert errors(response) == {"phones-1-number": ["This phone stands here twice."]}


def test_a_contact_needs_a_phone_and_a_name(as_: SignIn, anna: Member, leads: ContactList) -> None:
    response = as_(anna).post(NEW, typed(leads, "", name=" "))
    assert sorted(errors(response)) == ["name", "phones-0-number"]


def test_a_label_without_a_number_is_not_lost_in_silence(as_: SignIn, anna: Member, leads: ContactList) -> None:
    response = as_(anna).post(NEW, typed(leads, "79260000000", "", **{"phones-1-label": "Рабочий"}))
    assert list(errors(response)) == ["phones-1-number"]
    assert "Рабочий" in response.content.decode()


def test_a_sip_number_is_taken_as_it_is(as_: SignIn, anna: Member, leads: ContactList) -> None:
    as_(anna).post(NEW, typed(leads, "123456", **{"phones-0-kind": "sip"}))
    phone = Contact.objects.get().phones.get()
    assert (phone.digits, phone.kind) == ("123456", "sip")


def test_another_row_comes_without_a_script_and_without_judging(as_: SignIn, anna: Member, leads: ContactList) -> None:
    data = typed(leads, "926", "+7 926 000-00-00", name="", company="Ромашка", add_phone="1", owner=anna.pk)
    response = as_(anna).post(NEW, data)
    form = response.context["form"]
    assert [row["number"].value() for row in form.phones] == ["926", "+7 926 000-00-00", None]
    text = response.content.decode()
    assert "Ромашка" in text
    assert f'<option value="{anna.pk}" selected>' in text
    assert 'class="err"' not in text
    assert not Contact.objects.exists()


@pytest.mark.parametrize("total", ["", "x", "-1", "1e9", "99999999999999999999", "٣"])
def test_a_forged_number_of_rows_is_no_crash(as_: SignIn, anna: Member, leads: ContactList, total: str) -> None:
    data = typed(leads, "79260000000") | {"phones-TOTAL_FORMS": total}
    assert as_(anna).post(NEW, data).status_code == 200
    assert as_(anna).post(NEW, data | {"add_phone": "1"}).status_code == 200


def test_the_form_shows_the_contact_and_one_empty_row(as_: SignIn, anna: Member, petr: Contact) -> None:
    form = as_(anna).get(f"/contacts/{petr.pk}/edit/").context["form"]
    rows = [(row["number"].value(), row["kind"].value(), row["label"].value()) for row in form.phones]
    assert rows == [("+7 926 765-43-21", "phone", "Мобильный"), ("0486173", "sip", ""), (None, "phone", None)]
    assert form["timezone"].value() == "Asia/Yekaterinburg"


def test_saving_the_form_as_it_is_changes_nothing(as_: SignIn, anna: Member, petr: Contact) -> None:
    phones = [*petr.phones.values_list("pk", "digits", "kind", "label", "position")]
    data = typed(petr.list, "+7 926 765-43-21", "0486173", "", name=petr.name, company=petr.company)
    data |= {"timezone": petr.timezone, "phones-0-label": "Мобильный", "phones-1-kind": "sip"}
    data["phones-INITIAL_FORMS"] = "2"
    assert as_(anna).post(f"/contacts/{petr.pk}/edit/", data).status_code == 302
    assert [*petr.phones.values_list("pk", "digits", "kind", "label", "position")] == phones


def test_region_and_keys_are_typed_shown_and_kept(as_: SignIn, anna: Member, petr: Contact) -> None:
    data = typed(petr.list, "+7 926 765-43-21", name=petr.name, region="Пермский край", **{"phones-0-keys": ".12#"})
    assert as_(anna).post(f"/contacts/{petr.pk}/edit/", data).status_code == 302
    assert [*Contact.objects.values_list("region", "phones__keys")] == [("Пермский край", ".12#")]
    form = as_(anna).get(f"/contacts/{petr.pk}/edit/").context["form"]
    assert (form["region"].value(), form.phones[0]["keys"].value()) == ("Пермский край", ".12#")
    page = as_(anna).get(f"/contacts/{petr.pk}/").content.decode()
    assert page.count("Keys to press after the answer: .12#") == 2  # beside the large button and beside the phone


@pytest.mark.parametrize(("number", "keys", "field"), [("89267654321", "12a", "keys"), ("", ".12", "number")])
def test_keys_that_cannot_be_pressed_and_keys_of_no_phone_are_refused(
    as_: SignIn, anna: Member, leads: ContactList, number: str, keys: str, field: str
) -> None:
    response = as_(anna).post(NEW, typed(leads, "79260000000", number, **{"phones-1-keys": keys}))
    assert list(errors(response)) == [f"phones-1-{field}"]


def test_a_cleared_row_removes_the_phone(as_: SignIn, anna: Member, petr: Contact) -> None:
    data = typed(petr.list, "", "0486173", **{"phones-INITIAL_FORMS": "2"})
    as_(anna).post(f"/contacts/{petr.pk}/edit/", data)
    assert [phone.digits for phone in petr.phones.all()] == ["0486173"]


def test_only_lists_and_people_of_the_own_account_can_be_chosen(
    as_: SignIn, anna: Member, boris: Member, leads: ContactList, stranger: Member
) -> None:
    his = services.create_list(account=leads.account, name="His", members=[boris])
    response = as_(anna).post(NEW, typed(his, "79260000000", owner=stranger.pk))
    assert sorted(errors(response)) == ["list", "owner"]


def test_whoever_adds_a_contact_is_offered_as_the_owner(as_: SignIn, anna: Member, leads: ContactList) -> None:
    form = as_(anna).get(f"{NEW}?list={leads.pk}").context["form"]
    assert f'<option value="{anna.pk}" selected>' in str(form["owner"])
    assert f'<option value="{leads.pk}" selected>' in str(form["list"])


def test_the_russian_zones_come_first_with_their_cities(as_: SignIn, anna: Member, leads: ContactList) -> None:
    text = str(as_(anna).get(NEW).context["form"]["timezone"])
    places = [text.index(zone) for zone in ("Europe/Kaliningrad", "Asia/Kamchatka", "Africa/Abidjan", "Europe/Paris")]
    assert places == sorted(places)
    assert "Kaliningrad</option>" in text


def test_saving_keeps_an_owner_who_left_and_a_zone_that_nobody_is_offered(
    as_: SignIn, maria: Member, boris: Member, petr: Contact
) -> None:
    services.update_contact(petr, by=maria, owner=boris, timezone="Etc/GMT-5")
    disable_member(boris)
    browser, address = as_(maria), f"/contacts/{petr.pk}/edit/"
    text = browser.get(address).content.decode()
    for kept in (f'<option value="{boris.pk}" selected>Борис Лисин (access is off)<', '"Etc/GMT-5" selected>'):
        assert kept in text
    data = typed(petr.list, "+7 926 765-43-21", name="Пётр", owner=boris.pk, timezone="Etc/GMT-5")
    assert browser.post(address, data).status_code == 302
    petr.refresh_from_db()
    assert (petr.name, petr.owner, petr.timezone) == ("Пётр", boris, "Etc/GMT-5")


def test_nobody_is_given_a_client_who_cannot_come_in(as_: SignIn, maria: Member, boris: Member, petr: Contact) -> None:
    disable_member(boris)
    response = as_(maria).post(f"/contacts/{petr.pk}/edit/", typed(petr.list, "79267654321", owner=boris.pk))
    assert list(errors(response)) == ["owner"]
