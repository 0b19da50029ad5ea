"""Sessions in the database, as Django keeps them, with the one question that every request asks prepared."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils.timezone import now

from ..models.prepared import Prepared

_DATA = Prepared(
    str, ask=lambda key: Session.objects.filter(session_key=key).values_list("session_data", "expire_date")
)


class SessionStore(DatabaseStore):
    def load(self) -> dict[str, object]:
        """The session's values; empty, and without its key, when there is no such session any more."""
        row = next(iter(_DATA.rows(self.session_key)), None) if self.session_key else None
        if row is None or row[1] <= now():
            self._session_key = None
            return {}
        values: dict[str, object] = self.decode(row[0])
        return values
