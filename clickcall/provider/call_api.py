"""The Call API v4.0: placing, watching and ending calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clickcall.provider import coerce
from clickcall.provider.client import Answer, Client
from clickcall.provider.errors import AnswerUnknown
from clickcall.provider.listing import Listing
from clickcall.provider.session import SessionKey, login, logout

__all__ = ["CallApi", "SessionKey", "StartedCall", "login", "logout"]


@dataclass(frozen=True, slots=True)
class StartedCall:
    """`call_session_id` is text: it may exceed 63 bits."""

    call_session_id: str
    answer: Answer


class CallApi:
    """One account's Call API with one key. Every method raises ProviderError."""

    def __init__(self, client: Client, access_token: str) -> None:
        self._client = client
        self._access_token = access_token

    def start_vnumber_call(self, params: Mapping[str, Any], *, request_id: str) -> StartedCall:
        """`start.vnumber_call`, sent once. Not idempotent: after AnswerUnknown it must not be sent again."""
        answer = self._request("start.vnumber_call", params, request_id=request_id, fresh=True)
        session_id = coerce.session_id(coerce.mapping(answer.data).get("call_session_id"))
        if not session_id:
            raise AnswerUnknown(
                "no_session_id", metadata=answer.metadata, http_status=answer.http_status, raw=answer.raw
            )
        return StartedCall(session_id, answer)

    def release_call(self, session_id: str, *, request_id: str) -> Answer:
        """`release.call`: hang up. ValueError when the ID is no number: the wire wants a JSON number."""
        return self._request("release.call", {"call_session_id": int(session_id)}, request_id=request_id)

    def list_calls(
        self, *, request_id: str, direction: str | None = None, virtual_phone_number: str | None = None
    ) -> Listing:
        """`list.calls`: the active calls, one row each (`events.from_list_calls` reads them)."""
        wanted = {"direction": direction, "virtual_phone_number": virtual_phone_number}
        params = {name: value for name, value in wanted.items() if value is not None}
        return Listing.of(self._request("list.calls", params, request_id=request_id))

    def _request(self, method: str, params: Mapping[str, Any], *, request_id: str, fresh: bool = False) -> Answer:
        keyed = {**params, "access_token": self._access_token}
        return self._client.request(method, keyed, request_id=request_id, fresh=fresh)
