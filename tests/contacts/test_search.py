"""What a search finds is compared with a plain walk over all contacts, on the database that the tests run on."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import people

from clickcall.contacts import services
from clickcall.contacts.services import NewPhone
from clickcall.models import Account, Contact, ContactList, searching
from clickcall.models.searching import fold

pytestmark = pytest.mark.django_db

PEOPLE = [
    ("Пётр Щукин", "ООО «Ромашка»", "79260000000"),
    ("петр ежов", "Ёлки-палки", "79267654321"),
    ("Анна-Мария О'Нил", "100% хлопок", "74993720692"),
    ("ANNA Berg", 'Re_Max "North"', "493012345678"),
    ("Ян Ю", "1С: Франчайзи", "0486173"),
]


@pytest.fixture
def crowd(leads: ContactList) -> ContactList:
    for name, company, digits in PEOPLE:
        phone = NewPhone(digits, is_sip=digits.startswith("0"))
        services.add_contact(list=leads, name=name, company=company, phones=[phone])
    return leads


def names(term: str) -> set[str]:
    return {contact.name for contact in Contact.objects.search(term)}


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("щук", {"Пётр Щукин"}),
        ("ЩУК", {"Пётр Щукин"}),
        ("петр", {"Пётр Щукин", "петр ежов"}),
        ("ПЁТР", {"Пётр Щукин", "петр ежов"}),
        ("пе", {"Пётр Щукин", "петр ежов"}),
        ("тр", set()),
        ("ю", {"Ян Ю"}),
        ("ёл", {"петр ежов"}),
        ("па", {"петр ежов"}),
        ("нил", {"Анна-Мария О'Нил"}),
        ("100%", {"Анна-Мария О'Нил"}),
        ("0%0", set()),
        ("re_max", {"ANNA Berg"}),
        ("reXmax", set()),
        ('"north"', {"ANNA Berg"}),
        ("ромашка петр", {"Пётр Щукин"}),
        ("ромашка ежов", set()),
        ("анна хл", {"Анна-Мария О'Нил"}),
        ("%", set()),
        ("«»", set()),
        ("\x00", set()),
    ],
)
def test_a_term_finds_parts_of_names_and_companies(crowd: ContactList, term: str, found: set[str]) -> None:
    assert names(term) == found


@pytest.mark.parametrize(
    "term",
    ["+7 (926) 765-43-21", "8 926 765 43 21", "89267654321", "79267654321", "926 765", "4321", "8 926 765", "765-43"],
)
def test_a_phone_is_found_in_any_way_of_writing(crowd: ContactList, term: str) -> None:
    assert names(term) == {"петр ежов"}


@pytest.mark.parametrize(("term", "found"), [("048", {"Ян Ю"}), ("0486173", {"Ян Ю"}), ("+49", {"ANNA Berg"})])
def test_digits_of_other_kinds_are_found(crowd: ContactList, term: str, found: set[str]) -> None:
    assert names(term) == found


def begins_a_word(text: str, letters: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(letters)}", text) is not None


def plainly(term: str, text: str) -> bool:
    """The promise in words of its own: three characters anywhere, one or two at the beginning of a word."""
    if re.fullmatch(r"\+?[\d\s().-]+", term):
        digits = re.sub(r"\D", "", term)
        ways = [digits, f"7{digits[1:]}"] if digits.startswith("8") and len(digits) > 3 else [digits]
        return any(digits and (way in text if len(way) > 2 else begins_a_word(text, way)) for way in ways)
    found = []
    for word in fold(term).split():
        letters = re.sub(r"[\W_]", "", word)
        if len(word) > 2 or letters:
            found.append(word in text if len(word) > 2 else begins_a_word(text, letters))
    return bool(found) and all(found)


ALPHABET = st.sampled_from("аеёиПЩя НЛ-'\"«»%_n B07926+(")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    term=st.one_of(
        st.text(ALPHABET, max_size=6),
        st.sampled_from(PEOPLE).flatmap(
            lambda p: st.sampled_from(
                [p[0][a:b] for a in range(len(p[0])) for b in range(a + 1, len(p[0]) + 1)]
                + [p[1][a:b] for a in range(len(p[1])) for b in range(a + 1, len(p[1]) + 1)]
            )
        ),
    )
)
@pytest.mark.parametrize("few", [searching.FEW, -1], ids=["by the index", "by a walk"])
def test_a_search_finds_what_a_plain_look_at_every_contact_finds(
    crowd: ContactList, few: int, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setattr(searching, "FEW", few)
    expected = {name for name, company, digits in PEOPLE if plainly(term, fold(f"{name} {company} {digits}"))}
    assert names(term) == expected


def test_a_changed_name_is_found_and_the_old_one_is_not(crowd: ContactList) -> None:
    contact = Contact.objects.get(name="Ян Ю")
    services.update_contact(contact, name="Ольга")
    assert (names("ольга"), names("ян")) == ({"Ольга"}, set())


def test_a_changed_phone_is_found_and_the_old_one_is_not(crowd: ContactList) -> None:
    services.update_contact(Contact.objects.get(name="ANNA Berg"), phones=[NewPhone("79031112233")])
    assert (names("1112233"), names("493012345678")) == ({"ANNA Berg"}, set())


def test_a_deleted_contact_leaves_the_index(crowd: ContactList) -> None:
    Contact.objects.get(name="Ян Ю").delete()
    assert names("ян") == set()


def test_other_accounts_are_not_found(crowd: ContactList, account: Account) -> None:
    theirs = services.create_list(account=people.make_account("rival"), name="Leads")
    services.add_contact(list=theirs, name="Пётр Чужой", phones=[NewPhone("79260000001")])
    assert Contact.objects.filter(account=account).search("чужой").count() == 0
    assert Contact.objects.filter(account=account).search("петр").count() == 2


def test_common_terms_are_found_in_the_order_of_names_by_either_plan(
    crowd: ContactList, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_index = [*Contact.objects.search("петр")]
    monkeypatch.setattr(searching, "FEW", -1)
    assert [contact.name for contact in Contact.objects.search("петр")] == ["петр ежов", "Пётр Щукин"]
    assert by_index == [*Contact.objects.search("петр")]


def test_a_long_term_is_cut_rather_than_refused(crowd: ContactList) -> None:
    assert names("щ" * 100_000) == set()
