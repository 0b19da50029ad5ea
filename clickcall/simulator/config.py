"""What the simulator is told: accounts with their tokens, numbers and people, and what becomes of calls.

All durations are seconds. `report_delay`, `recording_delay` and `inbound.every` are divided by the speed as calls are;
`slow_seconds`, `session_lifetime` and the limits' minutes and days are real time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from clickcall.simulator.fates import Fate

LOOPBACK = ("127.0.0.0/8", "::1")


class ConfigError(ValueError):
    """A configuration that cannot be used; the text names the place."""


@dataclass(frozen=True, slots=True)
class Token:
    """A permanent key. `state` is active, expired, blocked or invalid; `rights` names the APIs it may use."""

    value: str
    state: str = "active"
    rights: tuple[str, ...] = ("call", "data")


@dataclass(frozen=True, slots=True)
class Login:
    """A login that `login.user` turns into a session key."""

    login: str
    password: str


@dataclass(frozen=True, slots=True)
class Employee:
    """A person whom scenarios ring, on the first of the phones."""

    id: int
    name: str
    phones: tuple[str, ...] = ()
    extension: str = ""
    status: str = "available"
    email: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """What a call can be marked with."""

    id: int
    name: str
    is_system: bool = False


@dataclass(frozen=True, slots=True)
class Blocked:
    """A phone on the blacklist, with the reason that somebody gave."""

    phone: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What happens to calls on a number, while it is active."""

    name: str
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Number:
    """A virtual number; `employee` is the id of the one whom its scenario rings.

    `scenario` is short for one active scenario called as the number; `scenarios` names them one by one.
    """

    number: str
    name: str = ""
    scenario: bool = True
    type: str = "va"
    status: str = "active"
    category: str = "usual"
    employee: int | None = None
    scenarios: tuple[Scenario, ...] = ()

    @property
    def all_scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios that the provider lists."""
        return self.scenarios or ((Scenario(self.name or self.number),) if self.scenario else ())

    @property
    def rings(self) -> bool:
        """Whether a call on the number gets anywhere: some scenario is active."""
        return any(scenario.is_active for scenario in self.all_scenarios)


@dataclass(frozen=True, slots=True)
class Media:
    """A file that can be played; `type` is user or system, `duration` in seconds."""

    id: str
    name: str = ""
    type: str = "user"
    duration: int = 5


@dataclass(frozen=True, slots=True)
class Account:
    """One customer account. Only addresses in `allowed_ips` are let in: this machine if it is not said, nobody if it is
    empty; entries may be networks. `webhook` is the URL that event notifications go to.

    `deprecated` is what `metadata.api_version` says (either spelling), empty = nothing. `disabled_methods` need a
    component that was not bought, and so do the `disabled_fields` of the Data API, when a request names them.

    With `international` off the security rules forbid calls to numbers that do not begin with the `country_code`. The
    digest of the API gives the error's code (-32002) and no mnemonic: it is spelled as `forbidden_direction` says.
    """

    slug: str
    name: str = ""
    timezone: str = "Europe/Moscow"
    app_id: int = 1
    inactive: bool = False
    allowed_ips: tuple[str, ...] = LOOPBACK
    accepts_show_virtual_phone_number: bool = False
    automatic_number_management: bool = False
    call_management: bool = True
    tts_message_max_length: int = 300
    blacklist: tuple[str, ...] = ()
    deprecated: str = ""
    latest_version: str = "v5.0"
    disabled_methods: tuple[str, ...] = ()
    disabled_fields: tuple[str, ...] = ()
    international: bool = True
    country_code: str = "7"
    forbidden_direction: str = "forbidden_direction"
    minute_limit: int = 100_000
    day_limit: int = 1_000_000
    tokens: tuple[Token, ...] = ()
    logins: tuple[Login, ...] = ()
    numbers: tuple[Number, ...] = ()
    employees: tuple[Employee, ...] = ()
    media: tuple[Media, ...] = ()
    webhook: str = ""
    tags: tuple[Tag, ...] = ()
    blocked: tuple[Blocked, ...] = ()

    def number(self, digits: str) -> Number | None:
        """The virtual number with these digits, if the account rents it."""
        return next((number for number in self.numbers if number.number == digits), None)

    def ringing_number(self, digits: str = "") -> Number:
        """The number that a call from outside comes in on, the first one that rings if none is named.

        Raises ConfigError.
        """
        for number in self.numbers:
            if number.rings and digits in ("", number.number):
                return number
        raise ConfigError(f"account {self.slug}: no number {digits} that rings anybody")

    def employee(self, number: Number) -> Employee | None:
        """Whom the number's scenario rings, if the configuration says so."""
        return next((one for one in self.employees if one.id == number.employee), None)


@dataclass(frozen=True, slots=True)
class Inbound:
    """People who call: one call every `every` seconds (0 = never), each `missed_every`-th is not answered."""

    every: float = 0.0
    account: str = ""
    callers: tuple[str, ...] = ()
    missed_every: int = 3


@dataclass(frozen=True, slots=True)
class Notifications:
    """What goes wrong on the way of event notifications: shares from 0 to 1, alike for the same `seed`.

    `announce_presses`: a call that the API started begins with "incoming" or "outgoing" as any other does. Neither
    carries an external_id.
    """

    repeat: float = 0.0
    shuffle: float = 0.0
    lose: float = 0.0
    seed: int = 1
    announce_presses: bool = True


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration. `fates`: number dialled -> fate; every other number is answered."""

    accounts: tuple[Account, ...] = ()
    fates: Mapping[str, Fate] = field(default_factory=dict)
    inbound: Inbound = Inbound()
    webhooks: Notifications = Notifications()
    report_delay: float = 0.0
    recording_delay: float = 5.0
    slow_seconds: float = 4.0
    session_lifetime: float = 3600.0

    def account(self, slug: str = "") -> Account:
        """The account of that slug, the first one if none is named. Raises ConfigError."""
        for account in self.accounts:
            if slug in ("", account.slug):
                return account
        raise ConfigError(f"there is no account {slug!r}")
