from support.provisioning import ACCOUNT, Provision, Refuse

from clickcall.models import BlacklistEntry, Contact, Member, Team, User


def test_a_user_may_be_in_several_accounts_with_different_roles(provision: Provision) -> None:
    other = ACCOUNT.replace("acme", "other")
    anna = '[[account.member]]\nusername = "anna"\nname = "Anna"\nrole = "%s"\npassword = "a-password-of-anna"\n'
    file = ACCOUNT + anna % "sales" + other + anna % "admin"
    assert provision(file)["created"] == 4
    assert provision(file)["unchanged"] == 4
    assert {member.role for member in User.objects.get().memberships.all()} == {"sales", "admin"}


def test_two_passwords_for_one_user_are_refused(refuse: Refuse) -> None:
    anna = '[[account.member]]\nusername = "anna"\nname = "Anna"\nrole = "sales"\npassword = "%s"\n'
    file = ACCOUNT + anna % "one-password" + ACCOUNT.replace("acme", "other") + anna % "another-password"
    assert refuse(file).startswith("account[1].member[0].password: ")


def test_a_password_is_set_only_when_it_does_not_verify(provision: Provision, example: str) -> None:
    provision(example)
    user = User.objects.get()
    user.set_password("her own one")
    user.save()
    assert provision(example)["updated"] == 1
    user.refresh_from_db()
    assert user.check_password("a-password-of-anna")


def test_the_last_admin_may_step_down_when_the_file_has_another_one(provision: Provision, refuse: Refuse) -> None:
    member = '[[account.member]]\nusername = "%s"\nname = "N"\nrole = "%s"\n'
    provision(ACCOUNT + member % ("adam", "admin") + member % ("maria", "sales"))
    said = refuse(ACCOUNT + member % ("adam", "sales"))
    assert said.startswith("account[0].member[0].role: ")
    assert provision(ACCOUNT + member % ("adam", "sales") + member % ("maria", "admin"))["updated"] == 2


def test_a_team_is_counted_once_however_many_are_in_it(provision: Provision) -> None:
    member = '[[account.member]]\nusername = "%s"\nname = "N"\nrole = "sales"\nteam = "%s"\n'
    file = ACCOUNT + member % ("a", "Север") + member % ("b", "СЕВЕР")
    assert provision(file) == {"created": 4, "updated": 0, "unchanged": 0}
    assert provision(file) == {"created": 0, "updated": 0, "unchanged": 4}
    assert Team.objects.get().name == "Север"


def test_further_numbers_blacklist_scenario_owner_and_members_are_known_keys(provision: Provision) -> None:
    numbers = (
        '[[account.number]]\nnumber = "74993720692"\nscenario = false\n[[account.number]]\nnumber = "12025550123"\n'
    )
    anna = '[[account.member]]\nusername = "anna"\nname = "A"\nrole = "sales"\nlanguage = "ru"\nnumbers = %s\n'
    lists = '[[account.list]]\nname = "L"\nmembers = ["anna"]\ncontact = [{ name = "C", phone = "%s", owner = "Anna" }]'
    file = (
        ACCOUNT
        + 'blacklist = ["8 999 111-22-33"]\n'
        + numbers
        + anna % '["74993720692", "12025550123"]'
        + lists % "0486173"
    )
    assert provision(file) == {"created": 7, "updated": 0, "unchanged": 0}
    assert provision(file) == {"created": 0, "updated": 0, "unchanged": 7}
    anna_ = Member.objects.get()
    assert BlacklistEntry.objects.get().digits == "79991112233"
    assert {number.digits: number.has_scenario for number in anna_.numbers.all()} == {
        "74993720692": False,
        "12025550123": None,
    }
    assert anna_.default_number is None
    assert (anna_.user.language, Contact.objects.get().owner) == ("ru", anna_)
