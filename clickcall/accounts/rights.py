"""What an admin may do to a person who belongs to other accounts as well."""

from django.db.models import QuerySet

from ..models import Account, Member, Role, User


def may_reset(admin: Member, user: User) -> bool:
    """A password opens all accounts of its owner: it is reset only by an admin of every one of them."""
    theirs = Member.objects.active().filter(user=user)
    return not theirs.exclude(account__in=_administered(admin)).exists()


def may_add(admin: Member, user: User) -> bool:
    """Somebody known is taken in only by who is their admin already: a stranger may have the same user name."""
    return Member.objects.filter(user=user, account__in=_administered(admin)).exists()


def _administered(admin: Member) -> QuerySet[Account]:
    """The accounts whose admin this person is."""
    mine = Member.objects.active().filter(user_id=admin.user_id, role=Role.ADMIN)
    return Account.objects.filter(members__in=mine)
