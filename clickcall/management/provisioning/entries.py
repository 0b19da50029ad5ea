"""The tables of a file once they are checked, each knowing where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class BadFile(ValueError):  # noqa: N818 - what is bad is the file
    """The file cannot be applied. `path` is the place in it ("account[0].token[1].name"), empty for the whole."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of the file: `values` holds only the keys that are there, tables below it included."""

    path: str
    values: Mapping[str, Any]

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def given(self, names: Mapping[str, str]) -> dict[str, Any]:
        """The keys that are there, under the names of our columns. `names`: key of the file -> column."""
        return {column: self.values[key] for key, column in names.items() if key in self.values}

    def tables(self, key: str) -> list["Entry"]:
        found: list[Entry] = self.values.get(key, [])
        return found

    def bad(self, key: str, reason: object) -> BadFile:
        return BadFile(f"{self.path}.{key}" if key else self.path, str(reason))

    def refused(self, error: ValidationError, names: Mapping[str, str]) -> BadFile:
        """What a service or a form refuses, at the key that it is about. `names` as for `given`."""
        keys = {column: key for key, column in names.items()}
        fields = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        column, messages = next(iter(fields.items()))
        key = "" if column == NON_FIELD_ERRORS else keys.get(column, column)
        return self.bad(key, " ".join(messages))
