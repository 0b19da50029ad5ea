"""What a press would need, known before it: the number, the preset, and why a button is grey."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ..models import Direction, FirstCall, Member, Preset, VirtualNumber

# "Ordinary call": the salesperson is rung first and hears the client's line instead of music.
ORDINARY: dict[str, Any] = {
    "first_call": FirstCall.EMPLOYEE.value,
    "switch_at_once": True,
    "early_switching": True,
    "direction": Direction.OUT.value,
}


@dataclass(frozen=True, slots=True)
class Preflight:
    """`number` is the member's own; `blocked` says why no press can work now, and who helps; empty = ready."""

    number: VirtualNumber | None
    preset: Preset | None
    blocked: str = ""
    defaults: dict[str, Any] = field(default_factory=dict)

    @property
    def client_first(self) -> bool:
        """The client hears a machine before a person."""
        return bool(self.preset and (self.preset.first_call == FirstCall.CONTACT or self.preset.message_type))


def preflight(member: Member) -> Preflight:
    """For the buttons of one page: three small queries, whatever their number."""
    preset = member.account.presets.filter(is_default=True, archived_at=None).first()
    usable = VirtualNumber.objects.usable_by(member)
    number = usable.filter(pk=member.default_number_id).first() if member.default_number_id else None
    return Preflight(number, preset, _blocked(member, number), {} if preset else ORDINARY)


def _blocked(member: Member, number: VirtualNumber | None) -> str:
    if not member.account.tokens.usable().exists():
        return _("ClickCall has no access key yet. The admin can add one under “Access keys”.")
    if number is None and member.default_number_id:
        return _("Your number is no longer in use. The admin can give you another one.")
    if number is None:
        return _("You have no number to call from. The admin can give you one.")
    if number.has_scenario is False:
        return _("Your number rings nobody: it has no scenario at the provider. The admin can add one.")
    return ""
