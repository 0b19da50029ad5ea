"""`manage.py set_password USERNAME`: for whom no admin can help."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from ...accounts import services
from ...accounts.usernames import normal_username
from ...models import User
from ..exact_command import ExactCommand


class Command(ExactCommand):
    help = "Sets somebody's password and signs them out everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--stdin", action="store_true", help="Read the password from the first line of standard input."
        )
        how.add_argument(
            "--one-time",
            action="store_true",
            help="Print a new random password, which has to be changed at the first sign-in.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=normal_username(options["username"])).first()
        if user is None:
            raise CommandError(f"There is no user {options['username']!r}.")
        if options["one_time"]:
            self.stdout.write(services.set_one_time_password(user))
            return
        password = sys.stdin.readline().rstrip("\r\n") if options["stdin"] else self._asked()
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        services.set_password(user, password)
        self.stdout.write(f"The password of {user.username} is set.")

    @staticmethod
    def _asked() -> str:
        """Asks twice, without showing what is typed."""
        password = getpass.getpass("New password: ")
        if getpass.getpass("Again: ") != password:
            raise CommandError("The two passwords differ. Nothing was changed.")
        return password
