"""Writing thousands of contacts at once: plain rows, keys drawn beforehand, and the search index told once.

Within a transaction. Django's `bulk_create` spends more time on its objects than the database on the rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Model

from ...models import Contact, ContactPhone


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows of plain values, in the order of `names` (attributes); all other columns but the key get their defaults."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    rest = [field for name, field in fields.items() if name not in names and not field.primary_key]
    defaults = tuple(field.get_db_prep_save(field.get_default(), connection) for field in rest)
    columns = [str(field.column) for field in (*(fields[name] for name in names), *rest)]
    quote = connection.ops.quote_name
    sql = "INSERT INTO {} ({}) VALUES ({})".format(  # noqa: S608 - names of our own tables
        quote(model._meta.db_table), ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(*row, *defaults) for row in rows])


def draw_keys(model: type[Model], count: int) -> range | list[int]:
    """Keys that nobody else will get. On SQLite the transaction is the only writer; PostgreSQL's sequence is asked."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = (cursor.fetchone() or [0])[0]
            return range(last + 1, last + 1 + count)
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
        return [key for (key,) in cursor.fetchall()]


@contextmanager
def index_told_once(first: int, last: int) -> Iterator[None]:
    """The contacts added within, whose keys run from first to last, reach SQLite's search index in one go.

    See the migration 0004: the row in the batch table lives and dies with this transaction.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO clickcall_contact_batch (id) VALUES (1)")
        yield
        cursor.execute(
            "INSERT INTO clickcall_contact_search (rowid, search_text)"
            " SELECT id, search_text FROM clickcall_contact WHERE id BETWEEN %s AND %s ORDER BY id",
            [first, last],
        )
        cursor.execute("DELETE FROM clickcall_contact_batch")


CONTACT = (
    "id account_id list_id name company city region timezone notes owner_id name_key search_text".split()  # noqa: SIM905
)
PHONE = "contact_id account_id digits kind label keys position".split()  # noqa: SIM905 - as in the model


def insert_contacts(rows: Sequence[Sequence[Any]]) -> None:
    """Rows as `CONTACT` names them, by rising keys."""
    with index_told_once(rows[0][0], rows[-1][0]):
        insert(Contact, CONTACT, rows)


def insert_phones(rows: Iterable[Sequence[Any]]) -> None:
    """Rows as `PHONE` names them."""
    insert(ContactPhone, PHONE, rows)
