"""What both commands that export share: their arguments, the language, and a file that is whole or not there."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone, translation

from ..models import Account, Member, Role
from ..web.sheets import FORMATS, Row, write
from .database import require_ready

WRONG = 2


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument("--account", required=True, metavar="SLUG")
    parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="ru")
    parser.add_argument("file", type=Path, metavar="FILE", help="ends with .csv or .xlsx; what is there is replaced")


def the_account(slug: str) -> Account:
    require_ready()
    found = Account.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no account {slug!r}.", returncode=WRONG)
    return found


def whole_account(account: Account) -> Member:
    """Somebody who sees all of the account, and who is nobody."""
    return Member(pk=0, account=account, role=Role.ADMIN)


@contextmanager
def spoken(account: Account, language: str) -> Iterator[None]:
    """Headings and words in the language, times in the account's zone."""
    with translation.override(language), timezone.override(account.tz):
        yield


def save(rows: Iterable[Row], file: Path) -> int:
    """Writes the rows and says how many there were below the headings. A failure leaves what was there before."""
    ending = file.suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        raise CommandError(f"The file has to end with {' or '.join(f'.{one}' for one in FORMATS)}.", returncode=WRONG)
    count = -1

    def counted() -> Iterator[Row]:
        nonlocal count
        for count, row in enumerate(rows):  # noqa: B007 - read outside
            yield row

    unfinished = file.with_name(f"{file.name}.part")
    try:
        with unfinished.open("wb") as out:
            for piece in write(counted(), ending):
                out.write(piece)
        unfinished.replace(file)
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}", returncode=WRONG) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return count
