from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django.fixtures import DjangoAssertNumQueries
from support import people

from clickcall.contacts import services
from clickcall.contacts.services import NewPhone
from clickcall.contacts.views import listing
from clickcall.models import Account, Call, Callback, Contact, ContactList, Member, Status

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
URL = "/contacts/"


def shown(client: Client, address: str = URL) -> list[str]:
    return [row.contact.name for row in client.get(address).context["rows"]]


def called(contact: Contact, member: Member, **fields: object) -> Call:
    call = Call.objects.create(
        account=contact.account,
        member=member,
        contact=contact,
        contact_phone="79267654321",
        external_id=f"x{Call.objects.count()}",
        dispatch="accepted",
        **fields,
    )
    services.note_last_call(contact_id=contact.pk, call_id=call.pk)
    return call


def test_a_row_shows_name_company_local_time_and_that_nobody_called(as_: SignIn, anna: Member, petr: Contact) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 20, tzinfo=UTC), tick=False):
        page = as_(anna).get(URL).content.decode()
    for words in ("Пётр Щукин", "Ёлки и палки", "14:20", "Yekaterinburg", "Not called yet"):
        assert words in page


def test_a_row_never_shows_raw_digits(as_: SignIn, anna: Member, petr: Contact) -> None:
    table = as_(anna).get(URL).content.decode().split("<tbody")[1].split("</tbody>")[0]
    assert ">79267654321<" not in table


def test_the_last_call_is_shown_in_words_with_its_day(as_: SignIn, anna: Member, petr: Contact) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 13, 5, tzinfo=UTC), tick=False):
        called(petr, anna, status=Status.NO_ANSWER, is_final=True)
    with time_machine.travel(datetime(2026, 11, 23, 9, 20, tzinfo=UTC), tick=False):
        page = as_(anna).get(URL).content.decode()
    assert "No answer" in page
    assert "yesterday, 16:05" in page


def test_only_my_own_live_call_marks_the_row(as_: SignIn, anna: Member, boris: Member, petr: Contact) -> None:
    called(petr, anna, status=Status.TALKING)
    assert as_(anna).get(URL).context["rows"][0].is_current
    assert not as_(boris).get(URL).context["rows"][0].is_current


def test_somebody_without_a_zone_is_at_an_unknown_time(as_: SignIn, anna: Member, ivan: Contact) -> None:
    page = as_(anna).get(URL)
    assert page.context["rows"][0].there == ""
    assert "unknown" in page.content.decode()


def test_a_known_city_tells_the_time_and_another_one_is_shown_alone(as_: SignIn, anna: Member, ivan: Contact) -> None:
    services.update_contact(ivan, city="Владивосток")
    row = as_(anna).get(URL).context["rows"][0]
    assert (row.there, row.place) == (f"{now().astimezone(ZoneInfo('Asia/Vladivostok')):%H:%M}", "Владивосток")
    services.update_contact(ivan, city="Новая Деревня")
    row = as_(anna).get(URL).context["rows"][0]
    assert (row.there, row.place) == ("", "Новая Деревня")


def test_filters_narrow_the_list(as_: SignIn, anna: Member, account: Account, petr: Contact, ivan: Contact) -> None:
    second = services.create_list(account=account, name="Second")
    olga = services.add_contact(list=second, name="Ольга", phones=[NewPhone("79031112233")], owner=anna)
    called(ivan, anna)
    client = as_(anna)
    assert shown(client) == ["Иван Петров", "Ольга", "Пётр Щукин"]
    assert shown(client, f"{URL}?list={second.pk}") == ["Ольга"]
    assert shown(client, f"{URL}?mine=1") == [olga.name]
    assert shown(client, f"{URL}?never=1") == ["Ольга", "Пётр Щукин"]
    assert shown(client, f"{URL}?never=1&q=щук") == ["Пётр Щукин"]
    assert shown(client, f"{URL}?q=%20") == shown(client)


def test_an_archived_contact_is_gone(as_: SignIn, anna: Member, petr: Contact) -> None:
    services.archive_contact(petr)
    assert shown(as_(anna)) == []
    assert shown(as_(anna), f"{URL}?q=щук") == []


def test_sales_see_lists_that_they_work_and_lists_of_everybody(
    as_: SignIn, anna: Member, boris: Member, maria: Member, account: Account, petr: Contact
) -> None:
    hers = services.create_list(account=account, name="Hers", members=[anna])
    services.add_contact(list=hers, name="Ольга", phones=[NewPhone("79031112233")])
    assert shown(as_(anna)) == shown(as_(maria)) == ["Ольга", "Пётр Щукин"]
    assert shown(as_(boris)) == ["Пётр Щукин"]
    assert shown(as_(boris), f"{URL}?q=ольга") == []
    assert shown(as_(boris), f"{URL}?list={hers.pk}") == ["Пётр Щукин"], "a foreign list is no filter"


def test_a_stranger_sees_none_of_ours(as_: SignIn, stranger: Member, petr: Contact) -> None:
    assert shown(as_(stranger)) == []


def test_pages_follow_each_other_in_both_directions(
    as_: SignIn, anna: Member, leads: ContactList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    for number in range(5):
        services.add_contact(list=leads, name=f"Клиент {number}", phones=[NewPhone(f"7926000000{number}")])
    client, seen, address = as_(anna), [], f"{URL}?q=клиент"
    while address:
        page = client.get(address).context["page"]
        seen.append([contact.name[-1] for contact in page.rows])
        address = page.after and f"{URL}?q=клиент&after={page.after}"
    assert seen == [["0", "1"], ["2", "3"], ["4"]]
    assert shown(client, f"{URL}?q=клиент&before={page.before}") == ["Клиент 2", "Клиент 3"]


def test_a_link_to_the_next_page_keeps_the_search(
    as_: SignIn, anna: Member, petr: Contact, ivan: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 1)
    assert "?q=%D0%BF%D0%B5%D1%82%D1%80&amp;after=" in as_(anna).get(f"{URL}?q=петр").content.decode()


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "WzEsMl0", "W10"])
def test_a_broken_cursor_shows_the_first_page(as_: SignIn, anna: Member, petr: Contact, cursor: str) -> None:
    assert shown(as_(anna), f"{URL}?after={cursor}") == ["Пётр Щукин"]


@pytest.mark.parametrize(
    ("typed", "phone", "called"),
    [
        ("4321", "+7 926 765-43-21", "79267654321"),
        ("8 926 765", "+7 926 765-43-21", "79267654321"),
        ("0486173", "0486173", "0486173"),
        ("щукин", "", "79267654321"),
    ],
)
def test_a_row_shows_and_calls_the_phone_that_was_looked_for(
    as_: SignIn, anna: Member, petr: Contact, typed: str, phone: str, called: str
) -> None:
    table = as_(anna).get(URL, {"q": typed}).content.decode().split("<tbody")[1].split("</tbody>")[0]
    assert f'id="press-{petr.pk}-{called}-row"' in table
    assert (f'<span class="tel meta">{phone}</span>' in table) == bool(phone)


def test_digits_that_are_too_few_ask_for_more(as_: SignIn, anna: Member, petr: Contact) -> None:
    assert "Go on typing" in as_(anna).get(URL, {"q": "92"}).content.decode()


def test_an_unknown_phone_can_be_dialled_instead(as_: SignIn, anna: Member, petr: Contact) -> None:
    page = as_(anna).get(URL, {"q": "8 903 111-22-33"}).content.decode()
    assert "Dial +7 903 111-22-33 instead" in page
    assert f"{reverse('calls:dialpad')}?number=%2B79031112233" in page


def test_an_unknown_sip_number_is_dialled_as_it_is(as_: SignIn, anna: Member, petr: Contact) -> None:
    assert "?number=0486999" in as_(anna).get(URL, {"q": "0486999"}).content.decode()


def test_an_empty_page_says_what_to_do_next(as_: SignIn, anna: Member, maria: Member, leads: ContactList) -> None:
    assert "Add the first person" in as_(anna).get(URL).content.decode()
    assert "Nobody found" in as_(anna).get(f"{URL}?q=нет").content.decode()
    ContactList.objects.all().delete()
    assert "Your manager makes the lists" in as_(anna).get(URL).content.decode()
    page = as_(maria).get(URL).content.decode()
    assert reverse("contacts:list_new") in page
    assert reverse("contacts:imports") in page


@pytest.mark.parametrize("fragment", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize(
    ("asked", "rows"), [("", 25), ("?q=щук", 1), ("?q=клиент 5", 11), ("?q=0000", 25), ("?sort=callback", 25)]
)
def test_a_full_page_needs_few_queries(
    as_: SignIn,
    anna: Member,
    leads: ContactList,
    petr: Contact,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    asked: str,
    rows: int,
    fragment: dict[str, str],
) -> None:
    for number in range(60):
        contact = people.make_contact(leads, f"Клиент {number}", f"792600000{number:02}")
        called(contact, anna, status=Status.TALKED, is_final=True)
        given = {"account": anna.account, "contact": contact, "digits": f"792600000{number:02}", "made_by": anna}
        Callback.objects.create(**given, member=anna, due_at=now() - timedelta(minutes=number + 1))
    client = as_(anna)
    plans = connection.vendor == "postgresql" and asked == "?q=0000"  # how common a phone's end is, its planner says
    with django_assert_max_num_queries(12 if fragment else 13 + plans):  # a whole page asks for its live bar as well
        page = client.get(URL + asked, headers=fragment).content.decode()
    assert page.count('id="row-') == rows
