"""The 89 documented finish reasons in plain words: cause, remedy, and who can do it. Source: finish_reasons.json.

Sales never meet the words of the provider's cabinet here; remedies of admins may name the cabinet itself.
"""

from .me import ME
from .people import CLIENT, NORMAL, SOMEONE_ELSE
from .provider import LIMITS, PLATFORM
from .reason import Group, Reason, Who
from .setup import SETTINGS

__all__ = ["GROUPS", "GROUP_OF", "REASONS", "Group", "Reason", "Who"]

GROUPS: dict[Group, dict[str, Reason]] = {
    Group.NORMAL: NORMAL,
    Group.SOMEONE_ELSE: SOMEONE_ELSE,
    Group.CLIENT: CLIENT,
    Group.ME: ME,
    Group.SETTINGS: SETTINGS,
    Group.LIMITS: LIMITS,
    Group.PLATFORM: PLATFORM,
}
GROUP_OF = {code: group for group, reasons in GROUPS.items() for code in reasons}
REASONS = {code: reason for reasons in GROUPS.values() for code, reason in reasons.items()}
