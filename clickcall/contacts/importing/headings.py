"""Which column is what: by its heading, in Russian and in English, else by what stands in it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ... import phones
from ...models.searching import fold

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

FIELDS: "dict[str, StrPromise]" = {
    "name": pgettext_lazy("of a person", "Name"),
    "company": _("Company"),
    "phone": _("Phone"),
    "city": _("City"),
    "region": _("Region"),
    "timezone": _("Time zone"),
    "consent": _("Consent to advertising"),
    "consent_date": _("Date of the consent"),
    "consent_source": _("Where the consent comes from"),
    "do_not_call": _("Do not call"),
    "owner": _("Owner"),
    "notes": _("Notes"),
}
SEVERAL = frozenset({"name", "phone", "notes"})  # columns that may stand there more than once: their texts are joined
IGNORED = ""
REASON = "what is wrong", "что не так"  # the column that a file of refused rows has in front

_NAMES = {
    "name": "фио; ф и о; имя; фамилия; отчество; контакт; контактное лицо; клиент; имя клиента; имя контакта;"
    "полное имя; name; full name; first name; middle name; last name; surname; contact; contact name; contact person;"
    "customer; client",
    "company": "компания; организация; фирма; юрлицо; название; название компании; название организации; наименование;"
    "company; company name; organization; organisation; organization name; firm; account name",
    "phone": "контактный телефон; рабочий телефон; мобильный; сотовый; дополнительный телефон; доп телефон; доп тел;"
    "номер; номер телефона; раб тел; раб телефон; домашний телефон; городской телефон; другой телефон;"
    "cell; cell phone; number; phone number; work phone; home phone; additional phone; other phone; second phone",
    "city": "город; населенный пункт; city; town",
    "region": "регион; область; край; субъект рф; republic; region; state; province; oblast",
    "timezone": "часовой пояс; таймзона; пояс; зона; time zone; timezone; tz",
    "consent": "согласие; согласие на рекламу; согласие на звонки; consent; consent to advertising; opt in",
    "consent_date": "дата согласия; consent date; date of consent; date of the consent; opt in date",
    "consent_source": "источник согласия; откуда согласие; consent source; where the consent comes from",
    "do_not_call": "не звонить; do not call; dnc",
    "owner": "ответственный; ответственный менеджер; менеджер; owner; responsible; manager; salesperson; assigned to",
    "notes": "комментарий; комментарии; примечание; примечания; заметка; заметки; описание;"
    "comment; comments; note; notes; remark; remarks; description",
}
_KNOWN = {name.strip(): field for field, names in _NAMES.items() for name in names.split(";")}
_PHONE = re.compile(r"(тел|моб|сот|phone|mobile|tel)")  # Тел., Моб. телефон, Телефон (рабочий), Phone, 2
_DIGITS = re.compile(r"\d{7}")
_NUMBER_BEHIND = re.compile(r" \d+$")


def plain(heading: str) -> str:
    """A heading without case, punctuation and a number behind it."""
    return _NUMBER_BEHIND.sub("", " ".join(re.sub(r"[\W_]+", " ", fold(heading)).split()))


def field_of(heading: str) -> str:
    """What a heading stands for; empty when it is not known."""
    name = plain(heading)
    return _KNOWN.get(name) or ("phone" if _PHONE.match(name) else IGNORED)


def is_reason(heading: str) -> bool:
    """The column in which we said what is wrong with a row."""
    return plain(heading) in REASON


def place_of_headings(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of the first rows holds the headings: titles may stand above. None when there are none, only phones."""
    known = [sum(bool(field_of(cell)) for cell in row if len(cell) < 60) for row in rows]
    if known and max(known) > 0 and not _holds_phone(rows[best := known.index(max(known))]):
        return best
    first_phone = next((place for place, row in enumerate(rows) if _holds_phone(row)), None)
    return None if first_phone == 0 else 0 if first_phone is None else first_phone - 1


def _holds_phone(row: Sequence[str]) -> bool:
    return any(_DIGITS.search(re.sub(r"[\s()+.\-]", "", cell)) for cell in row)


def guess(headings: Sequence[str], samples: Sequence[Sequence[str]], country: str) -> list[str]:
    """A field for each column. Where two columns claim what only one can be, the first one is it."""
    mapping = [field_of(heading) for heading in headings]
    if "phone" not in mapping:
        mapping = [
            "phone"
            if not field and _looks_like_phones([row[place] for row in samples if place < len(row)], country)
            else field
            for place, field in enumerate(mapping)
        ]
    seen: set[str] = set()
    for place, field in enumerate(mapping):
        if field in seen and field not in SEVERAL:
            mapping[place] = IGNORED
        seen.add(field)
    return mapping


def _looks_like_phones(cells: Sequence[str], country: str) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and sum(_is_phone(cell, country) for cell in filled) * 2 > len(filled)


def _is_phone(cell: str, country: str) -> bool:
    try:
        return len(phones.read(cell.lstrip("'="), country).digits) > 6
    except phones.PhoneError:
        return False


def letters(place: int) -> str:
    """The name that a spreadsheet gives a column: A, B, … Z, AA."""
    name = ""
    while place >= 0:
        place, rest = divmod(place, 26)
        name, place = chr(65 + rest) + name, place - 1
    return name
