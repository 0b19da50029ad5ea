"""From the upload to the corrected rows, as a manager meets it; the worker's turn is taken in between."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from support import people

from clickcall.contacts.importing import runs, work
from clickcall.models import Contact, ContactList, ImportRun, ImportState, Member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]
FILE = "ФИО;Моб.;Город\r\n=Иван;8 926 000-00-00;Самара\r\n-Пётр;7,926E+10;Омск\r\n".encode("cp1251")


def post(client: Client, content: bytes, **fields: object) -> object:
    file = SimpleUploadedFile("клиенты.csv", content)
    return client.post("/contacts/imports/", {"file": file, **fields})


@pytest.fixture
def manager(as_: SignIn, maria: Member) -> Client:
    return as_(maria)


def finished(client: Client, run: ImportRun) -> ImportRun:
    columns = {f"column-{place}": field for place, field in enumerate(run.mapping)}
    client.post(f"/contacts/imports/{run.pk}/columns/", {**columns, "choice": "skip"})
    client.post(f"/contacts/imports/{run.pk}/start/")
    assert work.import_job()
    run.refresh_from_db()
    return run


def test_an_upload_leads_to_a_preview_of_the_first_rows(manager: Client, leads: ContactList) -> None:
    post(manager, FILE, list=leads.pk)
    run = ImportRun.objects.get()
    text = manager.get(f"/contacts/imports/{run.pk}/").content.decode()
    assert (run.encoding, run.separator, run.mapping) == ("cp1251", ";", ["name", "phone", "city"])
    assert "+7 926 000-00-00" in text
    assert "rounded number" in text
    assert Contact.objects.count() == 0


def test_the_preview_says_who_shares_a_phone_and_which_of_them_is_updated(manager: Client, leads: ContactList) -> None:
    for name in ("Вахта", "Приёмная", "Иван Петров"):
        people.make_contact(leads, name, "79260000000")
    post(manager, "ФИО;Моб.\nИван Петров;89260000000\n".encode(), list=leads.pk)
    run = ImportRun.objects.get()
    url = f"/contacts/imports/{run.pk}/"
    assert "Several of ours have this phone: Иван Петров, Вахта, Приёмная" in manager.get(url).content.decode()
    columns = {"column-0": "name", "column-1": "phone", "choice": "update"}
    manager.post(f"{url}columns/", {**columns, "again": ""})
    told = "Several of ours have this phone: Иван Петров is updated, not Вахта, Приёмная"
    assert told in manager.get(url).content.decode()
    manager.post(f"{url}columns/", columns)
    assert "else one on this list, else the oldest" in manager.get(url).content.decode()


def test_refused_rows_come_back_harmless_and_are_taken_when_corrected(manager: Client, leads: ContactList) -> None:
    post(manager, FILE, list=leads.pk)
    run = finished(manager, ImportRun.objects.get())
    assert (run.state, run.added, run.refused) == (ImportState.DONE, 1, 1)
    text = manager.get(f"/contacts/imports/{run.pk}/refused.csv").getvalue().decode("utf-8-sig")
    heading, row = text.splitlines()
    assert heading == "ФИО;Моб.;Город;What is wrong"
    assert row.startswith("'-Пётр;7,926E+10;Омск;")
    post(manager, text.replace("7,926E+10", "'+79260000001").encode("utf-8-sig"), list=leads.pk)
    again = ImportRun.objects.get(state=ImportState.UPLOADED)
    assert again.mapping == ["name", "phone", "city", ""]
    assert finished(manager, again).added == 1
    assert {*Contact.objects.values_list("name", flat=True)} == {"=Иван", "-Пётр"}


def test_a_corrected_mapping_is_remembered_for_the_same_headings(manager: Client, leads: ContactList) -> None:
    content = "Кто;Куда;Прочее\nИван;89260000000;а\n".encode()
    post(manager, content, list=leads.pk)
    run = ImportRun.objects.get()
    runs.set_columns(run, mapping=["name", "phone", "notes"], choice="add")
    post(manager, content, list=leads.pk)
    again = ImportRun.objects.exclude(pk=run.pk).get()
    assert (again.mapping, again.choice) == (["name", "phone", "notes"], "add")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"%PDF-1.4 x", "This is a PDF"), (b"name;phone\n", "no rows below")],
)
def test_a_bad_file_is_refused_in_words_and_nothing_is_changed(manager: Client, content: bytes, words: str) -> None:
    answer = post(manager, content, new_list="November")
    assert words in answer.content.decode()  # type: ignore[attr-defined]
    assert ImportRun.objects.count() == ContactList.objects.count() == 0


def test_without_a_file_one_is_asked_for(manager: Client, leads: ContactList) -> None:
    assert "Choose a file." in manager.post("/contacts/imports/", {"list": leads.pk}).content.decode()


def test_a_new_list_is_made_with_the_upload(manager: Client) -> None:
    post(manager, FILE, new_list="November")
    assert ImportRun.objects.get().list.name == "November"


def test_without_a_column_of_phones_nothing_is_checked(manager: Client, leads: ContactList) -> None:
    post(manager, FILE, list=leads.pk)
    run = ImportRun.objects.get()
    answer = manager.post(f"/contacts/imports/{run.pk}/columns/", {"choice": "skip", "column-0": "name"})
    assert "Say which column holds the phones." in answer.content.decode()
    run.refresh_from_db()
    assert run.state == ImportState.UPLOADED


def test_the_progress_asks_until_there_is_another_page(manager: Client, leads: ContactList) -> None:
    post(manager, FILE, list=leads.pk)
    run = ImportRun.objects.get()
    runs.check(run)
    address, fragment = f"/contacts/imports/{run.pk}/", {"HTTP_HX_REQUEST": "true"}
    assert manager.get(f"{address}?seen=checking-0", **fragment).status_code == 204
    assert b"<progress" in manager.get(address, **fragment).content
    assert work.import_job()
    ended = manager.get(f"{address}?seen=checking-0", **fragment)
    assert (ended.status_code, ended.headers["HX-Refresh"]) == (286, "true")


def test_a_file_of_a_few_rows_is_checked_at_once_and_a_large_one_in_the_background(
    manager: Client, leads: ContactList, monkeypatch: pytest.MonkeyPatch
) -> None:
    for rows, state in ((2, ImportState.READY), (1, ImportState.CHECKING)):
        monkeypatch.setattr(work, "BATCH", rows)
        post(manager, FILE, list=leads.pk)
        run = ImportRun.objects.first()
        assert run
        manager.post(f"/contacts/imports/{run.pk}/columns/", {"choice": "skip", "column-1": "phone"})
        run.refresh_from_db()
        assert run.state == state


def test_a_cancelled_import_writes_nothing_and_its_files_go(manager: Client, leads: ContactList) -> None:
    post(manager, FILE, list=leads.pk)
    run = ImportRun.objects.get()
    manager.post(f"/contacts/imports/{run.pk}/cancel/")
    run.refresh_from_db()
    assert run.state == ImportState.CANCELLED
    assert not runs.folder_of(run).exists()
    assert "Cancelled behind row" in manager.get(f"/contacts/imports/{run.pk}/").content.decode()


@pytest.mark.parametrize(("who", "status"), [("maria", 200), ("adam", 200), ("anna", 403), ("stranger", 404)])
def test_imports_are_for_managers_and_admins_of_the_account(
    as_: SignIn, request: pytest.FixtureRequest, manager: Client, leads: ContactList, who: str, status: int
) -> None:
    post(manager, FILE, list=leads.pk)
    run = ImportRun.objects.get()
    client = as_(request.getfixturevalue(who))
    assert client.get(f"/contacts/imports/{run.pk}/").status_code == status
    client.post(f"/contacts/imports/{run.pk}/cancel/")
    run.refresh_from_db()
    assert (run.state == ImportState.CANCELLED) == (status == 200)
