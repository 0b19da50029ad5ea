"""The sign of life of the background process."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.timezone import now


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def worker(self, since: datetime) -> "HeartbeatQuerySet":
        """The worker, if it was seen since then."""
        return self.filter(name="worker", seen_at__gte=since)

    def worker_is_missing(self) -> bool:
        """No worker has been seen for `CLICKCALL_HEARTBEAT_SECONDS`."""
        return not self.worker(now() - timedelta(seconds=settings.CLICKCALL_HEARTBEAT_SECONDS)).exists()


class Heartbeat(models.Model):
    name = models.CharField(max_length=50, unique=True)
    seen_at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}: {self.seen_at:%H:%M:%S}"
