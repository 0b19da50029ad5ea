"""Tables, constraints and queryset verbs. No network, no forms."""

from .accounts import BRAND_URLS, Account, Brand, Member, Role, Team, User
from .call_events import CallEvent, EventSource
from .call_states import LIVE, RANG_NOBODY, Dispatch, Origin, Status, Witness
from .calls import Call
from .checks import Checkup, PhoneAnswer, PhoneCheck, Reconciliation, Synchronisation
from .consents import Consent, ConsentState, DoNotCall
from .contacts import Contact, ContactList, ContactPhone, PhoneKind, Purpose, WithoutConsent
from .directory import BlacklistEntry, Employee, Tag
from .fields import Secret
from .hooks import HookDelivery, HookState
from .imports import ImportChoice, ImportRefusal, ImportRun, ImportState
from .numbers import MediaFile, MediaKind, VirtualNumber
from .owner_changes import OwnerChange
from .points import Points
from .presets import Direction, FirstCall, MessageType, Preset, UsageRule
from .tokens import Token, TokenKind
from .work import Callback, CallRules, Effect, Outcome, QueueEntry, QueueState, StoppedPress, WrapUp
from .workers import Heartbeat

__all__ = [
    "BRAND_URLS",
    "LIVE",
    "RANG_NOBODY",
    "Account",
    "BlacklistEntry",
    "Brand",
    "Call",
    "CallEvent",
    "CallRules",
    "Callback",
    "Checkup",
    "Consent",
    "ConsentState",
    "Contact",
    "ContactList",
    "ContactPhone",
    "Direction",
    "Dispatch",
    "DoNotCall",
    "Effect",
    "Employee",
    "EventSource",
    "FirstCall",
    "Heartbeat",
    "HookDelivery",
    "HookState",
    "ImportChoice",
    "ImportRefusal",
    "ImportRun",
    "ImportState",
    "MediaFile",
    "MediaKind",
    "Member",
    "MessageType",
    "Origin",
    "Outcome",
    "OwnerChange",
    "PhoneAnswer",
    "PhoneCheck",
    "PhoneKind",
    "Points",
    "Preset",
    "Purpose",
    "QueueEntry",
    "QueueState",
    "Reconciliation",
    "Role",
    "Secret",
    "Status",
    "StoppedPress",
    "Synchronisation",
    "Tag",
    "Team",
    "Token",
    "TokenKind",
    "UsageRule",
    "User",
    "VirtualNumber",
    "WithoutConsent",
    "Witness",
    "WrapUp",
]
