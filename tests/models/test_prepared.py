"""A prepared statement answers what the queryset it is made of would."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now
from pytest_django.fixtures import DjangoAssertNumQueries
from support import people
from support.calls import make_call

from clickcall.models import Account, Call, CallEvent, Contact, Member, Token, VirtualNumber
from clickcall.models.prepared import Prepared, PreparedModels, whether
from clickcall.models.writing import PreparedInsert, PreparedUpdate


def test_values_go_where_they_belong(anna: Member, boris: Member, account: Account) -> None:
    named = Prepared(
        int, str, ask=lambda one, name: Member.objects.filter(account_id=one, name=name).values_list("pk", "name")
    )
    assert named.rows(account.pk, anna.name) == [[anna.pk, anna.name]]
    assert named.rows(account.pk, boris.name) == [[boris.pk, boris.name]]
    assert named.rows(account.pk + 1, anna.name) == []


def test_a_time_is_compared_as_the_database_keeps_it(anna: Member) -> None:
    call = make_call(anna)
    later = Prepared(type(now()), ask=lambda since: whether(Call.objects.filter(requested_at__gte=since)))
    assert later.any(call.requested_at)
    assert later.any(call.requested_at - timedelta(microseconds=1))
    assert not later.any(call.requested_at + timedelta(microseconds=1))


def test_rows_come_back_as_the_models_would(anna: Member, number: VirtualNumber) -> None:
    anna.default_number = number
    anna.save()
    members = PreparedModels(int, ask=lambda key: Member.objects.filter(pk=key), related=("account", "default_number"))
    (found,) = members.instances(anna.pk)
    assert found == anna
    assert (found.account.tz, found.default_number.enabled) == (anna.account.tz, True)


def test_only_the_columns_that_were_named_are_read(
    anna: Member, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    named = {"": ["id", "name", "account_id"], "account": ["id", "timezone"]}
    members = PreparedModels(int, ask=lambda key: Member.objects.filter(pk=key), related=("account",), only=named)
    with django_assert_num_queries(1):
        (found,) = members.instances(anna.pk)
        assert (found.name, found.account.tz) == (anna.name, anna.account.tz)
    with django_assert_num_queries(1):
        assert found.role == anna.role


def test_words_that_never_change_stand_in_the_statement_so_that_a_partial_index_will_do(anna: Member) -> None:
    """A planner sees no parameter: for it one might stand for anything."""
    twins = Prepared(
        int, str, ask=lambda account, name: whether(Call.objects.filter(account_id=account).exclude(origin="press"))
    )
    open_ones = Prepared(int, ask=lambda member: whether(Call.objects.filter(member_id=member, status__in=["talking"])))
    seen: list[tuple[str, list[object]]] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append((sql, [str(param) for param in params]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        twins.rows(anna.account_id, "unused")
        open_ones.rows(anna.pk)
    (first, given), (second, of_member) = seen
    assert "'press'" in first
    assert "'talking'" in second
    assert (given, of_member) == ([str(anna.account_id)], [str(anna.pk)])


@pytest.mark.parametrize("odd", ["it's", "50%", "%s", "back\\slash", "", "два слова"])
def test_a_constant_of_any_text_is_compared_as_it_is(odd: str, anna: Member) -> None:
    Member.objects.filter(pk=anna.pk).update(name=odd)
    named = Prepared(int, ask=lambda key: Member.objects.filter(pk=key, name=odd).values_list("name"))
    other = Prepared(int, ask=lambda key: Member.objects.filter(pk=key).exclude(name=odd).values_list("name"))
    assert (named.rows(anna.pk), other.rows(anna.pk)) == ([[odd]], [])


@pytest.mark.only_on("postgresql")
def test_a_question_that_is_asked_often_is_planned_once_for_keys_of_all_sizes(anna: Member) -> None:
    named = Prepared(int, ask=lambda key: Member.objects.filter(pk=key, name="planned once").values_list("pk"))
    for key in (1, 70_000, 5_000_000_000, 2, 3, 80_000, anna.pk):
        assert named.rows(key) == []
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE \'%"clickcall_member"."name" = $%\''
        )
        assert cursor.fetchone()[0] >= 1
        cursor.execute("SELECT statement FROM pg_prepared_statements GROUP BY statement HAVING count(*) > 1")
        assert cursor.fetchall() == []


def test_what_is_not_there_beside_a_row_is_none(anna: Member) -> None:
    members = PreparedModels(int, ask=lambda key: Member.objects.filter(pk=key), related=("team", "account"))
    (found,) = members.instances(anna.pk)
    assert found.team is None
    assert found.account == anna.account


def test_secrets_are_decrypted_and_stay_secrets(token: Token) -> None:
    (found,) = PreparedModels(int, ask=lambda key: Token.objects.filter(pk=key)).instances(token.pk)
    assert found.secret.reveal() == "test-key-0123456789abcdef"
    assert "test-key" not in repr(found.secret)


def test_whether_asks_only_for_one(ivan: Contact) -> None:
    people.make_contact(ivan.list, "Пётр")
    there = Prepared(int, ask=lambda key: whether(Contact.objects.filter(list_id=key)))
    assert len(there.rows(ivan.list_id)) == 1
    assert there.any(ivan.list_id)
    assert not there.any(ivan.list_id + 1)


def test_what_is_written_is_what_save_would_have_written(anna: Member) -> None:
    call = make_call(anna)
    data = {"параметр": ["значение", 1, None, True]}
    event = PreparedInsert(CallEvent).write(
        CallEvent(account=anna.account, call=call, kind="seen", source="list", data=data)
    )
    assert CallEvent.objects.get(pk=event.pk).data == data
    assert not event._state.adding
    event.kind = "changed"
    event.save()
    assert call.events.filter(kind="changed").count() == 1


def test_many_rows_are_written_by_one_statement_each_with_its_key(anna: Member) -> None:
    call = make_call(anna)
    events = [CallEvent(account=anna.account, call=call, kind=kind, source="list") for kind in "abc"]
    insert = PreparedInsert(CallEvent)
    for some in (events[:2], events[2:]):
        assert insert.write_all(some) == some
    assert [CallEvent.objects.get(pk=event.pk).kind for event in events] == ["a", "b", "c"]


@pytest.mark.django_db(transaction=True)
def test_a_constraint_stops_a_prepared_row_too(anna: Member) -> None:
    call = make_call(anna)
    again = Call(account=anna.account, member=anna, external_id=call.external_id, contact_phone="79260000000")
    with pytest.raises(IntegrityError), transaction.atomic():
        PreparedInsert(Call).write(again)
    assert Call.objects.count() == 1


def test_a_prepared_update_writes_what_update_would(anna: Member) -> None:
    call, other = make_call(anna), make_call(anna)
    moment = now()
    changes = {"contact_name": "Ёж", "finished_at": moment, "talk_duration": 7, "params": {"a": None}}
    PreparedUpdate(Call).write(call.pk, changes)
    call.refresh_from_db()
    assert {name: getattr(call, name) for name in changes} == changes
    other.refresh_from_db()
    assert other.contact_name != "Ёж"


def test_a_prepared_update_of_many_changes_these_and_no_other(anna: Member) -> None:
    calls, update = [make_call(anna) for _ in range(4)], PreparedUpdate(Call)
    for some in (calls[:3], calls[:1]):
        update.write_all([call.pk for call in some], {"talk_duration": len(some)})
    found = dict(Call.objects.values_list("pk", "talk_duration"))
    assert [found[call.pk] for call in calls] == [1, 3, 3, None]


def test_a_prepared_update_takes_a_row_a_key_or_nothing_for_a_relation(anna: Member, token: Token) -> None:
    call, update = make_call(anna), PreparedUpdate(Call)
    for value, expected in (({"token": token}, token.pk), ({"token": None}, None), ({"token_id": token.pk}, token.pk)):
        update.write(call.pk, value)
        call.refresh_from_db()
        assert call.token_id == expected
