"""`dial`: one call from the command line, through the same form and service as a page's button."""

import json
from argparse import BooleanOptionalAction
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils import translation

from ...calls import services
from ...calls.forms import CallForm
from ...calls.report import exit_code, invalid, placed
from ...models import Account, Direction, FirstCall, Member, Preset
from ..arguments import with_values
from ..exact_command import ExactCommand

# flag -> the form's name
_PARAMETERS = (
    "virtual_phone_usage_rule",
    "dtmf_string",
    "direction",
    "first_call",
    "switch_at_once",
    "early_switching",
    "message_type",
    "message_value",
)


class Unknown(Exception):  # noqa: N818 - carries what the output says
    """An account, member or preset that does not exist."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.errors = {key: [message]}


class Command(ExactCommand):
    help = "Places one call and prints what became of it as one JSON object; values are judged by the form."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", required=True, metavar="SLUG")
        parser.add_argument("--as", required=True, dest="username", metavar="USERNAME", help="who calls")
        parser.add_argument("--contact", default="", help="the phone to call")
        parser.add_argument("--number", help="the number to call from; without it the member's default number")
        parser.add_argument("--preset", help="the name of a preset; a flag wins over it")
        parser.add_argument("--external-id", default="", help="an ID of your own: the same one again places no call")
        parser.add_argument("--virtual-phone-usage-rule")
        parser.add_argument("--dtmf-string")
        parser.add_argument("--direction", help="without it: out")
        parser.add_argument("--first-call", help="without it: employee")
        parser.add_argument("--switch-at-once", action=BooleanOptionalAction)
        parser.add_argument("--early-switching", action=BooleanOptionalAction)
        parser.add_argument("--message-type")
        parser.add_argument("--message-value")
        parser.add_argument("--language", default="en", help="of the messages: en or ru")

    def run_from_argv(self, argv: list[str]) -> None:
        parser = self.create_parser(argv[0], argv[1])
        super().run_from_argv([*argv[:2], *with_values(parser, argv[2:])])

    def handle(self, **options: Any) -> None:
        try:
            with translation.override(options["language"]):
                result = self._place(options)
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(f"The database is not ready: {error}. Run `manage.py migrate` first.") from error
        text = json.dumps(result, ensure_ascii=False)
        # An argument that is no UTF-8 comes back in the messages; the output stays UTF-8 all the same.
        self.stdout.write(text.encode("utf-8", "replace").decode())
        if code := exit_code(result):
            raise SystemExit(code)

    def _place(self, options: dict[str, Any]) -> dict[str, Any]:
        external_id: str = options["external_id"]
        try:
            member = find_member(options["account"], options["username"])
            if known := services.find_press(member.account, external_id):
                return placed(services.wait_for(known))
            preset = find_preset(member.account, options["preset"])
        except Unknown as error:
            return invalid(external_id, error.errors)
        form = CallForm(given(member, preset, options), member=member, preset=preset)
        if not form.is_valid():
            services.note_forbidden(form)
            return invalid(external_id, form.wire_errors(), form.warnings)
        try:
            press = external_id or services.new_external_id()
            told = translation.gettext("From the command line")  # for what the company's rules would have asked about
            outcome = services.place_call(form, external_id=press, reason=told, asks=False)
        except ValidationError as error:
            return invalid(external_id, error.message_dict, form.warnings)
        return placed(outcome)


def given(member: Member, preset: Preset | None, options: dict[str, Any]) -> dict[str, Any]:
    """What the flags say, over the command's own defaults where there is no preset."""
    number = options["number"] or (member.default_number.digits if member.default_number else "")
    defaults = {} if preset else {"first_call": FirstCall.EMPLOYEE.value}
    if not (preset and preset.direction):
        defaults["direction"] = Direction.OUT.value
    flags = {name: options[name] for name in _PARAMETERS if options[name] is not None}
    return {
        **defaults,
        **flags,
        "virtual_phone_number": number,
        "contact": options["contact"],
        "external_id": options["external_id"],
    }


def find_member(slug: str, username: str) -> Member:
    """Raises `Unknown`."""
    account = Account.objects.filter(slug=slug).first()
    if account is None:
        raise Unknown("account", translation.gettext("There is no such account."))
    members = Member.objects.active().select_related("account", "user", "default_number")
    member = members.filter(account=account, user__username__iexact=username).first()
    if member is None:
        raise Unknown("as", translation.gettext("There is nobody of this user name in the account."))
    return member


def find_preset(account: Account, name: str | None) -> Preset | None:
    """Raises `Unknown`."""
    if name is None:
        return None
    preset = account.presets.active().filter(name=name).first()
    if preset is None:
        raise Unknown("preset", translation.gettext("There is no such preset."))
    return preset
