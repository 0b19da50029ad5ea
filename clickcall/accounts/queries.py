"""What the pages of this feature show. Rows of other accounts are never among them."""

from django.db.models import Count, Q, QuerySet

from ..models import Member, Team, Token
from ..models.accounts import MemberQuerySet


def people(member: Member) -> MemberQuerySet:
    return Member.objects.visible_to(member).select_related("user", "team", "default_number", "employee")


def teams(member: Member) -> QuerySet[Team]:
    """Teams with the number of people in them, as `people`."""
    active = Count("members", filter=Q(members__archived_at=None))
    return Team.objects.filter(account_id=member.account_id).annotate(people=active)


def tokens(member: Member) -> QuerySet[Token]:
    """Access keys in their order of use, without the archived ones."""
    return Token.objects.filter(account_id=member.account_id).usable().select_related("account")


def memberships(member: Member) -> MemberQuerySet:
    """The accounts that this person may switch to."""
    return Member.objects.active().filter(user_id=member.user_id).select_related("account").order_by("account__name")
