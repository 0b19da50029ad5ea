"""What the pages about numbers read."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from ..models import Account, MediaFile, Member, VirtualNumber


@dataclass(frozen=True, slots=True)
class Counts:
    in_use: int
    stopped: int


def counts(account: Account) -> Counts:
    found = VirtualNumber.objects.filter(account=account).aggregate(
        in_use=Count("pk", filter=Q(enabled=True)), stopped=Count("pk", filter=Q(enabled=False))
    )
    return Counts(**found)


def numbers(account: Account) -> QuerySet[VirtualNumber]:
    """All numbers of the account with the people assigned to them, and those whose "my number" they are.

    Of the assigned people also those whose access is off: a number that is assigned to anybody is not everybody's.
    """
    with_access = Member.objects.filter(archived_at=None)
    return VirtualNumber.objects.filter(account=account).prefetch_related(
        "members", Prefetch("default_of", queryset=with_access)
    )


def media_files(account: Account) -> QuerySet[MediaFile]:
    return MediaFile.objects.filter(account=account)
