import re

import pytest
from django.test import Client
from support import people

from clickcall.accounts import services
from clickcall.models import Member, User, VirtualNumber

pytestmark = pytest.mark.django_db
VERA = {"name": "Вера", "username": "vera", "role": "sales", "team": ""}


def text(answer) -> str:
    return answer.content.decode()


def test_the_list_says_who_works_here_in_which_role_with_which_number(as_, adam: Member, anna: Member, number) -> None:
    anna.team = services.create_team(account=adam.account, name="North")
    anna.default_number = number
    anna.save()
    page = text(as_(adam).get("/people/"))
    for shown in ("Анна Кузнецова", "anna", "Salesperson", "North", "+7 499 372-06-92", "Can sign in", "No number"):
        assert shown in page


def test_people_of_other_accounts_and_disabled_ones_are_not_on_the_list(as_, adam, anna, boris, stranger) -> None:
    services.disable_member(boris)
    page = text(as_(adam).get("/people/"))
    assert "Анна" in page
    assert "Борис" not in page
    assert "Stranger" not in page
    disabled = text(as_(adam).get("/people/?show=disabled"))
    assert "Борис" in disabled
    assert "Анна" not in disabled


def test_a_long_list_goes_on_on_the_next_page(as_, adam: Member) -> None:
    for place in range(60):
        people.make_member(adam.account, f"u{place:02}", name=f"Zinaida {place:02}")
    browser = as_(adam)
    first = text(browser.get("/people/"))
    assert "Zinaida 10" in first
    assert "Zinaida 59" not in first
    following = re.search(r'href="(\?after=[^"]+)"', first)
    assert following is not None
    second = text(browser.get("/people/" + following[1]))
    assert "Zinaida 59" in second
    assert "Zinaida 10" not in second


def test_a_new_person_signs_in_with_the_password_shown_once(as_, adam: Member, client: Client) -> None:
    browser = as_(adam)
    answer = browser.post("/people/add/", VERA)
    password = re.search(r"data-one-time>([^<]+)<", text(answer))
    assert password is not None
    assert "no-store" in answer["Cache-Control"]
    assert password[1] not in text(browser.get("/people/"))
    assert password[1] not in str(dict(browser.session))
    client.post("/sign-in/", {"login": "vera", "password": password[1]})
    assert client.get("/")["Location"] == "/password/"


def test_sending_the_form_again_adds_nobody_and_shows_no_password(as_, adam: Member) -> None:
    browser = as_(adam)
    browser.post("/people/add/", VERA)
    again = browser.post("/people/add/", VERA)
    assert again.status_code == 422
    assert "This person is in the account already" in text(again)
    assert "data-one-time" not in text(again)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("username", "a b", "valid username"),
        ("username", "", "Write the name to sign in with."),
        ("name", " ", "Write the person&#x27;s name."),
        ("role", "boss", "valid choice"),
        ("team", "999999", "valid choice"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_what_was_typed_stays(as_, adam: Member, field, value, said) -> None:
    answer = as_(adam).post("/people/add/", VERA | {"name": "Вера Иванова", field: value})
    assert answer.status_code == 422
    block = text(answer).split(f'id="id_{field}_error"')[1]
    assert said in block[:600]
    assert 'value="vera"' in text(answer) or field == "username"
    assert "Вера Иванова" in text(answer) or field == "name"


def test_a_user_name_from_another_account_is_just_taken(as_, adam: Member, stranger: Member) -> None:
    answer = as_(adam).post("/people/add/", VERA | {"username": "Stranger"})
    assert "This user name is taken" in text(answer)
    assert stranger.user.memberships.count() == 1


def test_who_is_admin_in_both_accounts_takes_somebody_along(as_, adam: Member, stranger: Member) -> None:
    people.make_member(stranger.account, "adam", "admin")
    answer = as_(adam).post("/people/add/", VERA | {"username": "stranger"})
    assert answer["Location"] == "/people/"
    assert stranger.user.memberships.count() == 2


def test_a_team_of_another_account_cannot_be_chosen(as_, adam: Member, anna: Member, stranger: Member) -> None:
    theirs = services.create_team(account=stranger.account, name="Theirs")
    answer = as_(adam).post(f"/people/{anna.pk}/", {"name": "Анна", "role": "sales", "team": theirs.pk})
    assert answer.status_code == 422
    assert "Theirs" not in text(answer)


def test_name_role_and_team_change(as_, adam: Member, anna: Member) -> None:
    team = services.create_team(account=adam.account, name="North")
    as_(adam).post(f"/people/{anna.pk}/", {"name": "Анна К.", "role": "manager", "team": team.pk})
    anna.refresh_from_db()
    assert (anna.name, anna.role, anna.team) == ("Анна К.", "manager", team)


def test_a_persons_numbers_are_shown_and_assigned_elsewhere(
    as_, adam: Member, anna: Member, number: VirtualNumber
) -> None:
    number.members.add(anna)
    page = text(as_(adam).get(f"/people/{anna.pk}/"))
    assert "+7 499 372-06-92" in page
    assert 'href="/numbers/"' in page


def test_the_last_admin_stays_one(as_, adam: Member) -> None:
    browser = as_(adam)
    demoted = browser.post(f"/people/{adam.pk}/", {"name": "Адам", "role": "sales", "team": ""})
    assert "Make somebody else an admin first" in text(demoted)
    disabled = browser.post(f"/people/{adam.pk}/disable/", follow=True)
    assert "Make somebody else an admin first" in text(disabled)
    adam.refresh_from_db()
    assert (adam.role, adam.archived_at) == ("admin", None)


def test_an_admin_who_steps_down_lands_on_a_page_that_is_theirs(as_, adam: Member) -> None:
    people.make_member(adam.account, "eve", "admin")
    browser = as_(adam)
    assert browser.post(f"/people/{adam.pk}/", {"name": "Адам", "role": "sales", "team": ""})["Location"] == "/"


def test_disabling_signs_somebody_out_at_once_and_enabling_lets_them_in(
    as_, adam: Member, anna: Member, client
) -> None:
    browser, hers = as_(adam), as_(anna)
    browser.post(f"/people/{anna.pk}/disable/")
    assert hers.get("/switch/")["Location"].startswith("/sign-in/")
    browser.post(f"/people/{anna.pk}/enable/")
    client.post("/sign-in/", {"login": "anna", "password": people.PASSWORD})
    assert client.get("/switch/").status_code == 200


def test_a_reset_shows_the_new_password_once(as_, adam: Member, anna: Member) -> None:
    browser, hers = as_(adam), as_(anna)
    answer = browser.post(f"/people/{anna.pk}/reset/")
    shown = re.search(r"data-one-time>([^<]+)<", text(answer))
    assert shown is not None
    assert User.objects.get(username="anna").check_password(shown[1])
    assert "no-store" in answer["Cache-Control"]
    assert hers.get("/switch/").status_code == 302
    assert browser.get(f"/people/{anna.pk}/reset/").status_code == 405


def test_nobody_resets_a_password_that_opens_another_account_too(as_, adam: Member, anna: Member, stranger) -> None:
    people.make_member(stranger.account, "anna")
    browser = as_(adam)
    assert "manage.py set_password" in text(browser.get(f"/people/{anna.pk}/"))
    assert browser.post(f"/people/{anna.pk}/reset/").status_code == 403
    assert User.objects.get(username="anna").check_password(people.PASSWORD)


def test_an_admin_of_all_their_accounts_may_reset(as_, adam: Member, anna: Member, stranger: Member) -> None:
    people.make_member(stranger.account, "anna")
    people.make_member(stranger.account, "adam", "admin")
    assert as_(adam).post(f"/people/{anna.pk}/reset/").status_code == 200
