"""The words that are kept beside the contacts, on the database that the tests run on."""

import re
from collections.abc import Iterable

import pytest
from django.db import connection

from clickcall.contacts import services
from clickcall.contacts.finding import words
from clickcall.contacts.finding.source import Source
from clickcall.contacts.services import NewPhone
from clickcall.models import Contact, ContactList
from clickcall.models.searching import Piece, Way, piece_of, read_term
from clickcall.web.paging import Place

PEOPLE = [
    ("Пётр Щукин", "ООО «Ромашка-12»", "79260000000"),
    ("«Олег» Олег", '1С: "Фран\\шиза"', "79260000001"),
    ("Я", "", "79260000002"),
    ("7 Ёлок", "100%", "0486"),
]


@pytest.fixture
def four(leads: ContactList) -> list[Contact]:
    return [
        services.add_contact(
            list=leads, name=name, company=company, phones=[NewPhone(digits, is_sip=digits.startswith("0"))]
        )
        for name, company, digits in PEOPLE
    ]


def kept(
    table: str = "clickcall_contact_word", columns: str = "word, name_key, contact_id"
) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table}")  # noqa: S608 - our own names
        return cursor.fetchall()


def of(contacts: Iterable[Contact]) -> list[tuple[object, ...]]:
    """What has to be kept, in words of its own: all with a letter, and a blank where the first character is missing."""
    return sorted(
        {
            (f" {word}" if not place and word else word, contact.name_key, contact.pk)
            for contact in contacts
            for place, word in enumerate(contact.search_text.split(" "))
            if re.search(r"[^\W\d_]", word)
        }
    )


@pytest.mark.django_db
def test_what_is_kept_follows_the_contacts(four: list[Contact]) -> None:
    assert sorted(kept()) == of(four)
    assert ("ромашка-", "петр щукин", four[0].pk) in kept()
    assert (" етр", "петр щукин", four[0].pk) in kept()
    services.update_contact(four[0], name="Павел Щукин")
    services.update_contact(four[1], phones=[NewPhone("79261111111")])
    four[2].delete()
    assert sorted(kept()) == of(Contact.objects.all())


@pytest.mark.django_db
def test_a_word_that_once_was_there_stays_among_the_words(four: list[Contact]) -> None:
    Contact.objects.all().delete()
    assert kept() == []
    assert ("щукин",) in kept("clickcall_word", "word")


@pytest.mark.django_db
@pytest.mark.only_on("postgresql")
def test_an_emptied_table_has_no_words(four: list[Contact]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE clickcall_contact CASCADE")
    assert kept() == []
    assert kept("clickcall_word", "word") == []


@pytest.mark.parametrize(
    ("term", "piece"),
    [
        ("ергей", Piece("ергей", begins=False)),
        ("се", Piece("се", begins=True)),
        ("с", Piece("с", begins=True)),
        ("1с", Piece("1с", begins=True)),
        ("«ром", Piece("ром", begins=True)),
        ("ром»", Piece("ром»", begins=False)),
        ("анна-мария", Piece("анна-", begins=False)),
        ("о'нил", Piece("нил", begins=True)),
        ("12-я", Piece("я", begins=True)),
        ("я-12", None),
        ("100%", None),
        ("926", None),
    ],
)
def test_a_term_asks_for_the_words_with_its_longest_piece(term: str, piece: Piece | None) -> None:
    assert piece_of(read_term(term).words[0][0]) == piece


@pytest.mark.django_db
def test_a_part_of_too_many_words_is_not_asked_for(four: list[Contact], monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source.of(four[0].account_id, Contact.objects.all())
    ways = (Way("о", "  о"),)
    [found] = words.Words.known(source, [ways])
    assert found.words == ("олег", "олег»", "ооо")
    monkeypatch.setattr(words, "DIFFERENT", 2)
    assert words.Words.known(source, [ways]) == []


@pytest.mark.django_db
@pytest.mark.only_on("sqlite")
def test_contacts_of_several_words_are_read_in_order_and_not_sorted(four: list[Contact]) -> None:
    found = words.Words(Source.of(four[0].account_id, Contact.objects.all()), (), ("олег", "щукин", "ооо"))
    asked = found._near(Place(("а", 1), back=False, limit=26))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.text}", asked.params)
        plan = str(cursor.fetchall())
    assert plan.count("SEARCH clickcall_contact_word USING PRIMARY KEY (account_id=? AND word=? AND name_key>?") == 3
    assert "TEMP B-TREE" not in plan
