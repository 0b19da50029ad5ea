"""Asking. Harmless questions only: `get.account` at the Data API, `list.calls` at the Call API.

On the quick wire, and an API that one key did not reach is not tried with the next one: so that an examination takes
seconds, not minutes.
"""

import time
import uuid
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.timezone import localdate, now

from ... import gateway, points
from ...models import Account, Token, TokenKind, VirtualNumber
from ...models.saving import save_changes
from ...provider.call_api import CallApi
from ...provider.data_api import DataApi
from ...provider.errors import ProviderError, Refused
from ...provider.metadata import Metadata
from .. import session_keys
from ..tokens import KEY_REFUSALS, key_of, note_unreadable
from .diagnosis import Diagnosis
from .findings import OF_THE_API, Api, Finding, of_error

SLOW_SECONDS = 2.0
SKEW_SECONDS = 60.0
SOON_DAYS = 14
_APIS: tuple[Api, ...] = ("call", "data")


def examine(account: Account) -> Diagnosis:
    """Asks with every access key in use and keeps what was found. Raises nothing of the provider's."""
    findings: list[Finding] = []
    down: dict[Api, Finding] = {}
    for token in account.tokens.usable():
        findings += _Patient(account, token, down).findings()
    if not findings:
        findings.append(Finding("token_invalid", "fail", details={"missing": True}))
    findings += _numbers(account)
    address = next((str(found) for one in findings if (found := one.details.get("address"))), "")
    diagnosis = Diagnosis(account, now(), findings, address)
    diagnosis.keep()
    return diagnosis


class _Patient:
    """One token. `down` tells of APIs that were not reached with another one."""

    def __init__(self, account: Account, token: Token, down: dict[Api, Finding]) -> None:
        self.account, self.token, self.down = account, token, down

    def findings(self) -> list[Finding]:
        try:
            key = key_of(self.account, self.token)
        except ProviderError as error:
            note_unreadable(self.token, error)
            return [of_error(error, self.token.name, None, self._host("call"))]
        found = [finding for api in _APIS for finding in self._examined(api, key)]
        self._note([finding for finding in found if finding.api == "call"])
        return self._expiry() + found

    def _note(self, found: list[Finding]) -> None:
        """What a press would have noted: the refusal of the key, or that it works again."""
        refusal = next((cause for one in found if (cause := one.details.get("cause")) in KEY_REFUSALS), "")
        if refusal:
            save_changes(self.token, last_error=refusal, last_error_at=now())
        elif self.token.last_error and all(finding.level != "fail" for finding in found):
            save_changes(self.token, last_error="", last_error_at=None)

    def _expiry(self) -> list[Finding]:
        """A dated key whose end is near."""
        until = self.token.expires_on
        days = (until - localdate(timezone=self.account.tz)).days if until else None
        if until is None or days is None or not 0 <= days <= SOON_DAYS:
            return []
        return [Finding("token_expired", "warn", self.token.name, details={"until": until.isoformat()})]

    def _examined(self, api: Api, key: str) -> list[Finding]:
        if met := self.down.get(api):
            return [Finding(met.code, met.level, self.token.name, api, met.details)]
        try:
            found = self._asked(api, key)
        except Refused as error:  # a session key that died before its hour: renewed once, as for a press
            if self.token.kind != TokenKind.LOGIN or error.mnemonic != "access_token_invalid":
                return [of_error(error, self.token.name, api, self._host(api))]
            return self._again(api, key)
        if found and found[0].level == "fail" and found[0].code in OF_THE_API:
            self.down[api] = found[0]
        return found or [Finding("ok", "ok", self.token.name, api)]

    def _again(self, api: Api, dead: str) -> list[Finding]:
        try:
            key = session_keys.renew(self.account, self.token, dead=dead)
            return self._asked(api, key) or [Finding("ok", "ok", self.token.name, api)]
        except ProviderError as error:
            return [of_error(error, self.token.name, api, self._host(api))]

    def _asked(self, api: Api, key: str) -> list[Finding]:
        """One question; what its answer shows. Raises Refused for a session key that is not known any more."""
        dates: list[str] = []
        client = gateway.probe_client(self.account, self._url(api), dates.append)
        request_id, started = f"doctor-{uuid.uuid4().hex[:12]}", time.monotonic()
        found: list[Finding] = []
        metadata: Metadata | None
        try:
            if api == "call":
                metadata = CallApi(client, key).list_calls(request_id=request_id).metadata
            else:
                metadata = DataApi(client, key).get_account(request_id=request_id).metadata
        except ProviderError as error:
            if getattr(error, "mnemonic", "") == "access_token_invalid" and self.token.kind == TokenKind.LOGIN:
                raise
            metadata = error.metadata
            found.append(of_error(error, self.token.name, api, self._host(api)))
        found += self._beside(api, metadata, time.monotonic() - started, dates)
        return list({one.code: one for one in reversed(found)}.values())[::-1]

    def _beside(self, api: Api, metadata: Metadata | None, seconds: float, dates: list[str]) -> list[Finding]:
        """What an answer shows beside its content."""
        noted: list[tuple[str, dict[str, Any]]] = []
        if dates and seconds > SLOW_SECONDS:
            noted.append(("slow", {"seconds": f"{seconds:.1f}"}))
        if (skew := _skew(dates)) > SKEW_SECONDS:
            noted.append(("clock_skew", {"seconds": round(skew)}))
        if metadata and metadata.is_deprecated:
            noted.append(("version_deprecated", {"version": metadata.latest_version}))
        found = [Finding(code, "warn", self.token.name, api, details) for code, details in noted]
        return found + self._points(api, metadata)

    def _points(self, api: Api, metadata: Metadata | None) -> list[Finding]:
        limits = metadata.limits if metadata else None
        scarce = points.scarcest(limits) if limits else None
        if scarce is None:
            return []
        left, limit = scarce
        return [Finding("points_low", "warn" if left else "fail", self.token.name, api, {"left": left, "limit": limit})]

    def _url(self, api: Api) -> str:
        return self.account.urls[_APIS.index(api)]

    def _host(self, api: Api) -> str:
        return urlsplit(self._url(api)).hostname or self._url(api)


def _skew(dates: list[str]) -> float:
    """Seconds between our clock and that of the answer; 0 where it tells no time."""
    try:
        theirs = parsedate_to_datetime(dates[-1])
    except (IndexError, ValueError, TypeError):
        return 0.0
    return abs((datetime.now(UTC) - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC))).total_seconds())


def _numbers(account: Account) -> list[Finding]:
    """Numbers in use that ring nobody. From our own table: the next synchronisation says whether it was mended."""
    numbers = VirtualNumber.objects.filter(account=account, enabled=True, has_scenario=False, gone_at=None)
    return [
        Finding("number_without_scenario", "warn", details={"number": digits})
        for digits in numbers.order_by("digits").values_list("digits", flat=True)
    ]
