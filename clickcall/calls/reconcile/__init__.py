"""A day of the provider beside a day of ours, call by call: is the log complete, and does it say the same?

gathering   every call that the provider's report has of the day
comparing   which of them are ours, which are missing on either side
fields      what two records of one call say differently
running     compare, repair, keep the result
job         yesterday, once a day
"""

from ..inquiry import NotAsked
from .job import reconcile_yesterdays
from .running import reconcile

__all__ = ["NotAsked", "reconcile", "reconcile_yesterdays"]
