"""The configuration as a TOML file. `default.toml` beside this module shows every table.

report_delay = 0.0               # seconds until a finished call is in the report
recording_delay = 5.0            # seconds until the recording of a finished call is there
slow_seconds = 4.0               # how long the fate "slow" takes to answer
session_lifetime = 3600.0        # seconds that a session key lives
[[account]]                      # the fields of config.Account; allowed_ips = [] lets nobody in
  [[account.token]]              # value, state, rights
  [[account.login]]              # login, password
  [[account.number]]             # number, name, scenario, type, status, category, employee, scenarios
  [[account.employee]]           # id, name, phones, extension, status, email
  [[account.media]]              # id, name, type, duration
  [[account.tag]]                # id, name, is_system
  [[account.blocked]]            # phone, comment: on the blacklist, as those in the account's `blacklist`
[fates]                          # "79260000001" = "busy"
[inbound]                        # every, account, callers, missed_every
[webhooks]                       # repeat, shuffle, lose, seed, announce_presses
"""

import dataclasses
import ipaddress
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, get_type_hints
from zoneinfo import ZoneInfo

from clickcall.simulator.config import (
    Account,
    Blocked,
    Config,
    ConfigError,
    Employee,
    Inbound,
    Login,
    Media,
    Notifications,
    Number,
    Scenario,
    Tag,
    Token,
)
from clickcall.simulator.fates import Fate
from clickcall.simulator.posting import Target

DEFAULT = Path(__file__).with_name("default.toml")

Children = Mapping[str, tuple[str, type[Any]]]

CHILDREN: Mapping[type[Any], Children] = {
    Account: {
        "token": ("tokens", Token),
        "login": ("logins", Login),
        "number": ("numbers", Number),
        "employee": ("employees", Employee),
        "media": ("media", Media),
        "tag": ("tags", Tag),
        "blocked": ("blocked", Blocked),
    },
    Number: {"scenarios": ("scenarios", Scenario)},
}
"""The tables inside a table: key in the file -> field and class."""
STATUSES = {"active", "waiting", "cleaning", "prereserved", "reserved", "manual_lock", "limit_lock"}
CHOICES = {
    (Account, "deprecated"): {"", "current_version_deprecated", "current_version_depricated"},
    (Token, "state"): {"active", "expired", "blocked", "invalid"},
    (Token, "rights"): {"call", "data"},
    (Number, "type"): {"va", "call_tracking", "dynamic_call_tracking"},
    (Number, "status"): STATUSES,
    (Media, "type"): {"user", "system"},
}

T = TypeVar("T")


def load_config(path: Path | None = None) -> Config:
    """Read and check a TOML file, the demo's when `path` is None. Raises ConfigError naming file and place."""
    path = path or DEFAULT
    try:
        return read_config(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from error


def read_config(document: Mapping[str, Any]) -> Config:
    """A Config from a parsed document. Raises ConfigError for unknown keys, wrong types and impossible values."""
    document = dict(document)
    accounts = tuple(_tree(Account, table, f"account {n}") for n, table in enumerate(document.pop("account", []), 1))
    fates = {number: _fate(number, name) for number, name in document.pop("fates", {}).items()}
    inbound = _build(Inbound, document.pop("inbound", {}), "inbound")
    webhooks = _build(Notifications, document.pop("webhooks", {}), "webhooks")
    config = _build(Config, document, "top level", accounts=accounts, fates=fates, inbound=inbound, webhooks=webhooks)
    check(config)
    return config


def check(config: Config) -> None:
    """Raise ConfigError when accounts contradict each other or name what is not there."""
    accounts = config.accounts
    _no_twins("two accounts with one slug", [account.slug for account in accounts])
    _no_twins("two tokens with one value", [token.value for account in accounts for token in account.tokens])
    _no_twins("two logins with one name", [login.login for account in accounts for login in account.logins])
    _check_inbound(config)
    for name in ("repeat", "shuffle", "lose"):
        if not 0 <= getattr(config.webhooks, name) <= 1:
            raise ConfigError(f"webhooks: {name} must be a share from 0 to 1")
    for account in accounts:
        _check_account(account)


def _check_inbound(config: Config) -> None:
    if not config.inbound.account and config.inbound.every <= 0:
        return
    try:
        account = config.account(config.inbound.account)
    except ConfigError as error:
        raise ConfigError(f"inbound: {error}") from error
    if config.inbound.every > 0 and not any(number.rings for number in account.numbers):
        raise ConfigError("inbound: the account has no number with a scenario")


def _check_account(account: Account) -> None:
    people = {employee.id for employee in account.employees}
    try:
        ZoneInfo(account.timezone)
        for entry in account.allowed_ips:
            ipaddress.ip_network(entry, strict=False)
        if account.webhook:
            Target(account.webhook)
    except (ValueError, KeyError, OSError) as error:
        raise ConfigError(f"account {account.slug}: {error}") from error
    for number in account.numbers:
        if number.employee is not None and number.employee not in people:
            raise ConfigError(f"number {number.number}: there is no employee {number.employee}")


def _no_twins(complaint: str, values: list[str]) -> None:
    if len(set(values)) < len(values):
        raise ConfigError(complaint)


def _tree(cls: type[T], table: Mapping[str, Any], where: str) -> T:
    own = dict(table)
    children = {
        plural: tuple(_tree(child, row, f"{where}, {key} {n}") for n, row in enumerate(own.pop(key, []), 1))
        for key, (plural, child) in CHILDREN.get(cls, {}).items()
    }
    return _build(cls, own, where, **children)


def _build(cls: type[T], table: Mapping[str, Any], where: str, **ready: Any) -> T:
    hints = get_type_hints(cls)
    if unknown := sorted(set(table) - (set(hints) - set(ready))):
        raise ConfigError(f"{where}: unknown key {unknown[0]!r}")
    values = {key: _value(cls, key, value, hints[key], where) for key, value in table.items()}
    required = {one.name for one in dataclasses.fields(cls) if _is_required(one)}  # type: ignore[arg-type]
    if missing := sorted(required - set(values)):
        raise ConfigError(f"{where}: {missing[0]!r} is missing")
    return cls(**values, **ready)


def _is_required(one: "dataclasses.Field[Any]") -> bool:
    return one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING


def _value(cls: type[Any], key: str, value: Any, hint: Any, where: str) -> Any:
    if isinstance(value, list):
        value = tuple(value)
    if hint is float and type(value) is int:
        value = float(value)
    wanted = {tuple[str, ...]: tuple, int | None: int}.get(hint, hint)
    if type(value) is not wanted or (wanted is tuple and not all(isinstance(item, str) for item in value)):
        raise ConfigError(f"{where}: {key} has the wrong type")
    allowed = CHOICES.get((cls, key))
    if allowed and not allowed.issuperset(value if isinstance(value, tuple) else (value,)):
        raise ConfigError(f"{where}: {key} must be one of {', '.join(sorted(allowed))}")
    return value


def _fate(number: str, name: str) -> Fate:
    try:
        return Fate(name)  # type: ignore[call-arg]  # looked up by value, not made
    except ValueError as error:
        raise ConfigError(f"fates: {number}: there is no fate {name!r}") from error
