"""What people choose for themselves."""

from typing import Any

from ...models import User
from ...models.saving import save_changes
from .rules import check_fields


def update_profile(user: User, **changes: Any) -> bool:
    """Changes `language`, `theme` (empty: the browser's, the system's) or `single_keys`. True when saved."""
    if unknown := sorted(changes.keys() - {"language", "theme", "single_keys"}):
        raise TypeError(f"Not changed here: {', '.join(unknown)}")
    check_fields(user, changes)
    return save_changes(user, **changes)
