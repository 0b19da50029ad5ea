"""What the provider says beside the answer: points left, version, number of rows."""

from dataclasses import dataclass
from typing import Any, Self

from clickcall.provider.coerce import mapping, text, whole

DEPRECATED = "current_version_deprecated"
_DEPRECATED_SPELLINGS = {DEPRECATED, "current_version_depricated"}  # the second is the older, misspelt one


@dataclass(frozen=True, slots=True)
class Limits:
    """Points a day and a minute; resets in seconds from the answer. None where the provider was silent."""

    day_limit: int | None = None
    day_remaining: int | None = None
    day_reset: int | None = None
    minute_limit: int | None = None
    minute_remaining: int | None = None
    minute_reset: int | None = None

    @classmethod
    def read(cls, value: object) -> Self | None:
        """From `metadata.limits`; None when it is not there."""
        found = mapping(value)
        return cls(**{name: whole(found.get(name)) for name in cls.__slots__}) if found else None


@dataclass(frozen=True, slots=True)
class Metadata:
    """`api_version` and `latest_version` are "" when not said; `total_items` counts all pages' rows."""

    limits: Limits | None = None
    api_version: str = ""
    latest_version: str = ""
    total_items: int | None = None

    @property
    def is_deprecated(self) -> bool:
        """True when the provider can switch this version off within two months."""
        return self.api_version == DEPRECATED

    @classmethod
    def read(cls, holder: object) -> Self:
        """From the object that holds `metadata` (get.account's sample spells it `meta_data`)."""
        beside: dict[str, Any] = mapping(holder)
        found = mapping(beside.get("metadata")) or mapping(beside.get("meta_data"))
        version = text(found.get("api_version"))
        return cls(
            limits=Limits.read(found.get("limits")),
            api_version=DEPRECATED if version in _DEPRECATED_SPELLINGS else version,
            latest_version=text(found.get("latest_version")),
            total_items=whole(found.get("total_items")),
        )
