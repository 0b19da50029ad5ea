from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from support import people

from clickcall.contacts import services
from clickcall.contacts.services import NewPhone
from clickcall.models import Account, Call, Contact, ContactList, Member

pytestmark = pytest.mark.django_db
PHONE = NewPhone("79260000000")


def refused(caught: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return [*caught.value.message_dict]


def test_a_list_holds_its_members_and_a_trimmed_name(account: Account, anna: Member) -> None:
    made = services.create_list(account=account, name=" Leads ", members=[anna])
    assert (made.name, [*made.members.all()]) == ("Leads", [anna])


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_list_needs_a_name_that_fits(account: Account, name: str) -> None:
    with pytest.raises(ValidationError) as caught:
        services.create_list(account=account, name=name)
    assert refused(caught) == ["name"]


def test_a_second_list_of_the_same_name_is_refused_at_the_name(leads: ContactList) -> None:
    with pytest.raises(ValidationError) as caught:
        services.create_list(account=leads.account, name="Leads")
    assert refused(caught) == ["name"]


def test_another_account_may_have_a_list_of_the_same_name(leads: ContactList) -> None:
    assert services.create_list(account=people.make_account("rival"), name="Leads").pk


def test_a_stranger_cannot_work_our_list(account: Account, leads: ContactList, stranger: Member) -> None:
    with pytest.raises(ValidationError) as caught:
        services.create_list(account=account, name="New", members=[stranger])
    assert refused(caught) == ["members"]
    with pytest.raises(ValidationError):
        services.update_list(leads, members=[stranger])
    assert not leads.members.exists()


def test_updating_a_list_says_whether_anything_changed(leads: ContactList, anna: Member) -> None:
    assert services.update_list(leads, name="Warm", members=[anna])
    assert not services.update_list(leads, name=" Warm ", members=[anna])
    assert services.update_list(leads, members=[])
    assert not services.update_list(leads)


def test_a_refused_name_leaves_the_list_as_it_was(leads: ContactList) -> None:
    services.create_list(account=leads.account, name="Warm")
    with pytest.raises(ValidationError):
        services.update_list(leads, name="Warm")
    assert leads.name == "Leads"


def test_a_contact_is_stored_whole(leads: ContactList, anna: Member) -> None:
    contact = services.add_contact(
        list=leads,
        name=" Пётр ",
        company="Ёлка",
        city="Пермь",
        timezone="Asia/Yekaterinburg",
        notes="n",
        owner=anna,
        phones=[NewPhone("79260000000", label="Рабочий"), NewPhone("0486173", is_sip=True)],
    )
    contact.refresh_from_db()
    assert (contact.account_id, contact.name, contact.name_key, contact.owner) == (
        leads.account_id,
        "Пётр",
        "петр",
        anna,
    )
    assert [(row.digits, row.kind, row.label, row.position) for row in contact.phones.all()] == [
        ("79260000000", "phone", "Рабочий", 0),
        ("0486173", "sip", "", 1),
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"company": "x" * 201}, "company"),
        ({"city": "x" * 101}, "city"),
        ({"timezone": "Moscow"}, "timezone"),
        ({"timezone": "../etc/passwd"}, "timezone"),
        ({"phones": []}, "phones"),
        ({"phones": [PHONE, PHONE]}, "phones"),
        ({"phones": [NewPhone("+7926")]}, "phones"),
        ({"phones": [NewPhone("٧٩٢٦")]}, "phones"),
    ],
)
def test_what_a_contact_cannot_be_is_refused_at_its_field(
    leads: ContactList, fields: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        services.add_contact(**{"list": leads, "name": "Иван", "phones": [PHONE]} | fields)
    assert refused(caught) == [field]
    assert not Contact.objects.exists()


def test_list_and_owner_of_another_account_are_refused(ivan: Contact, stranger: Member) -> None:
    theirs = services.create_list(account=stranger.account, name="Theirs")
    with pytest.raises(ValidationError) as caught:
        services.update_contact(ivan, list=theirs, owner=stranger)
    assert sorted(refused(caught)) == ["list", "owner"]
    assert (ivan.list.name, ivan.owner) == ("Leads", None)


def test_updating_says_whether_anything_changed_and_keeps_what_is_not_named(petr: Contact) -> None:
    phones = [NewPhone("79267654321", label="Мобильный"), NewPhone("0486173", is_sip=True)]
    assert not services.update_contact(petr, name="Пётр Щукин ", phones=phones)
    assert services.update_contact(petr, city="Пермь")
    assert services.update_contact(petr, phones=[*reversed(phones)])
    petr.refresh_from_db()
    assert (petr.company, petr.city, petr.phones.get(position=0).digits) == ("Ёлки и палки", "Пермь", "0486173")


def test_a_phone_that_stays_keeps_its_row(petr: Contact) -> None:
    before = petr.phones.get(digits="79267654321").pk
    services.update_contact(petr, phones=[PHONE, NewPhone("79267654321")])
    assert [(row.digits, row.position) for row in petr.phones.all()] == [("79260000000", 0), ("79267654321", 1)]
    assert petr.phones.get(digits="79267654321").pk == before


def test_an_archived_contact_stays_in_the_database_and_can_come_back(petr: Contact) -> None:
    assert services.archive_contact(petr)
    assert not services.archive_contact(petr)
    assert not Contact.objects.active().exists()
    assert services.restore_contact(petr)
    assert Contact.objects.active().get() == petr


def make_call(contact: Contact, member: Member, day: int) -> Call:
    return Call.objects.create(
        account=contact.account,
        member=member,
        contact=contact,
        contact_phone="79260000000",
        external_id=f"day-{day}",
        requested_at=datetime(2026, 11, day, tzinfo=UTC),
    )


def test_the_last_call_is_the_latest_one_whatever_the_order_of_news(ivan: Contact, anna: Member) -> None:
    later, earlier = make_call(ivan, anna, 20), make_call(ivan, anna, 10)
    for call in (later, earlier):
        services.note_last_call(contact_id=ivan.pk, call_id=call.pk)
    ivan.refresh_from_db()
    assert ivan.last_call == later


def test_a_newer_call_becomes_the_last_one(ivan: Contact, anna: Member) -> None:
    for day in (10, 20):
        services.note_last_call(contact_id=ivan.pk, call_id=make_call(ivan, anna, day).pk)
    ivan.refresh_from_db()
    assert getattr(ivan.last_call, "external_id", "") == "day-20"
