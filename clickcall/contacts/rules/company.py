"""An account's company rules, as its admin has set them or by default."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ...models import Account, CallRules
from ...models.prepared import PreparedModels
from ...models.saving import save_changes
from .. import masking

_RULES = PreparedModels(int, ask=lambda account: CallRules.objects.filter(account_id=account).order_by())
_BEGINS = dict.fromkeys(("weekday_from", "weekend_from", "day_begins_at"), 23)
_HOURS = {**_BEGINS, **dict.fromkeys(("weekday_till", "weekend_till", "unknown_asks_from"), 24)}


def rules_of(account_id: int) -> CallRules:
    """The rules of an account; the defaults, not stored, where nobody has changed anything."""
    return next(iter(_RULES.instances(account_id)), None) or CallRules(account_id=account_id)


def change(account: Account, **fields: Any) -> bool:
    """Sets what is given; True when something changed. Raises `ValidationError` by field."""
    rules = CallRules.objects.filter(account=account).first() or CallRules(account=account)
    wanted = CallRules(account=account)
    for field in CallRules._meta.concrete_fields:
        if field.name not in ("id", "account"):
            setattr(wanted, field.name, fields.get(field.name, getattr(rules, field.name)))
    wanted.clean_fields(exclude=["account"])
    if late := [name for name in _HOURS if getattr(wanted, name) > _HOURS[name]]:
        raise ValidationError({name: [_("A day has 24 hours.")] for name in late})
    for name in ("weekday", "weekend"):
        if getattr(wanted, f"{name}_from") >= getattr(wanted, f"{name}_till"):
            raise ValidationError({f"{name}_till": [_("Later than the hour from which you call.")]})
    if rules.pk is None:
        rules.save()
    begins_to_hide = wanted.masks_numbers and not rules.masks_numbers
    changed = save_changes(rules, **fields)
    masking.heard(rules, account)
    if begins_to_hide:
        masking.hide_names(account)
    return changed
