"""An account with a million contacts, made quickly and always the same: names as they stand in Russian sales lists."""

# ruff: noqa: SIM905 - words read better than lists

import random
from datetime import timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.timezone import now
from support import people

from clickcall.contacts.importing import bulk
from clickcall.models import Call, Callback, CallRules, Contact, ContactPhone, Role
from clickcall.models.searching import fold, searchable

if TYPE_CHECKING:
    from clickcall.models import Account, ContactList, Member

FIRST = (
    "Иван Анна Елена Александр Сергей Ольга Мария Алексей Дмитрий Татьяна Наталья Андрей Екатерина Михаил Ирина "
    "Владимир Светлана Юлия Николай Пётр Павел Максим Виктор Артём Людмила Галина Олег Марина Роман Игорь Вера Лев "
    "Фёдор Тимур Гульнара Алёна Семён Зоя Ян Эльвира John Anna Thomas Юрий Щедрина Ульяна"
).split()
STEMS = (
    "Иван Петр Сидор Кузнец Щук Ёл Бел Черн Вор Сад Лис Мед Шуб Голуб Рож Вяз Дуб Гор Зай Кам Лес Мор Бар Бег Бук Вет "
    "Вин Гал Ган Гус Дем Дол Еж Жар Жук Зим Зуб Кал Кис Кол Кос Куд Лаз Лук Мак Мал Мил Мир Наз Ник Ор Пан Пол Руд "
    "Сав Сол Тар Тит Тур Ул Фад Фил Хар Хом Цар Чай Шар Шев Эрл Юд Яр Константинополь Велич Добр Завад Крас Остр Прох"
).split()
ENDS = (
    "ов ова ев ева ин ина ский ская енко ёв ёва ышев ышева ягин ягина ушкин ушкина ман цев цева орев орева ачёв ачёва "
    "есов есова ых юк чук вич дзе ян ец ный ная ник ко аев аева уров урова"
).split()
FORMS = "ООО,ООО,ООО,ИП,ИП,АО,ПАО,".split(",")
FIRMS = (
    "Ромашка Вектор Стройинвест Каспийгаз Янтарь Металл Север Урал Логистика Продукты Энерго Сфера Альфа Омега Аква "
    "Горизонт Пилот Меридиан Эталон Маяк Кристалл Атлант Феникс Партнёр Прогресс Восход Заря Волна Гранит Фортуна "
    "Престиж Комфорт Гарант Дельта Орион Юпитер Technology Trade Group Service"
).split()
CITIES = "Москва Самара Пермь Казань Уфа Омск Томск".split()
CODES = "9" * 8 + "4348"


CALL = (
    "account_id member_id contact_id contact_phone external_id "
    "requested_at dispatch status is_final finished_at closed_at"
).split()


def _falling(words: list[str]) -> list[float]:
    """Weights of which the first words have the most: 1, 1/2, 1/3, …"""
    return [*accumulate(1 / place for place in range(1, len(words) + 1))]


FIRST_WEIGHTS, FIRM_WEIGHTS = _falling(FIRST), _falling(FIRMS)
LAST = [stem + end for end in ENDS for stem in STEMS]
LAST_WEIGHTS = _falling(LAST)


def somebody(chance: random.Random) -> tuple[str, str, list[str]]:
    """A name, a company and the digits of one phone or two."""
    (first,) = chance.choices(FIRST, cum_weights=FIRST_WEIGHTS)
    (last,) = chance.choices(LAST, cum_weights=LAST_WEIGHTS)
    name = f"{last} {first}" if chance.random() < 0.6 else f"{first} {last}"
    company = ""
    if chance.random() < 0.8:
        (firm,) = chance.choices(FIRMS, cum_weights=FIRM_WEIGHTS)
        company = f"{chance.choice(FORMS)} «{firm}-{chance.randrange(3000)}»".strip()
    phones = [f"7{chance.choice(CODES)}{chance.randrange(10**9):09}" for _ in range(1 + (chance.random() < 0.15))]
    return name, company, [*dict.fromkeys(phones)]


def people_of(account: "Account") -> tuple["Member", "Member", list["ContactList"]]:
    """A salesperson, a manager, and ten lists of which the salesperson sees nine."""
    anna = people.make_member(account, "anna", Role.SALES)
    boris = people.make_member(account, "boris", Role.SALES)
    maria = people.make_member(account, "maria", Role.MANAGER)
    people.make_token(account)
    CallRules.objects.create(account=account, hours_on=False)  # the same pages by day and by night
    for member in (anna, maria):
        member.default_number = people.make_number(account, f"7499372069{member.pk % 10}")
        member.save()
    return anna, maria, [people.make_list(account, f"List {n}", *([boris] if n == 9 else [])) for n in range(10)]


def fill(account: "Account", anna: "Member", lists: list["ContactList"], count: int, batch: int = 20_000) -> None:
    """`count` contacts with their phones, in batches, as an import writes them; then the database's statistics."""
    chance = random.Random(1)
    keys = [row.pk for row in lists]
    for start in range(1, count + 1, batch):
        rows, phones = [], []
        for key in range(start, min(start + batch, count + 1)):
            name, company, digits = somebody(chance)
            owner = anna.pk if chance.random() < 0.02 else None
            texts = (name, company, chance.choice(CITIES), "", "", "", owner, fold(name)[:200])
            rows.append((key, account.pk, chance.choice(keys), *texts, searchable(name, company, digits)))
            phones += [(key, account.pk, number, "phone", "", "", place) for place, number in enumerate(digits)]
        _write(rows, phones)
    count_rows()


def work(account: "Account", anna: "Member", count: int) -> None:
    """Of `count` contacts every twentieth was called, in no order, and every hundredth waits for a callback.

    The calls were made one every ten minutes until now.
    """
    chance, begun = random.Random(2), now()
    called = chance.sample(range(1, count + 1), count // 20)
    phones = dict(ContactPhone.objects.filter(position=0).values_list("contact", "digits"))
    calls = []
    for place, key in enumerate(called):
        at = begun - timedelta(minutes=10) * (len(called) - place)
        over = at, "accepted", "no_answer", True, at, at
        calls.append((account.pk, anna.pk, key, phones[key], f"crowd-{key}", *over))
    promises = [
        (account.pk, key, "79260000000", begun + timedelta(minutes=place), anna.pk)
        for place, key in enumerate(chance.sample(range(1, count + 1), count // 100))
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        bulk.insert(Call, CALL, calls)
        bulk.insert(Callback, "account_id contact_id digits due_at made_by_id".split(), promises)
        cursor.execute(
            "UPDATE clickcall_contact SET last_call_id ="
            " (SELECT c.id FROM clickcall_call c WHERE c.contact_id = clickcall_contact.id)"
            " WHERE id IN (SELECT c.contact_id FROM clickcall_call c)"
        )
    count_rows()


def count_rows() -> None:
    """The database's own statistics."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM")


def _write(rows: list[tuple[Any, ...]], phones: list[tuple[Any, ...]]) -> None:
    if connection.vendor != "postgresql":
        with transaction.atomic():
            bulk.insert_contacts(rows)
            bulk.insert_phones(phones)
        return
    _copy(Contact._meta.db_table, [*bulk.CONTACT], rows)
    _copy(ContactPhone._meta.db_table, [*bulk.PHONE], phones)


def _copy(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
