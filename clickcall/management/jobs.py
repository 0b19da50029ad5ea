"""What the worker does beside looking after calls.

A job is asked often and decides by the database whether anything is due: so any number of workers can run side by side,
and nothing is forgotten when one dies. A job that fails is logged and asked again; it holds up no other.
"""

import logging
from collections.abc import Callable

from django.db import Error, connection

from ..accounts.doctor.rounds import examine_in_turn
from ..accounts.renewal import renew_ahead
from ..calls.phone_checks import hang_up_overdue
from ..calls.reconcile import reconcile_yesterdays
from ..calls.sweep import look_afterwards, look_out
from ..calls.webhooks.applying import apply_waiting
from ..calls.webhooks.raw_days import forget_raw
from ..contacts.importing.old_files import forget_files
from ..contacts.importing.work import import_job
from ..numbers.sync.job import fetch_what_is_due

log = logging.getLogger("clickcall.jobs")

JOBS: list[Callable[[], object]] = [
    renew_ahead,
    examine_in_turn,
    hang_up_overdue,
    look_afterwards,
    look_out,
    reconcile_yesterdays,
    apply_waiting,
    forget_raw,
    fetch_what_is_due,
    import_job,
    forget_files,
]


def round_of_jobs() -> None:
    """Asks every job once."""
    for job in JOBS:
        try:
            job()
        except Error:
            log.exception("the database did not answer the job %s; it is asked again", job.__qualname__)
            connection.close()  # a broken one would stay broken: the next job begins with a fresh one
        except Exception:
            log.exception("the job %s failed; it is asked again", job.__qualname__)
