"""Tags of a call that is over: the provider is asked first, and what it took is kept here."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.db.models import QuerySet

from ...models import Call, Member, Tag, WrapUp
from ...models.saving import save_changes
from ...numbers.asking import ask_data
from ...provider.data_api import DataApi
from ...provider.errors import Refused
from .. import endings
from .pending import can_be_noted
from .told_tags import changed_here


@dataclass(frozen=True, slots=True)
class Tags:
    """What a call's page shows: its tags, and those that this viewer could set beside them."""

    on_call: list[Tag]
    offered: list[Tag]
    may_change: bool
    is_named: bool  # whether the provider has told the call's communication, by which it is tagged


def may_tag(call: Call, member: Member) -> bool:
    """The caller, managers and admins; colleagues read."""
    if call.account_id != member.account_id or not can_be_noted(call) or not endings.is_over(call):
        return False
    return member.is_manager or call.member_id == member.pk


def on_its_page(call: Call, member: Member, row: WrapUp | None) -> Tags | None:
    """None where there is nothing to show."""
    held, may = _held(row), may_tag(call, member)
    if not held and not may:
        return None
    known = {tag.provider_id: tag for tag in of_account(call.account_id)}
    offered = [tag for tag in known.values() if tag.gone_at is None and tag.provider_id not in held]
    on_call = [known.get(one) or Tag(provider_id=one) for one in held]
    return Tags(on_call, offered, may, bool(call.communication_id))


def of_account(account_id: int) -> "QuerySet[Tag]":
    """Also those that are gone: a call may carry one still."""
    return cast("QuerySet[Tag]", Tag.objects.filter(account_id=account_id))


def put(call: Call, tag: Tag, *, by: Member) -> None:
    """Sets a tag; one that the call has at the provider already is no mistake.

    Raises `ProviderError` and `NoReadyKey`; then nothing was changed here. Not inside a transaction.
    """
    _ask(call, tag.provider_id, DataApi.set_tag_communications, fine="duplicate_tag")
    _keep(call, lambda held: [*held, tag.provider_id] if tag.provider_id not in held else held, by=by)


def take_off(call: Call, provider_id: str, *, by: Member) -> None:
    """Takes a tag off; one that the provider does not find any more is no mistake. Raises as `put` does."""
    _ask(call, provider_id, DataApi.unset_tag_communications, fine="tag_not_found")
    _keep(call, lambda held: [one for one in held if one != provider_id], by=by)


def _ask(call: Call, tag: str, ask: Callable[..., None], *, fine: str) -> None:
    name = f"tag-{call.pk}-{uuid.uuid4().hex[:12]}"
    try:
        ask_data(call.account, lambda api: ask(api, call.communication_id, tag, request_id=name))
    except Refused as error:
        if error.mnemonic != fine:
            raise


@transaction.atomic
def _keep(call: Call, change: Callable[[list[str]], list[str]], *, by: Member) -> None:
    """Without `updated_at`: it is the stamp of the note that somebody may be typing now."""
    defaults = {"account_id": call.account_id, "member": call.member or by}
    row, _new = WrapUp.objects.get_or_create(call=call, defaults=defaults)
    row = WrapUp.objects.select_for_update().get(pk=row.pk)
    save_changes(row, tags=change(_held(row)))
    changed_here(call.pk)


def _held(row: WrapUp | None) -> list[str]:
    return [str(one) for one in row.tags] if row else []
