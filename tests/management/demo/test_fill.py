from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils.timezone import now
from pytest_django import DjangoDbBlocker, Settings

from clickcall.calls import bar, lifecycle
from clickcall.contacts.rules import hours
from clickcall.contacts.rules.company import rules_of
from clickcall.management.demo.fill import fill
from clickcall.management.demo.people import logins
from clickcall.models import Account, Call, Contact, Member, Origin, Status, User
from clickcall.simulator.config_file import load_config

# The mark is also what makes a test database: without one the fixture below would fill the real one.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def filled(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The folder of a demo that was filled on a Wednesday: once for all tests, each of which puts back its changes."""
    folder = tmp_path_factory.mktemp("demo")
    with time_machine.travel("2026-11-18 12:00:00+03:00"), django_db_blocker.unblock(), transaction.atomic():
        fill(folder, 9000)
        yield folder
        transaction.set_rollback(True)


def test_everybody_whom_the_demo_introduces_can_sign_in_in_their_role() -> None:
    assert [(login.role, login.username) for login in logins()] == [
        ("sales", "anna"),
        ("manager", "mikhail"),
        ("admin", "elena"),
    ]
    for login in logins():
        user = User.objects.get(username=login.username)
        assert user.check_password(login.password)
        assert user.memberships.order_by("pk")[0].role == login.role


def test_its_numbers_and_keys_are_those_that_the_simulator_knows() -> None:
    for known in load_config(None).accounts:
        account = Account.objects.get(slug=known.slug)
        keys = {token.value for token in known.tokens}
        assert {number.digits for number in account.numbers.all()} == {number.number for number in known.numbers}
        assert account.tokens.usable()[0].secret.reveal() in keys
        assert account.timezone == known.timezone
        assert {entry.digits for entry in account.blacklist.all()} == set(known.blacklist)


def test_its_clients_may_be_called_whenever_somebody_tries_it(company_hours: None) -> None:
    for account in Account.objects.all():
        for hour in range(24):
            at = datetime(2026, 11, 21, hour, tzinfo=account.tz)
            assert hours.is_open(rules_of(account.pk), at)
            assert not hours.asks_unknown(rules_of(account.pk), at)


def test_each_fate_of_the_simulator_has_a_contact() -> None:
    config = load_config(None)
    companies = {phone: company for phone, company in Contact.objects.values_list("phones__digits", "company") if phone}
    for digits, fate in config.fates.items():
        assert fate in companies[digits]


def test_past_calls_are_what_their_facts_add_up_to_and_over() -> None:
    calls = list(Call.objects.select_related("member", "contact"))
    assert len(calls) > 40
    for call in calls:
        facts = lifecycle.facts_of(call)
        assert (call.status, call.is_final) == (lifecycle.status(facts), True)
        assert now() - timedelta(days=8) < call.requested_at < call.finished_at < now()  # type: ignore[operator]
        if call.origin == Origin.PRESS:
            assert call.contact is not None
            assert call.contact.owner_id in (None, call.member_id)
            assert bool(call.record_link) == bool(call.talk_duration)
    assert {Status.TALKED, Status.NO_ANSWER, Status.BUSY} <= {Status(call.status) for call in calls}
    assert not any(bar.current(member) for member in Member.objects.all())


def test_contacts_have_called_and_some_reached_nobody() -> None:
    calls = Call.objects.filter(origin=Origin.INBOUND)
    assert {call.status for call in calls} == {Status.MISSED, Status.TALKED}
    assert calls.filter(contact=None).count() == 1
    for member in Member.objects.filter(user__username__in=["anna", "oleg", "rita", "mikhail", "grace"]):
        assert Call.objects.to_return(member, now() - timedelta(days=2)), member.name


def test_a_second_start_keeps_what_people_changed_and_points_at_the_simulators_port(filled: Path) -> None:
    Contact.objects.filter(name="Иван Петров").update(company="Василёк")
    Account.objects.filter(slug="sever").update(name="Южный ветер")
    calls = Call.objects.count()
    User.objects.get(username="anna").set_password("forgotten")
    fill(filled, 9100)
    assert Contact.objects.get(name="Иван Петров").company == "Василёк"
    account = Account.objects.get(slug="sever")
    assert (account.name, account.urls[0]) == ("Южный ветер", "http://127.0.0.1:9100/v4.0")
    assert Call.objects.count() == calls


def test_a_password_that_somebody_changed_is_the_printed_one_again(filled: Path) -> None:
    anna = User.objects.get(username="anna")
    anna.set_password("another one")
    anna.save()
    fill(filled, 9000)
    anna.refresh_from_db()
    assert anna.check_password(logins()[0].password)


def test_a_database_that_is_not_a_demos_is_not_filled(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path
    with pytest.raises(CommandError, match="not the folder of a demo"):
        call_command("fill_demo", "--provider-port", "9000", "--port", "8000")
