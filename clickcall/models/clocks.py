"""Times that were set to come, and a clock that was set back since."""

from datetime import datetime, timedelta

from django.db.models import Q

FURTHEST_TURN = timedelta(minutes=30)  # no call's next look is set further ahead
AT_ODDS = timedelta(minutes=5)  # the clocks of two machines may differ by this much


def has_come(name: str, moment: datetime, furthest: timedelta = timedelta()) -> Q:
    """Whether the time in this column has come at that moment; one that is empty has not.

    One that is further ahead than it is ever set counts as well: the clock was set back, and would have to get there
    again.
    """
    return Q(**{f"{name}__lte": moment}) | Q(**{f"{name}__gt": moment + furthest + AT_ODDS})
