"""A manager brings a list in: what is wrong with it is said row by row, mended in the file and uploaded again."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from support.live import Live, Seller
from support.pages import WIDE, let_in

from clickcall.contacts.importing import runs, work
from clickcall.models import ContactList, ImportRun, Member

pytestmark = pytest.mark.browser
Enter = Callable[..., Page]
PATIENCE = 20_000  # milliseconds that the worker of a loaded machine may take for a few rows
FILE = [
    "Кто;Куда;Дом",
    "Ведерникова Злата;8 (926) 555-00-01, доб. 12;Самара",
    "Игнатенко Марк;7,926E+10;Омск",
    "=СУММ(1);'+7 926 555-00-03;Самара",
    "Ещё раз Ведерникова;+79265550001;Самара",
    "Луганский Фома;;Томск",
]


def uploaded(page: Page, live: Live, name: str, content: bytes, on: str) -> None:
    page.goto(f"{live.url}/contacts/imports/")
    page.locator("#id_file").set_input_files([{"name": name, "mimeType": "text/csv", "buffer": content}])
    page.locator("#id_list").select_option(label=on)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def count(page: Page, name: str, area: str) -> Locator:
    """The figure beside a name."""
    return page.locator(f"{area} dt", has_text=re.compile(rf"^\s*{name}\s*$")).locator("xpath=following-sibling::dd[1]")


def imported(page: Page) -> None:
    """Checks all rows and takes them in."""
    page.get_by_role("button", name="Check all rows").click()
    expect(page.get_by_role("heading", name="What is in the file")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator(".tiles")).to_be_visible(timeout=PATIENCE)


def test_from_an_upload_with_errors_to_the_corrected_rows(
    live: Live, seller: Seller, enter: Enter, tmp_path: Path
) -> None:
    page, on = enter("maria"), f"Leads of {seller.username}"
    uploaded(page, live, "ноябрь.csv", "\r\n".join(FILE).encode("cp1251"), on)
    for heading, field in (("Кто", "Name"), ("Куда", "Phone"), ("Дом", "City")):
        page.get_by_label(heading, exact=True).select_option(label=field)
    page.get_by_role("button", name="Show the preview again").click()
    first = page.get_by_role("row", name="Ведерникова Злата")
    expect(first).to_contain_text("+7 926 555-00-01 доб. 12")
    expect(page.get_by_role("row", name="Игнатенко Марк")).to_contain_text("rounded number")

    page.get_by_role("button", name="Check all rows").click()
    expect(page.get_by_role("heading", name="What is in the file")).to_be_visible(timeout=PATIENCE)
    for name, rows in (("New people", "2"), ("Twice in the file", "1"), ("Refused", "2")):
        expect(count(page, name, ".facts")).to_have_text(rows)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator(".tiles")).to_be_visible(timeout=PATIENCE)
    for name, rows in (("Added", "2"), ("Left as they were", "1"), ("Refused", "2")):
        expect(count(page, name, ".tiles")).to_have_text(rows)
    expect(page.get_by_role("row", name=re.compile("7,926E"))).to_contain_text("rounded number")

    with page.expect_download() as started:
        page.get_by_role("link", name="Download the refused rows").click()
    refused = Path(started.value.path()).read_bytes().decode("utf-8-sig")
    assert started.value.suggested_filename == "refused rows of ноябрь.csv"
    corrected = refused.replace("7,926E+10", "8 926 555-00-02").replace(
        "Луганский Фома;;", "Луганский Фома;89265550004;"
    )
    page.get_by_role("link", name="Upload the corrected rows").click()
    uploaded(page, live, "исправлено.csv", corrected.encode("utf-8-sig"), on)
    expect(page.get_by_label("Куда", exact=True)).to_have_value("phone")  # as it was said for the first file
    imported(page)
    expect(count(page, "Added", ".tiles")).to_have_text("2")
    expect(count(page, "Refused", ".tiles")).to_have_text("0")

    sales = enter(seller.username)
    sales.locator(".filters input[name=q], .search input").first.fill("5550002")
    sales.keyboard.press("Enter")
    expect(sales.get_by_role("link", name="Игнатенко Марк")).to_be_visible()


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(work, "BATCH", 3)
    monkeypatch.setattr(work, "SLICE", 0.0)
    yield
    work._held.clear()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_slices")
def test_the_progress_moves_survives_leaving_and_turns_into_the_result(
    live_server: LiveServer, open_browser: Enter, maria: Member, leads: ContactList
) -> None:
    """The test is the worker here, so that there is time to look."""
    lines = ["ФИО;Телефон", *(f"Имя {n};8926000000{n}" for n in range(9))]
    run = runs.create(
        account=leads.account, list=leads, member=maria, file_name="a.csv", chunks=["\n".join(lines).encode()]
    )
    runs.start_unchecked(run)
    page = open_browser()
    let_in(page, live_server.url, maria, theme="light", width=WIDE)
    page.goto(f"{live_server.url}/contacts/imports/{run.pk}/")
    told = page.locator("#how-far")
    expect(told).to_have_text(re.compile("Imported 0 of 9 rows"))
    work.import_job()
    expect(told).to_have_text(re.compile("Imported 3 of 9 rows"), timeout=PATIENCE)
    page.goto(f"{live_server.url}/contacts/")
    work.import_job()
    page.goto(f"{live_server.url}/contacts/imports/")
    page.get_by_role("link", name="a.csv").click()
    expect(told).to_have_text(re.compile("Imported 6 of 9 rows"))
    while work.import_job():
        pass
    expect(page.locator(".tiles")).to_be_visible(timeout=PATIENCE)
    expect(count(page, "Added", ".tiles")).to_have_text("9")
    assert ImportRun.objects.get(pk=run.pk).state == "done"
