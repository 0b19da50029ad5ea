"""Colleagues by what stands in a file: their name in either order of its words, or their user name."""

from collections.abc import Callable

from ...models import Account, Member
from ...models.searching import fold
from .reasons import CellError


def owner_finder(account: Account) -> Callable[[str], int | None]:
    """A function from a cell to a member's key. It raises `CellError` for nobody and for two."""
    by_name: dict[str, set[int]] = {}
    for pk, name, username in (
        Member.objects.active().filter(account=account).values_list("pk", "name", "user__username")
    ):
        for key in (_key(name), _key(username)):
            by_name.setdefault(key, set()).add(pk)

    def find(cell: str) -> int | None:
        found = by_name.get(_key(cell), set())
        if len(found) == 1:
            return next(iter(found))
        raise CellError("owner_two" if found else "owner_unknown")

    return find


def _key(name: str) -> str:
    return " ".join(sorted(fold(name).split()))
