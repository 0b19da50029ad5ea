"""Tables, constraints and queryset verbs. No network, no forms."""

from .accounts import BRAND_URLS, Account, Brand, Member, Role, Team, User
from .calls import LIVE, Call, CallEvent, Dispatch, EventSource, Origin, Status
from .contacts import Contact, ContactList, ContactPhone, PhoneKind
from .fields import Secret
from .numbers import BlacklistEntry, MediaFile, MediaKind, VirtualNumber
from .presets import Direction, FirstCall, MessageType, Preset, UsageRule
from .tokens import Token, TokenKind
from .workers import Heartbeat

__all__ = [
    "BRAND_URLS",
    "LIVE",
    "Account",
    "BlacklistEntry",
    "Brand",
    "Call",
    "CallEvent",
    "Contact",
    "ContactList",
    "ContactPhone",
    "Direction",
    "Dispatch",
    "EventSource",
    "FirstCall",
    "Heartbeat",
    "MediaFile",
    "MediaKind",
    "Member",
    "MessageType",
    "Origin",
    "PhoneKind",
    "Preset",
    "Role",
    "Secret",
    "Status",
    "Team",
    "Token",
    "TokenKind",
    "UsageRule",
    "User",
    "VirtualNumber",
]
