"""How far a list is, and what the figures count."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from support.queue import NOT_PICKED_UP, TALKED, ended
from time_machine import travel

from clickcall.contacts.queue import progress
from clickcall.contacts.queue.progress import Progress
from clickcall.models import (
    CallRules,
    Contact,
    ContactList,
    Dispatch,
    Effect,
    Member,
    Origin,
    Outcome,
    QueueEntry,
    WrapUp,
)

pytestmark = pytest.mark.django_db
Crowd = Callable[..., list[Contact]]
SignIn = Callable[..., Client]


def counted(row: ContactList) -> Progress:
    return progress.count(row, CallRules(account_id=row.account_id))


def test_the_figures_of_a_list(anna: Member, leads: ContactList, crowd: Crowd) -> None:
    talked, _fresh, missed, short, machine, _fresh2 = crowd(6)
    ended(anna, talked, **TALKED)
    QueueEntry.objects.filter(contact=talked).update(state="done")
    ended(anna, missed)
    ended(anna, short, **TALKED | {"talk_duration": 14})
    call = ended(anna, machine, **TALKED)
    outcome = Outcome.objects.create(account=anna.account, name="Machine", effect=Effect.MACHINE)
    WrapUp.objects.create(call=call, account=anna.account, member=anna, outcome=outcome, decided_at=now())
    assert counted(leads) == Progress(total=6, called=4, reached=1, left=5)


def test_who_was_only_pressed_or_called_us_is_not_called_yet(anna: Member, leads: ContactList, crowd: Crowd) -> None:
    unsent, silent, caller, rung = crowd(4)
    ended(anna, unsent, dispatch=Dispatch.NOT_SENT)
    ended(anna, silent, **NOT_PICKED_UP)
    ended(anna, caller, origin=Origin.INBOUND, dispatch="", external_id=None, is_missed=True)
    ended(anna, rung)
    ended(anna, rung, dispatch=Dispatch.REFUSED)
    assert counted(leads).called == 1


def test_archived_people_are_not_on_the_list(anna: Member, leads: ContactList, crowd: Crowd) -> None:
    gone, _here = crowd(2)
    ended(anna, gone, **TALKED)
    Contact.objects.filter(pk=gone.pk).update(archived_at=now())
    assert counted(leads) == Progress(total=1, left=1)


def test_a_list_is_counted_once_a_minute(anna: Member, leads: ContactList, crowd: Crowd) -> None:
    crowd(1)
    with travel(now(), tick=False) as clock:
        assert progress.of_list(leads).total == 1
        crowd(1)
        with CaptureQueriesContext(connection) as asked:
            assert progress.of_list(leads).total == 1
        assert not any("clickcall_contact" in query["sql"] for query in asked)
        clock.shift(timedelta(seconds=61))
        assert progress.of_list(leads).total == 2


def test_while_one_counts_the_others_read_the_old_figures(
    anna: Member, leads: ContactList, crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(1)
    progress.of_list(leads)
    crowd(1)
    real, seen = progress.count, []

    def slow(row: ContactList, rules: CallRules) -> Progress:
        if not seen:
            seen.append(None)
            seen.append(progress.of_list(row).total)
        return real(row, rules)

    monkeypatch.setattr(progress, "count", slow)
    with travel(now() + timedelta(minutes=2)):
        assert progress.of_list(leads).total == 2
    assert seen[1:] == [1]


def test_the_page_of_lists_asks_for_each_lists_progress(
    as_: SignIn, anna: Member, maria: Member, stranger: Member, leads: ContactList, crowd: Crowd
) -> None:
    called, _other = crowd(2)
    ended(anna, called)
    url = f"/contacts/lists/{leads.pk}/progress/"
    assert url in as_(maria).get("/contacts/lists/").content.decode()
    assert "1 of 2 called" in as_(maria).get(url).content.decode()
    assert as_(stranger).get(url).status_code == 404
