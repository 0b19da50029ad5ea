"""`manage.py hand_over --account SLUG --list NAME [--from USER] --to USER [--json]`: contacts get another owner."""

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser

from ...contacts.handing_over import Share, hand_over, out_of_sight, shares
from ...models import Account, Contact, ContactList, Member
from ..database import require_ready
from ..exact_command import ExactCommand

WRONG = 2


class Command(ExactCommand):
    """Ends with 0, or with 2 for wrong arguments, when nothing was changed.

    `--json` prints {account, list, from, to, contacts, owners: [{username, contacts}], out_of_sight}: `contacts` is how
    many were handed over, `out_of_sight` how many of them the new owner does not see, since they do not work the list.
    """

    help = "Makes somebody the owner of a list's contacts: of all of them, or of those of one person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", required=True, metavar="SLUG")
        parser.add_argument("--list", required=True, dest="list_name", metavar="NAME")
        parser.add_argument("--from", dest="owner", metavar="USER", help="whose contacts; without it everybody's")
        parser.add_argument("--to", required=True, metavar="USER")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")

    def handle(self, *args: Any, account: str, list_name: str, owner: str | None, to: str, **options: Any) -> None:
        require_ready()
        found = Account.objects.filter(slug=account).first()
        chosen = ContactList.objects.active().filter(account=found, name=list_name).first()
        if found is None or chosen is None:
            raise CommandError(f"There is no account {account!r} with a list {list_name!r}.", returncode=WRONG)
        taker = _member(found, to, is_active=True)
        rows = Contact.objects.active().filter(list=chosen).exclude(owner=taker)
        rows = rows if owner is None else rows.filter(owner=_member(found, owner))
        before = shares(rows)
        hidden = sum(number for _name, number in out_of_sight(rows, taker))
        count = hand_over(rows, to=taker, by=None, source="manage.py hand_over")
        result: dict[str, Any] = {"account": account, "list": list_name, "from": owner, "to": taker.user.username}
        result |= {"contacts": count, "owners": [_share(share) for share in before], "out_of_sight": hidden}
        self.stdout.write(json.dumps(result, ensure_ascii=False) if options["json"] else _as_text(result))


def _member(account: Account, username: str, *, is_active: bool = False) -> Member:
    members = Member.objects.filter(account=account, user__username__iexact=username).select_related("user")
    member = (members.active() if is_active else members).first()
    if member is None:
        raise CommandError(f"There is nobody {username!r} in the account who could.", returncode=WRONG)
    return member


def _share(share: Share) -> dict[str, Any]:
    return {"username": share.owner.user.username if share.owner else None, "contacts": share.count}


def _as_text(result: dict[str, Any]) -> str:
    owners = ", ".join(f"{one['contacts']} of {one['username'] or 'nobody'}" for one in result["owners"])
    lines = [f"{result['contacts']} contacts of “{result['list']}” handed over to {result['to']}: {owners or 'none'}"]
    if result["out_of_sight"]:
        lines.append(f"{result['to']} does not work this list and does not see {result['out_of_sight']} of them")
    return "\n".join(lines)
