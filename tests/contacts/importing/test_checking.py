from collections.abc import Callable

import pytest
from support import people

from clickcall.contacts.importing import runs, work
from clickcall.models import Account, Consent, Contact, ContactList, DoNotCall, ImportRun, ImportState, Member

pytestmark = pytest.mark.django_db
Upload = Callable[..., ImportRun]
FILE = """ФИО;Тел;Часовой пояс;Согласие
Иван;89260000000;Самара;да
Иван ещё раз;+7 926 000-00-00;;
Мария;89260000001;;
Олег;89260000002;;
Никто;89260000003;;
Анна;89260000004;МСК;
Пётр;123;;
"""


@pytest.fixture
def ready(upload: Upload, account: Account, leads: ContactList, anna: Member) -> ImportRun:
    """A file with one of everything, checked."""
    people.make_contact(leads, "Мария", "79260000001", owner=anna)
    people.make_contact(people.make_list(account, "Others"), "Олег", "79260000002", owner=anna)
    people.make_contact(leads, "Никто", "79260000003")
    DoNotCall.objects.create(account=account, digits="79260000004")
    Consent.objects.create(account=account, digits="79260000001", state="given")
    Consent.objects.create(account=account, digits="79260000002", state="given")
    Consent.objects.create(account=account, digits="79260000002", state="withdrawn")
    run = upload(FILE)
    runs.check(run)
    assert work.import_job()
    run.refresh_from_db()
    return run


def test_before_the_start_it_is_said_what_the_rows_are_and_whose(ready: ImportRun) -> None:
    assert ready.state == ImportState.READY
    assert ready.findings == {
        "new": 2,
        "twice": 1,
        "on_list": 2,
        "elsewhere": 1,
        "shared": 0,
        "refused": 1,
        "do_not_call": 1,
        "without_consent": 4,
        "stays_withdrawn": 0,
        "time_unknown": 4,
        "owners": [["Анна Кузнецова", 2], ["", 1]],
        "lines_withdrawn": [],
    }


def test_the_time_there_is_known_by_zone_place_or_landline(upload: Upload) -> None:
    rows = ["89260000000;;;", "89260000001;МСК+2;;", "89260000002;;Омск;", "89260000003;;;Пермский край"]
    run = upload("\n".join(["Тел;Пояс;Город;Регион", *rows, "8 (4012) 53-20-01;;;", "+442079460958;;;"]))
    runs.check(run)
    assert work.import_job()
    run.refresh_from_db()
    assert run.findings["time_unknown"] == 2


def test_a_check_changes_nothing_and_the_run_then_does_what_it_said(ready: ImportRun) -> None:
    assert Contact.objects.count() == 3
    assert ready.refusals.count() == 0
    assert runs.start(ready)
    assert work.import_job()
    ready.refresh_from_db()
    assert (ready.added, ready.skipped, ready.refused) == (2, 4, 1)


def test_a_second_press_starts_nothing(ready: ImportRun) -> None:
    assert runs.start(ready)
    assert not runs.start(ready)
    assert not runs.check(ready)


def test_a_check_in_slices_finds_the_same(upload: Upload, ready: ImportRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 2)
    monkeypatch.setattr(work, "SLICE", 0.0)
    run = upload(FILE)
    runs.check(run)
    rounds = 0
    while work.import_job():
        rounds += 1
    run.refresh_from_db()
    assert rounds > 3
    assert run.findings == ready.findings


def test_a_check_whose_process_died_begins_again(
    upload: Upload, ready: ImportRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "BATCH", 2)
    monkeypatch.setattr(work, "SLICE", 0.0)
    run = upload(FILE)
    runs.check(run)
    work.import_job()
    work._held.clear()
    ImportRun.objects.update(lease_until=None)
    while work.import_job():
        pass
    run.refresh_from_db()
    assert run.findings == ready.findings
