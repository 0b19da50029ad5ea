import pytest

from clickcall.accounts import services
from clickcall.models import Member, Team

pytestmark = pytest.mark.django_db


def test_an_empty_page_says_what_teams_are_for(as_, adam: Member) -> None:
    assert "No teams yet" in as_(adam).get("/teams/").content.decode()


def test_a_team_is_added_and_renamed(as_, adam: Member, anna: Member) -> None:
    browser = as_(adam)
    browser.post("/teams/", {"name": " North "})
    team = Team.objects.get()
    services.update_member(anna, team=team)
    page = browser.get("/teams/").content.decode()
    assert "North" in page
    assert "1 person" in page
    browser.post(f"/teams/{team.pk}/", {"name": "South"})
    team.refresh_from_db()
    assert team.name == "South"


@pytest.mark.parametrize("name", ["", "north", "n" * 101])
def test_a_name_that_does_not_do_is_said_at_the_field_and_stays(as_, adam: Member, name: str) -> None:
    services.create_team(account=adam.account, name="North")
    answer = as_(adam).post("/teams/", {"name": name})
    assert answer.status_code == 422
    assert 'id="id_name_error"' in answer.content.decode()
    assert f'value="{name}"' in answer.content.decode() or not name
    assert Team.objects.count() == 1


def test_a_team_keeps_its_name_when_the_new_one_is_taken(as_, adam: Member) -> None:
    north, south = (services.create_team(account=adam.account, name=name) for name in ("North", "South"))
    assert as_(adam).post(f"/teams/{south.pk}/", {"name": north.name}).status_code == 422
    south.refresh_from_db()
    assert south.name == "South"
