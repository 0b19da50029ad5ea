"""Tags as the provider's report has them: whoever sets one in the cabinet finds it here as well."""

from collections.abc import Iterator, Mapping

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q

from ...models import Account, Call, WrapUp
from ...models.lots import lots
from ...models.saving import save_changes

# A report may be older than what was set here a moment ago. Later ones put right what was set there meanwhile.
_SETTLES = 600
_CHUNK = 500  # sessions that are looked for at once


def changed_here(call_id: int) -> None:
    """The tags of this call were changed by ClickCall: for a while no report knows better."""
    cache.set(_key(call_id), True, _SETTLES)


def note_tags(account: Account, told: Mapping[str, tuple[str, ...]]) -> int:
    """Makes what was told, by session, the tags of calls. How many it changed.

    A call that belongs to nobody has no place for them.
    """
    changed = 0
    for some in map(dict, lots(told.items(), _CHUNK)):
        for call_id, member_id, tags in _differing(account, some):
            _set(account, call_id, member_id, tags)
            changed += 1
    return changed


def _differing(account: Account, told: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, int | None, list[str]]]:
    tagged = [session for session, tags in told.items() if tags]
    calls = Call.objects.filter(account=account, call_session_id__in=list(told)).order_by()
    calls = calls.filter(Q(wrap_up__isnull=False) | Q(member__isnull=False, call_session_id__in=tagged))
    rows = list(calls.values_list("pk", "call_session_id", "member", "wrap_up__tags"))
    differing = [row for row in rows if {*map(str, row[3] or [])} != {*told[row[1]]}]
    fresh = cache.get_many([_key(row[0]) for row in differing]) if differing else {}
    for call_id, session, member_id, _held in differing:
        if _key(call_id) not in fresh:
            yield call_id, member_id, [*told[session]]


@transaction.atomic
def _set(account: Account, call_id: int, member_id: int | None, tags: list[str]) -> None:
    """Without `updated_at`: it is the stamp of the note that somebody may be typing now."""
    defaults = {"account_id": account.pk, "member_id": member_id}
    row, _new = WrapUp.objects.get_or_create(call_id=call_id, defaults=defaults)
    save_changes(WrapUp.objects.select_for_update().get(pk=row.pk), tags=tags)


def _key(call_id: int) -> str:
    return f"tags-changed-{call_id}"
