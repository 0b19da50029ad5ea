"""What the file makes of the database, through the command as an operator runs it."""

import pytest
from support.provisioning import ACCOUNT, Provision, Refuse

from clickcall.models import Account, Contact, Member, Preset, Role, Token, User


def test_the_example_makes_one_row_for_each_entry_and_one_for_the_team(provision: Provision, example: str) -> None:
    assert provision(example) == {"created": 9, "updated": 0, "unchanged": 0}


def test_twice_in_a_row_changes_nothing(provision: Provision, example: str) -> None:
    provision(example)
    before = list(User.objects.values()) + list(Token.objects.values("pk", "position"))
    assert provision(example) == {"created": 0, "updated": 0, "unchanged": 9}
    assert list(User.objects.values()) + list(Token.objects.values("pk", "position")) == before


def test_everything_arrives_where_it_belongs(provision: Provision, example: str) -> None:
    provision(example)
    account = Account.objects.get(slug="acme")
    anna = Member.objects.get(account=account)
    contact = Contact.objects.get(account=account)
    assert (account.country, account.timezone, account.tts_max_length) == ("RU", "Europe/Moscow", 300)
    assert account.automatic_number_management is False
    assert (anna.role, anna.team and anna.team.name) == (Role.SALES, "North")
    assert anna.default_number == account.numbers.get()
    assert list(anna.numbers.all()) == [anna.default_number]
    assert anna.user.check_password("a-password-of-anna")
    assert not anna.user.must_change_password
    assert Token.objects.get().secret.reveal() == "key-0123456789abcdef"
    assert (contact.list.name, contact.company, contact.phones.get().digits) == ("Leads", "Ромашка", "79260000000")


def test_a_changed_value_updates_that_row_alone(provision: Provision, example: str) -> None:
    provision(example)
    changed = example.replace('name = "Moscow"', 'name = "Center"').replace("Ромашка", "Василёк")
    assert provision(changed) == {"created": 0, "updated": 2, "unchanged": 7}


def test_what_is_absent_is_left_alone(provision: Provision, example: str) -> None:
    provision(example)
    assert provision('[[account]]\nslug = "acme"') == {"created": 0, "updated": 0, "unchanged": 1}
    assert provision('[[account]]\nslug = "acme"\nname = "New"')["updated"] == 1
    account = Account.objects.get()
    assert (account.timezone, account.members.count(), account.contacts.count()) == ("Europe/Moscow", 1, 1)


def test_nothing_at_all_is_changed_by_a_file_that_is_wrong_at_its_end(refuse: Refuse, example: str) -> None:
    said = refuse(example.replace("+7 926 000-00-00", "12345"))
    assert said.startswith("account[0].list[0].contact[0].phone: This is an internal extension.")
    assert not Account.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        ('[[account.preset]]\nname = "P"\nfirst_call = "contact"\nearly_switching = true', "preset[0].early_switching"),
        ('[[account.preset]]\nname = "P"\nmessage_type = "tts"', "preset[0].message_value"),
        ('[[account.preset]]\nname = "P"\ndtmf_string = "abc"', "preset[0].dtmf_string"),
        ('[[account.preset]]\nname = "P"\ndirection = "up"', "preset[0].direction"),
        ('[[account.member]]\nusername = "u"\nname = "U"', "member[0].role"),
        ('[[account.member]]\nusername = "u"\nname = "U"\nrole = "sales"\nnumber = "74993720692"', "member[0].number"),
        ('[[account.member]]\nusername = "u u"\nname = "U"\nrole = "sales"', "member[0].username"),
        ('[[account.number]]\nnumber = "0486173"', "number[0].number"),
        (f'[[account.number]]\nnumber = "74993720692"\nname = "{"n" * 101}"', "number[0].name"),
        (f'[[account.media]]\nid = "{"1" * 41}"', "media[0].id"),
        ('[[account.list]]\nname = "L"\nmembers = ["nobody"]', "list[0].members[0]"),
        ('[[account.list]]\nname = "L"\ncontact = [{ name = "C" }]', "list[0].contact[0].phone"),
        ('[[account.list]]\nname = "L"\ncontact = [{ phone = "+79260000000" }]', "list[0].contact[0].name"),
        ('[[account.list]]\nname = "L"\ncontact = [{ name = "C", phones = [] }]', "list[0].contact[0].phones"),
        (
            '[[account.list]]\nname = "L"\ncontact = [{ name = "C", phones = ["+79260000000", "x"] }]',
            "list[0].contact[0].phones[1]",
        ),
        (
            '[[account.list]]\nname = "L"\ncontact = [{ name = "C", phone = "+79260000000", timezone = "Mars" }]',
            "list[0].contact[0].timezone",
        ),
        (
            '[[account.list]]\nname = "L"\ncontact = [{ name = "C", phone = "+79260000000", owner = "x" }]',
            "list[0].contact[0].owner",
        ),
    ],
)
def test_a_value_that_breaks_a_rule_is_refused_at_its_key(refuse: Refuse, entry: str, path: str) -> None:
    assert refuse(f"{ACCOUNT}\n{entry}").startswith(f"account[0].{path}: ")


@pytest.mark.parametrize(
    ("first", "second", "path"),
    [
        ('[[account.number]]\nnumber = "+7 499 372-06-92"', '[[account.number]]\nnumber = "74993720692"', "number[1]"),
        ('[[account.preset]]\nname = "P"', '[[account.preset]]\nname = "P"', "preset[1]"),
        (
            '[[account.member]]\nusername = "anna"\nname = "A"\nrole = "sales"',
            '[[account.member]]\nusername = "ANNA"\nname = "A"\nrole = "sales"',
            "member[1]",
        ),
        (
            '[[account.preset]]\nname = "P"\ndefault = true',
            '[[account.preset]]\nname = "Q"\ndefault = true',
            "preset[1].default",
        ),
    ],
)
def test_two_entries_of_one_identity_are_refused(refuse: Refuse, first: str, second: str, path: str) -> None:
    assert refuse(f"{ACCOUNT}\n{first}\n{second}").startswith(f"account[0].{path}")


def test_what_an_admin_archived_stays_archived(provision: Provision, example: str) -> None:
    provision(example)
    for rows in (Member, Preset, Contact):
        rows.objects.update(archived_at="2026-11-01T00:00Z")  # type: ignore[attr-defined]
    assert provision(example)["unchanged"] == 9
    assert not Member.objects.filter(archived_at=None).exists()
