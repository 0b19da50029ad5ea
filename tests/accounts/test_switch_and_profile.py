import pytest
from django.test import Client
from support import people

from clickcall.accounts import services
from clickcall.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(adam: Member, stranger: Member) -> Member:
    """Adam's membership in the stranger's account, as a salesperson."""
    services.update_account(stranger.account, name="Rival Ltd", colour=3)
    return people.make_member(stranger.account, "adam", name="Guest")


def test_the_page_lists_ones_own_accounts_with_their_marks(as_, adam: Member, guest: Member) -> None:
    page = as_(adam).get("/switch/").content.decode()
    assert "Rival Ltd" in page
    assert "acct-mark a-3" in page
    assert "You are here" in page


def test_the_header_leads_to_it_only_where_there_is_a_choice(as_, adam: Member, anna: Member, guest: Member) -> None:
    assert '<a class="acct" href="/switch/"' in as_(adam).get("/switch/").content.decode().replace("\n", " ")
    assert '<a class="acct" href="/switch/"' not in as_(anna).get("/switch/").content.decode().replace("\n", " ")


def test_switching_brings_the_role_of_the_other_account(as_, adam: Member, guest: Member) -> None:
    browser: Client = as_(adam)
    assert browser.get("/people/").status_code == 200
    assert browser.post("/switch/", {"member": guest.pk}).status_code == 302
    assert browser.get("/people/").status_code == 403
    browser.post("/switch/", {"member": adam.pk})
    assert browser.get("/people/").status_code == 200


@pytest.mark.parametrize("chosen", ["theirs", "archived", "", "x", "-1"])
def test_nobody_switches_into_a_membership_that_is_not_theirs_or_over(as_, adam, guest, stranger, chosen: str) -> None:
    services.disable_member(guest)
    adam.user.refresh_from_db()
    member = {"theirs": stranger.pk, "archived": guest.pk}.get(chosen, chosen)
    assert as_(adam).post("/switch/", {"member": member}).status_code == 404


def test_a_get_switches_nothing(as_, adam: Member, guest: Member) -> None:
    browser: Client = as_(adam)
    browser.get("/switch/", {"member": guest.pk})
    assert "member" not in browser.session


def test_language_and_theme_are_the_persons_own(as_, anna: Member) -> None:
    browser: Client = as_(anna)
    answer = browser.post("/profile/", {"language": "ru", "next": "/switch/"})
    assert answer["Location"] == "/switch/"
    browser.post("/profile/", {"theme": "dark"})
    anna.user.refresh_from_db()
    assert (anna.user.language, anna.user.theme) == ("ru", "dark")
    head = browser.get("/switch/").content.decode().split("<head>")[0]
    assert 'lang="ru"' in head
    assert 'data-bs-theme="dark"' in head
    browser.post("/profile/", {"theme": ""})
    anna.user.refresh_from_db()
    assert (anna.user.language, anna.user.theme) == ("ru", "")


def test_the_sign_in_page_speaks_the_language_last_chosen(as_, anna: Member) -> None:
    browser: Client = as_(anna)
    browser.post("/profile/", {"language": "ru"})
    browser.post("/sign-out/")
    assert 'lang="ru"' in browser.get("/sign-in/").content.decode().split("<head>")[0]


def test_the_way_back_never_leads_to_another_site(as_, anna: Member) -> None:
    answer = as_(anna).post("/profile/", {"theme": "dark", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("sent", [{"language": "de"}, {"theme": "pink"}, {"language": "r" * 99}, {"single_keys": ""}])
def test_an_unknown_choice_changes_nothing(as_, anna: Member, sent: dict[str, str]) -> None:
    assert as_(anna).post("/profile/", sent).status_code == 400
    anna.user.refresh_from_db()
    assert (anna.user.language, anna.user.theme) == ("", "")


def test_a_get_shows_the_choices_and_changes_none(as_, anna: Member) -> None:
    page = as_(anna).get("/profile/", {"theme": "dark", "single_keys": "off"}).content.decode()
    anna.user.refresh_from_db()
    assert (anna.user.theme, anna.user.single_keys) == ("", True)
    assert 'data-tel-address="http://testserver/dial?number=%s"' in page


def test_single_keys_can_be_switched_off_and_on_again(as_, anna: Member) -> None:
    browser: Client = as_(anna)
    assert "data-single-keys" in browser.get("/profile/").content.decode()
    for said, works in (("off", False), ("on", True)):
        assert browser.post("/profile/", {"single_keys": said, "next": "/profile/"})["Location"] == "/profile/"
        page = browser.get("/profile/").content.decode()
        assert ("data-single-keys" in page, "Single keys are switched off." in page) == (works, not works)
