"""What hangs on the contacts' table outside Django's sight."""

import pytest
from django.db import connection

from clickcall.contacts.finding.source import Source
from clickcall.models import Contact

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.only_on("sqlite"),
]


def rows(sql: str, *params: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def test_the_triggers_survive_all_migrations() -> None:
    """SQLite drops them silently when a migration rebuilds the table."""
    names = rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'clickcall_contact'")
    assert {name for (name,) in names} == {
        "contact_search_added",
        "contact_search_removed",
        "contact_search_changed",
    } | {"contact_words_added", "contact_words_removed", "contact_words_changed"}


def test_the_index_agrees_with_the_table(petr: Contact, ivan: Contact) -> None:
    petr.delete()
    ivan.search_text = "  other"
    ivan.save()
    rows("INSERT INTO clickcall_contact_search(clickcall_contact_search, rank) VALUES ('integrity-check', 1)")


def test_a_selective_search_looks_contacts_up_instead_of_walking_through_them(petr: Contact) -> None:
    found = Contact.objects.filter(account=petr.account).search("щукин", petr.account).order_by()
    plan = found.explain()
    assert "SEARCH clickcall_contact USING INTEGER PRIMARY KEY" in plan
    assert plan.count("(account_id=? AND name_key>? AND name_key<?)") == 2, "names, archived ones apart"
    assert "SCAN clickcall_contact\n" not in plan


def test_the_list_is_read_in_the_order_of_its_index(petr: Contact) -> None:
    found = Contact.objects.filter(account=petr.account).active().order_by("name_key", "pk")[:51]
    assert "TEMP B-TREE" not in found.explain()


def test_a_walk_for_a_common_term_stays_in_the_index_of_names(petr: Contact) -> None:
    """Without it SQLite looks every contact up on another page of its file."""
    source = Source.of(petr.account_id, Contact.objects.filter(account=petr.account).active())
    plan = rows(
        f"EXPLAIN QUERY PLAN SELECT s.name_key, s.id FROM ({source.rows.text}) s"  # noqa: S608 - our own SQL
        " WHERE instr(s.search_text, %s) > 0 ORDER BY s.name_key, s.id LIMIT 26",
        *source.rows.params,
        "ива",
    )
    assert "USING INDEX contact_walk" in str(plan)
    assert "TEMP B-TREE" not in str(plan)


def test_the_order_of_last_calls_is_read_from_its_index(petr: Contact) -> None:
    called = Contact.objects.filter(account=petr.account).active().filter(last_call__isnull=False)
    plan = called.order_by("-last_call_id", "-pk").values_list("last_call_id", "pk")[:26].explain()
    assert "contact_by_last_call" in plan
    assert "TEMP B-TREE" not in plan


def test_whoever_was_never_called_is_read_in_the_order_of_names(petr: Contact) -> None:
    """Also where a million of them are counted: the index of last calls must not look like the shorter way."""
    rows("INSERT INTO sqlite_stat1 VALUES ('clickcall_contact', 'clickcall_contact_last_call_id_6604ff2a', '1000 20')")
    rows("ANALYZE sqlite_master")
    found = Contact.objects.filter(account=petr.account).active().filter(last_call=None, name_key__gte="а")
    plan = found.order_by("name_key", "pk").values_list("name_key", "pk")[:26].explain()
    assert "contact_never_called" in plan
    assert "TEMP B-TREE" not in plan
