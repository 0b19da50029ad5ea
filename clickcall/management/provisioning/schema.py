"""The keys of a provision file, and reading one strictly: what is unknown or of the wrong type is refused by its path.

This is a public interface: keys may be added, none may change or go.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ...models import Brand, MediaKind, Role
from .entries import BadFile, Entry

_NAMES = {str: "a text", bool: "true or false", int: "a whole number", list: "a list of texts", date: "a date"}


@dataclass(frozen=True, slots=True)
class Key:
    """A value: its type (`list` = of texts), whether an entry is nothing without it, and the words allowed.

    Texts lose the blanks around them, unless every character counts (`exact`).
    """

    type: type
    required: bool = False
    words: tuple[str, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The keys of one table and the arrays of tables below it."""

    keys: Mapping[str, Key]
    tables: Mapping[str, "Table"] = field(default_factory=dict)


TEXT, FLAG, WHOLE, TEXTS, DAY = Key(str), Key(bool), Key(int), Key(list), Key(date)
NAME, SECRET = Key(str, required=True), Key(str, exact=True)

TOKEN = Table(
    {
        "name": NAME,
        "secret": SECRET,
        "secret_env": TEXT,
        "login": TEXT,
        "password": SECRET,
        "password_env": TEXT,
        "expires_on": DAY,
    }
)
NUMBER = Table({"number": NAME, "name": TEXT, "enabled": FLAG, "scenario": FLAG})
MEDIA = Table({"id": NAME, "name": TEXT, "type": Key(str, words=tuple(MediaKind.values))})
PRESET = Table(
    {
        "name": NAME,
        "default": FLAG,
        "first_call": TEXT,
        "switch_at_once": FLAG,
        "early_switching": FLAG,
        "direction": TEXT,
        "virtual_phone_usage_rule": TEXT,
        "dtmf_string": TEXT,
        "message_type": TEXT,
        "message_value": TEXT,
    }
)
MEMBER = Table(
    {
        "username": NAME,
        "name": TEXT,
        "role": Key(str, words=tuple(Role.values)),
        "team": TEXT,
        "password": SECRET,
        "password_env": TEXT,
        "number": TEXT,
        "numbers": TEXTS,
        "language": Key(str, words=("ru", "en")),
    }
)
CONTACT = Table(
    {
        "name": TEXT,
        "company": TEXT,
        "city": TEXT,
        "timezone": TEXT,
        "notes": TEXT,
        "owner": TEXT,
        "phone": TEXT,
        "phones": TEXTS,
    }
)
LIST = Table({"name": NAME, "members": TEXTS}, {"contact": CONTACT})
ACCOUNT = Table(
    {
        "slug": NAME,
        "name": TEXT,
        "brand": Key(str, words=tuple(Brand.values)),
        "call_api_url": TEXT,
        "data_api_url": TEXT,
        "country": TEXT,
        "timezone": TEXT,
        "colour": WHOLE,
        "tts_max_length": WHOLE,
        "automatic_number_management": FLAG,
        "show_virtual_phone_number": FLAG,
        "hook_secret_env": TEXT,
        "blacklist": TEXTS,
    },
    {"token": TOKEN, "number": NUMBER, "media": MEDIA, "preset": PRESET, "member": MEMBER, "list": LIST},
)
FILE = Table({}, {"account": ACCOUNT})


def read_file(path: Path) -> list[Entry]:
    """The accounts of the file, checked. Raises `BadFile`."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadFile("", error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise BadFile("", "this is no UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise BadFile("", f"this is no TOML: {error}") from error
    return _entry(document, FILE, "").tables("account")


def _entry(values: Mapping[str, Any], table: Table, path: str) -> Entry:
    checked: dict[str, Any] = {}
    for key, value in values.items():
        place = f"{path}.{key}" if path else key
        if key in table.keys:
            checked[key] = _value(value, table.keys[key], place)
        elif key in table.tables:
            checked[key] = list(_entries(value, table.tables[key], place))
        else:
            raise BadFile(place, f"unknown key; known here: {', '.join(sorted([*table.keys, *table.tables]))}")
    for key, rule in table.keys.items():
        if rule.required and not checked.get(key):
            raise BadFile(f"{path}.{key}", "is missing" if key not in checked else "is empty")
    return Entry(path, checked)


def _entries(value: object, table: Table, path: str) -> Iterator[Entry]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise BadFile(path, f"must be tables, written [[{path.rpartition('.')[2]}]]")
    for place, one in enumerate(value):
        yield _entry(one, table, f"{path}[{place}]")


def _value(value: object, key: Key, path: str) -> object:
    # By exact type: TOML's true is an int to Python.
    if type(value) is not key.type or (isinstance(value, list) and not all(type(one) is str for one in value)):
        raise BadFile(path, f"must be {_NAMES[key.type]}")
    if key.words and value not in key.words:
        raise BadFile(path, f"must be one of {', '.join(key.words)}")
    if isinstance(value, list):
        return [_text(one, key, f"{path}[{place}]") for place, one in enumerate(value)]
    return _text(value, key, path) if isinstance(value, str) else value


def _text(text: str, key: Key, path: str) -> str:
    if "\x00" in text:
        raise BadFile(path, "must not hold the character U+0000")
    return text if key.exact else text.strip()
