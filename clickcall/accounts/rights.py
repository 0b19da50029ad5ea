"""What an admin may do to a person who belongs to other accounts as well."""

from ..models import Member, Role, User


def may_reset(admin: Member, user: User) -> bool:
    """A password opens all accounts of its owner: it is reset only by an admin of every one of them."""
    theirs = set(Member.objects.active().filter(user=user).values_list("account_id", flat=True))
    return theirs <= _accounts_of_admin(admin)


def may_add(admin: Member, user: User) -> bool:
    """Somebody known is taken in only by who is their admin already: a stranger may have the same user name."""
    theirs = set(Member.objects.filter(user=user).values_list("account_id", flat=True))
    return not theirs.isdisjoint(_accounts_of_admin(admin))


def _accounts_of_admin(admin: Member) -> set[int]:
    mine = Member.objects.active().filter(user=admin.user, role=Role.ADMIN)
    return set(mine.values_list("account_id", flat=True))
