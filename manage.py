#!/usr/bin/env python
"""ClickCall's command line: `manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clickcall.settings")
    if sys.argv[1:2] == ["demo"]:  # it has a database and keys of its own, whatever those of this machine are
        os.environ |= {"CLICKCALL_READ_DOTENV": "0", "DATABASE_URL": ""}
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
