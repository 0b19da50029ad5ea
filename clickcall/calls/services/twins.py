"""A session that was taken for a call of its own, and turns out to be a press's."""

from dataclasses import replace

from django.db.models import ManyToOneRel, OneToOneRel

from ...models import Call, Origin, PhoneCheck
from ...models.prepared import Prepared, whether
from .. import lifecycle
from ..lifecycle import Facts
from ..wrapup.services import join

_HAS_TWIN = Prepared(
    int,
    str,
    ask=lambda account, session: whether(
        Call.objects.filter(account_id=account, call_session_id=session).exclude(origin=Origin.PRESS)
    ),
)


def absorb(press: Call, facts: Facts) -> Facts:
    """The facts of a press together with those of its session, if that was taken for a call of its own.

    A notification can come before our own answer, and need not name the press. Its row becomes part of the press: the
    history and all that people said and agreed move over, and no second call is left in the log. Call it inside a
    transaction.
    """
    if not _HAS_TWIN.any(press.account_id, facts.call_session_id):
        return facts
    twins = Call.objects.filter(account_id=press.account_id, call_session_id=facts.call_session_id)
    for twin in twins.exclude(origin=Origin.PRESS).select_for_update():
        facts = lifecycle.join(facts, replace(lifecycle.facts_of(twin), is_missed=False))
        _move(twin, press)
        twin.delete()
    return facts


def _move(twin: Call, press: Call) -> None:
    """Whatever names the row names the press."""
    join(press, twin)
    checks = PhoneCheck.objects.filter(call=twin)
    checks.update(call=None if PhoneCheck.objects.filter(call=press).exists() else press)
    for relation in Call._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and not isinstance(relation, OneToOneRel):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: twin})
            rows.update(**{relation.field.name: press})
    asked = Call.objects.filter(pk=press.pk, told_admin_at=None)
    asked.update(told_admin_at=twin.told_admin_at, admin_done_at=twin.admin_done_at)
