"""The only writers of accounts, teams, members, users' passwords and access keys.

Every function takes keyword arguments (the row it works on may come first) and returns the row, or whether anything
was changed. What breaks a rule raises `ValidationError` with a dict of fields, so that a form or a command line can
show each message where it belongs.
"""

from ..usernames import normal_username
from .accounts import create_account, update_account
from .employees import drop_taken_link, free_employees, link_employee, suggestions
from .keys import add_token, archive_token, move_token, replace_secret, update_token
from .members import NewMember, add_member, disable_member, enable_member, update_member
from .passwords import one_time_password, reset_password, set_one_time_password, set_password
from .profile import update_profile
from .teams import create_team, rename_team

__all__ = [
    "NewMember",
    "add_member",
    "add_token",
    "archive_token",
    "create_account",
    "create_team",
    "disable_member",
    "drop_taken_link",
    "enable_member",
    "free_employees",
    "link_employee",
    "move_token",
    "normal_username",
    "one_time_password",
    "rename_team",
    "replace_secret",
    "reset_password",
    "set_one_time_password",
    "set_password",
    "suggestions",
    "update_account",
    "update_member",
    "update_profile",
    "update_token",
]
