from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from support import people

from clickcall.accounts import services
from clickcall.models import Account, Member, User

pytestmark = pytest.mark.django_db


def add(account: Account, username: str = "vera", **fields: object) -> services.NewMember:
    return services.add_member(**({"account": account, "username": username, "name": "Вера", "role": "sales"} | fields))


def where(caught: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return list(caught.value.message_dict)


def test_a_new_member_gets_a_one_time_password_that_has_to_be_changed(account: Account) -> None:
    new = add(account, " Vera ")
    assert new.member.user.username == "vera"
    assert new.one_time_password is not None
    assert len(new.one_time_password) == 14
    assert new.member.user.check_password(new.one_time_password)
    assert new.member.user.must_change_password
    assert new.one_time_password not in repr(new)


def test_two_one_time_passwords_differ() -> None:
    assert services.one_time_password() != services.one_time_password()


def test_a_given_password_is_kept(account: Account) -> None:
    new = add(account, password="chosen-by-vera")
    assert new.one_time_password is None
    assert new.member.user.check_password("chosen-by-vera")
    assert not new.member.user.must_change_password


def test_somebody_known_joins_another_account_with_the_password_they_have(account: Account, stranger: Member) -> None:
    new = add(account, "stranger", name="Guest")
    assert new.one_time_password is None
    assert new.member.user == stranger.user
    assert User.objects.get(username="stranger").check_password(people.PASSWORD)


def test_a_known_users_password_changes_only_if_it_does_not_fit(account: Account, stranger: Member) -> None:
    before = stranger.user.password
    add(account, "stranger", password=people.PASSWORD)
    assert User.objects.get(username="stranger").password == before
    add(people.make_account("third"), "stranger", password="another-password")
    assert User.objects.get(username="stranger").check_password("another-password")


def test_nobody_is_in_an_account_twice(account: Account, anna: Member) -> None:
    with pytest.raises(ValidationError) as caught:
        add(account, "ANNA")
    assert where(caught) == ["username"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"username": "a b"}, "username"),
        ({"username": ""}, "username"),
        ({"name": " "}, "name"),
        ({"role": "x"}, "role"),
    ],
)
def test_what_a_member_cannot_hold_is_said_at_its_field(account: Account, fields: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        add(account, **fields)
    assert where(caught) == [field]
    assert not User.objects.exists()


def test_a_team_of_another_account_is_refused(account: Account, stranger: Member, anna: Member) -> None:
    team = services.create_team(account=stranger.account, name="North")
    with pytest.raises(ValidationError) as caught:
        add(account, team=team)
    assert where(caught) == ["team"]
    with pytest.raises(ValidationError):
        services.update_member(anna, team=team)


def test_a_member_changes(anna: Member) -> None:
    team = services.create_team(account=anna.account, name="North")
    assert services.update_member(anna, name=" Анна ", role="manager", team=team)
    assert not services.update_member(anna, name="Анна", role="manager", team=team)
    anna.refresh_from_db()
    assert (anna.name, anna.role, anna.team) == ("Анна", "manager", team)


def test_what_other_services_write_is_not_changed_here(anna: Member) -> None:
    with pytest.raises(TypeError, match="default_number"):
        services.update_member(anna, default_number=None)


def test_disabling_ends_the_sessions_at_once(adam: Member, anna: Member, as_) -> None:
    browser: Client = as_(anna)
    assert services.disable_member(anna)
    assert not services.disable_member(anna)
    assert browser.get("/password/").status_code == 302
    assert services.enable_member(anna)
    assert not services.enable_member(anna)


def test_the_last_active_admin_can_be_neither_disabled_nor_demoted(adam: Member, maria: Member) -> None:
    second = people.make_member(adam.account, "eve", "admin")
    services.disable_member(second)
    with pytest.raises(ValidationError) as caught:
        services.disable_member(adam)
    assert where(caught) == ["member"]
    with pytest.raises(ValidationError) as caught:
        services.update_member(adam, role="sales")
    assert where(caught) == ["role"]
    services.enable_member(second)
    assert services.update_member(adam, role="sales")


def test_an_admin_whose_user_is_inactive_does_not_count(adam: Member) -> None:
    second = people.make_member(adam.account, "eve", "admin")
    User.objects.filter(pk=second.user_id).update(is_active=False)
    with pytest.raises(ValidationError):
        services.disable_member(adam)


def test_a_reset_gives_a_password_for_one_sign_in_and_ends_the_sessions(anna: Member, as_) -> None:
    browser: Client = as_(anna)
    password = services.reset_password(anna)
    anna.user.refresh_from_db()
    assert anna.user.check_password(password)
    assert anna.user.must_change_password
    assert browser.get("/password/").status_code == 302


def test_a_set_password_stays(anna: Member) -> None:
    services.reset_password(anna)
    services.set_password(anna.user, "a-new-long-one")
    anna.user.refresh_from_db()
    assert anna.user.check_password("a-new-long-one")
    assert not anna.user.must_change_password


def test_teams_have_different_names_in_any_case(account: Account, stranger: Member) -> None:
    team = services.create_team(account=account, name=" Север ")
    assert team.name == "Север"
    with pytest.raises(ValidationError) as caught:
        services.create_team(account=account, name="север")
    assert where(caught) == ["name"]
    services.create_team(account=stranger.account, name="Север")
    assert services.rename_team(team, name="север")
    assert not services.rename_team(team, name="север")
    with pytest.raises(ValidationError):
        services.rename_team(team, name=" ")


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_disable_each_other_at_once_leave_one(adam: Member) -> None:
    eve = people.make_member(adam.account, "eve", "admin")
    gate = Barrier(2)

    def disable(member: Member) -> bool:
        try:
            gate.wait(timeout=10)
            return services.disable_member(member)
        except ValidationError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(disable, (adam, eve))) == [False, True]
    assert Member.objects.active().count() == 1
