"""What stands in the tables behind an import."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from support import people

from clickcall.contacts import services
from clickcall.contacts.services import NewPhone
from clickcall.models import (
    Account,
    CallRules,
    Consent,
    ConsentState,
    Contact,
    ContactList,
    ContactPhone,
    DoNotCall,
    ImportRun,
    ImportState,
    Member,
)
from clickcall.models.searching import fold

pytestmark = pytest.mark.django_db
Import = Callable[..., ImportRun]
HEAD = "ФИО;Компания;Тел;Город;Регион;Часовой пояс;Ответственный;Комментарий;Согласие;Дата согласия;Не звонить\n"


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.added, run.updated, run.skipped, run.refused


def check_index() -> None:
    """Raises when SQLite's index holds anything else than the table."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO clickcall_contact_search(clickcall_contact_search, rank) VALUES ('integrity-check', 1)"
            )
            cursor.execute("SELECT count(*) FROM clickcall_contact_batch")
            assert cursor.fetchone() == (0,)


def test_a_row_becomes_what_the_form_would_have_made(leads: ContactList, anna: Member, imported: Import) -> None:
    line = "Щукин Пётр;Ёлки;8 926 765-43-21, 8 495 123-45-67 доб. 5;"
    line += "Самара;Самарская обл.;МСК+1;Анна Кузнецова;Звонить утром\n"
    run = imported(HEAD + line)
    assert (run.state, counts(run)) == (ImportState.DONE, (1, 0, 0, 0))
    made = Contact.objects.get()
    typed = services.add_contact(
        list=leads,
        name="Щукин Пётр",
        company="Ёлки",
        phones=[NewPhone("79267654321"), NewPhone("74951234567", label="доб. 5")],
        city="Самара",
        timezone="Europe/Samara",
        notes="Звонить утром",
        owner=anna,
    )
    own = {"id", "region"}
    assert {name: value for name, value in vars(made).items() if name not in own and name[0] != "_"} == {
        name: value for name, value in vars(typed).items() if name not in own and name[0] != "_"
    }
    assert made.region == "Самарская обл."
    fields = ("digits", "kind", "label", "position", "account_id")
    assert [*made.phones.values_list(*fields)] == [*typed.phones.values_list(*fields)]
    assert [*made.phones.values_list("keys", flat=True)] == ["", ".5"]


def test_imported_people_are_found_and_the_index_agrees_with_the_table(imported: Import, petr: Contact) -> None:
    imported(HEAD + "".join(f"Имя{n};Фирма;8926000{n:04}\n" for n in range(30)))
    assert Contact.objects.search("имя17").count() == 1
    assert Contact.objects.search("000 0029").count() == 1
    assert Contact.objects.search("щукин").get() == petr
    check_index()


def test_who_is_typed_in_after_an_import_is_found_as_well(imported: Import, leads: ContactList) -> None:
    imported(HEAD + "Иван;;89260000000\n")
    services.add_contact(list=leads, name="Позднее", phones=[NewPhone("79260000009")])
    assert Contact.objects.search("позднее").count() == 1
    check_index()


@pytest.mark.parametrize(("line", "name"), [(";Ромашка;89260000000", "Ромашка"), (";;89260000000", "+7 926 000-00-00")])
def test_who_has_no_name_is_called_by_the_company_or_the_phone(imported: Import, line: str, name: str) -> None:
    imported(f"{HEAD}{line}\n")
    assert Contact.objects.get().name == name


TWICE = "Иван;Ромашка;89260000000\nМария;Лютик;+7 926 000-00-01\nИван ещё раз;Астра;79260000000, 89260000002\n"


def test_skipping_leaves_those_who_are_ours_and_the_second_of_two_rows(imported: Import, leads: ContactList) -> None:
    known = people.make_contact(leads, "Мария Орлова", "79260000001")
    assert counts(imported(HEAD + TWICE, choice="skip")) == (1, 0, 2, 0)
    assert {*Contact.objects.values_list("name", flat=True)} == {"Иван", "Мария Орлова"}
    known.refresh_from_db()
    assert known.company == ""


def test_skipping_counts_other_lists_of_the_account_but_no_other_account(
    imported: Import, account: Account, stranger: Member
) -> None:
    people.make_contact(people.make_list(account, "Others"), "Мария", "79260000001")
    people.make_contact(people.make_list(stranger.account, "Theirs"), "Иван", "79260000000")
    assert counts(imported(HEAD + TWICE, choice="skip")) == (1, 0, 2, 0)


def test_who_is_archived_is_not_ours(imported: Import, leads: ContactList) -> None:
    services.archive_contact(people.make_contact(leads, "Мария", "79260000001"))
    assert counts(imported(HEAD + TWICE, choice="skip")) == (2, 0, 1, 0)


def test_updating_fills_in_what_the_file_knows_and_forgets_nothing(
    imported: Import, leads: ContactList, anna: Member
) -> None:
    known = people.make_contact(leads, "Мария", "79260000009", "79260000001", city="Самара", owner=anna, notes="старое")
    line = "Мария Орлова;Лютик;+7 926 000-00-01, 8 926 000-00-03;;;;;новое\n"
    assert counts(imported(HEAD + line, choice="update")) == (0, 1, 0, 0)
    known.refresh_from_db()
    assert (known.name, known.company, known.city, known.owner) == ("Мария Орлова", "Лютик", "Самара", anna)
    assert known.notes == "старое\nновое"
    assert [*known.phones.values_list("digits", flat=True)] == ["79260000009", "79260000001", "79260000003"]
    assert [*Contact.objects.search("лютик")] == [*Contact.objects.search("000-00-03")] == [known]
    check_index()


def test_updating_puts_two_rows_of_one_phone_into_one_contact(imported: Import) -> None:
    assert counts(imported(HEAD + TWICE, choice="update")) == (2, 1, 0, 0)
    ivan = Contact.objects.get(name="Иван ещё раз")
    assert ivan.company == "Астра"
    assert [*ivan.phones.values_list("digits", flat=True)] == ["79260000000", "79260000002"]


def test_updating_prefers_the_contact_on_the_list_at_hand(
    imported: Import, account: Account, leads: ContactList
) -> None:
    people.make_contact(people.make_list(account, "Others"), "Чужая", "79260000001")
    people.make_contact(leads, "Своя", "79260000001")
    imported(HEAD + "Мария;Лютик;+7 926 000-00-01\n", choice="update")
    assert {*Contact.objects.values_list("name", flat=True)} == {"Чужая", "Мария"}


@pytest.mark.parametrize(
    ("name", "updated"), [("анна  Ершова", "elsewhere"), ("Анна Другая", "here"), ("Отец Анны", "oldest here")]
)
def test_of_several_with_the_phone_the_one_of_the_name_is_updated_then_one_on_the_list(
    imported: Import, account: Account, leads: ContactList, name: str, updated: str
) -> None:
    others = people.make_list(account, "Others")
    rows = {
        "first": people.make_contact(others, "Приёмная", "79260000001"),
        "elsewhere": people.make_contact(others, "Анна Ершова", "79260000001"),
        "oldest here": people.make_contact(leads, "Вахта", "79260000001"),
        "here": people.make_contact(leads, "Анна Другая", "79260000001"),
    }
    imported(HEAD + f"{name};Лютик;+7 926 000-00-01\n", choice="update")
    assert list(Contact.objects.filter(company="Лютик")) == [rows[updated]]


def test_adding_adds_everybody(imported: Import, leads: ContactList) -> None:
    people.make_contact(leads, "Мария", "79260000001")
    assert counts(imported(HEAD + TWICE, choice="add")) == (3, 0, 0, 0)
    assert ContactPhone.objects.filter(digits="79260000000").count() == 2


def test_a_refused_row_is_listed_and_no_half_of_it_is_written(imported: Import) -> None:
    run = imported(HEAD + "Иван;;89260000000\nПётр;;89260000001, 7.926E+10;;;;Никто;;\n")
    assert counts(run) == (1, 0, 0, 1)
    assert [*run.refusals.values_list("line", "column", "value", "reason")] == [
        (3, "Тел", "7.926E+10", "phone_scientific"),
        (3, "Ответственный", "Никто", "owner_unknown"),
    ]
    assert not ContactPhone.objects.filter(digits="79260000001").exists()


def test_consents_are_noted_for_each_phone_with_date_and_source(imported: Import, adam: Member) -> None:
    imported(HEAD + "Иван;;89260000000, 89260000001;;;;;;да;01.11.2026\n", member=adam, file_name="ноябрь.csv")
    fields = ("digits", "state", "date", "source", "member")
    given = (ConsentState.GIVEN, date(2026, 11, 1), "ноябрь.csv", adam.pk)
    assert {*Consent.objects.values_list(*fields)} == {("79260000000", *given), ("79260000001", *given)}


def test_a_consent_that_is_known_is_not_noted_again(imported: Import) -> None:
    for _time in range(2):
        imported(HEAD + "Иван;;89260000000;;;;;;да;01.11.2026\n", choice="update")
    assert Consent.objects.count() == 1


def test_who_is_left_as_they_are_gets_no_consent_but_their_withdrawal_counts(
    imported: Import, leads: ContactList
) -> None:
    people.make_contact(leads, "Иван", "79260000000")
    people.make_contact(leads, "Пётр", "79260000001")
    imported(HEAD + "Иван;;89260000000;;;;;;да\nПётр;;89260000001;;;;;;отозвано\n", choice="skip")
    assert [*Consent.objects.values_list("digits", "state")] == [("79260000001", ConsentState.WITHDRAWN)]


def test_who_asked_not_to_be_called_is_noted_once_even_if_the_row_is_skipped(
    imported: Import, leads: ContactList, account: Account
) -> None:
    people.make_contact(leads, "Иван", "79260000000")
    DoNotCall.objects.create(account=account, digits="79260000001", why="asked")
    imported(HEAD + "Иван;;89260000000;;;;;;;;да\nПётр;;89260000001;;;;;;;;да\nАнна;;89260000002;;;;;;;;нет\n")
    assert {*DoNotCall.objects.in_force().values_list("digits", "why")} == {
        ("79260000000", ""),
        ("79260000001", "asked"),
    }


def test_a_name_that_is_a_phone_shows_no_more_of_it_than_sales_may_see(leads: ContactList, imported: Import) -> None:
    CallRules.objects.create(account=leads.account, masks_numbers=True)
    services.add_contact(list=leads, name="Ольга", phones=[NewPhone("79267654322")])
    imported("ФИО;Тел\n8 926 765-43-21;79267654321\nОльга 89267654322;79267654322\n", choice="update")
    names = Contact.objects.order_by("pk").values_list("name", "name_key")
    assert [*names] == [
        ("Ольга +7 926 •••-••-22", fold("Ольга +7 926 •••-••-22")),
        ("+7 926 •••-••-21", fold("+7 926 •••-••-21")),
    ]
