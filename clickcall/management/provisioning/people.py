"""Members: users in the account, their role, team, password and numbers."""

from ...accounts import services
from ...accounts.services import normal_username
from ...models import Account, Member, Role, User, VirtualNumber
from ...models.saving import save_changes
from ...numbers import services as numbers
from .accounts import apply_team
from .entries import Entry
from .run import Run, checked, needed, read_digits

FIELDS = {"name": "name", "role": "role"}
NAMES = FIELDS | {"username": "username", "team": "team"}


def admins_first(entries: list[Entry]) -> list[Entry]:
    """So that an account whose last admin steps down has the next one by then."""
    return sorted(entries, key=lambda entry: entry.get("role") != Role.ADMIN)


def apply_member(run: Run, account: Account, entry: Entry) -> Member:
    """The member by user name; somebody from another account is taken into this one as well."""
    username = normal_username(entry["username"])
    run.once(entry, "username", "member", account.pk, username)
    fields = entry.given(FIELDS)
    if entry.get("team"):
        fields["team"] = apply_team(run, account, entry)
    elif "team" in entry:
        fields["team"] = None
    member = Member.objects.filter(account=account, user__username=username).select_related("user").first()
    new, changed = member is None, False
    if member is None:
        needed(entry, "name", "role")
        member = _add(run, account, entry, fields)
    else:
        changed = bool(checked(services.update_member, entry, NAMES, member, **fields))
    changed |= _sign_in(run, entry, member.user)
    changed |= _numbers(entry, member)
    run.tally.settle(new=new, changed=changed)
    run.left_archived(entry, member)
    return member


def _add(run: Run, account: Account, entry: Entry, fields: dict[str, object]) -> Member:
    password = run.secret(entry, "password")
    made = checked(
        services.add_member,
        entry,
        NAMES,
        account=account,
        username=entry["username"],
        password=password,
        **fields,
    )
    if made.one_time_password:
        run.notices.append(f"{entry.path}: one-time password of {entry['username']}: {made.one_time_password}")
    member: Member = made.member
    return member


def _sign_in(run: Run, entry: Entry, user: User) -> bool:
    """Password and language are the user's: two accounts of one file must agree about them."""
    password = run.secret(entry, "password")
    for key, value in (("password", password), ("language", entry.get("language"))):
        if value is not None:
            run.agree(entry, key, user.pk, value)
    changed = "language" in entry and save_changes(user, language=entry["language"])
    if password and not user.check_password(password):
        services.set_password(user, password)
        changed = True
    return changed


def _numbers(entry: Entry, member: Member) -> bool:
    """`number` is assigned and "my number"; `numbers` are assigned as well. Other assignments are left alone."""
    changed = False
    for place, text in enumerate(entry.get("numbers", [])):
        number = _number(entry, f"numbers[{place}]", text, member)
        people = set(number.members.all())
        changed |= numbers.assign_number(number, {*people, member})
    if "number" in entry:
        number_ = _number(entry, "number", entry["number"], member) if entry["number"] else None
        changed |= numbers.set_default_number(member, number_)
    return changed


def _number(entry: Entry, key: str, text: str, member: Member) -> VirtualNumber:
    digits = read_digits(entry, key, text, member.account)
    number = VirtualNumber.objects.filter(account=member.account_id, digits=digits).first()
    if number is None:
        raise entry.bad(key, "is not one of the account's numbers")
    return number
