"""The Data API v2.0: the account, what it has at the provider, and how calls ended."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clickcall.provider.client import Answer, Client
from clickcall.provider.coerce import mapping, text
from clickcall.provider.errors import AnswerUnknown, Refused
from clickcall.provider.listing import Listing, Record
from clickcall.provider.session import SessionKey, login, logout

__all__ = ["CALLS_REPORT_FIELDS", "DataApi", "Listing", "Record", "SessionKey", "login", "logout"]

# Where the contact's number is from. Not in the digest; public clients of the API read it. So it is asked for, but a
# provider that does not know it is asked again without: the look-up of a call must not hang on it.
REGION = "cpn_region_name"
# Who refused it, by address and key, as long as the process lives: it must not cost each look-up a second request.
_WITHOUT_REGION: set[tuple[str, int]] = set()
_NO_SUCH_FIELD = frozenset({"invalid_parameter_value", "unexpected_parameters", "parameter_component_disabled"})
# What `events.from_report` reads; the last four are in no default answer (API.md, "Traps").
CALLS_REPORT_FIELDS = (
    "id",
    "start_time",
    "finish_time",
    "finish_reason",
    "is_lost",
    "direction",
    "contact_phone_number",
    "virtual_phone_number",
    "wait_duration",
    "talk_duration",
    "clean_talk_duration",
    "total_duration",
    "call_records",
    "full_record_file_link",
    "communication_id",
    REGION,
    "call_api_external_id",
    "call_api_request_id",
    "employees",
    "tags",
)
MAX_OFFSET = 100_000  # the provider's own, API.md
_LIST_PAGE = 1000
_REPORT_PAGE = 500  # rows of about 1 kB: an answer may hold 1 MiB

# Called before each page of a list; whoever must not go on raises, and nothing more is asked.
Gate = Callable[[], None]


def _open() -> None:
    """The gate of those who may always go on."""


class DataApi:
    """One account's Data API with one key. Every method raises ProviderError; lists also what their gate raises."""

    def __init__(self, client: Client, access_token: str) -> None:
        self._client = client
        self._access_token = access_token
        self._place = client.url, hash(access_token)

    def get_account(self, *, request_id: str) -> Record:
        """`get.account`: `app_id`, `name`, `timezone` (IANA)."""
        return Record.of(self._request("get.account", {}, request_id))

    def get_virtual_numbers(self, *, request_id: str, gate: Gate = _open) -> Listing:
        """`get.virtual_numbers`: all of them."""
        return self._pages("get.virtual_numbers", {}, request_id, _LIST_PAGE, gate)

    def get_media_files(self, *, request_id: str, gate: Gate = _open) -> Listing:
        """`get.media_files`: user and system files."""
        return self._pages("get.media_files", {}, request_id, _LIST_PAGE, gate)

    def get_employees(self, *, request_id: str, gate: Gate = _open) -> Listing:
        """`get.employees`: everybody who can be rung."""
        return self._pages("get.employees", {}, request_id, _LIST_PAGE, gate)

    def get_tags(self, *, request_id: str, gate: Gate = _open) -> Listing:
        """`get.tags`: the tags that a call can carry."""
        return self._pages("get.tags", {}, request_id, _LIST_PAGE, gate)

    def get_blacklist(self, phone: str = "", *, request_id: str, gate: Gate = _open) -> Listing:
        """`get.blacklist_phone_numbers`: all entries, or those of one phone (digits)."""
        params = {"filter": {"field": "phone_number", "operator": "=", "value": phone}} if phone else {}
        return self._pages("get.blacklist_phone_numbers", params, request_id, _LIST_PAGE, gate)

    def create_blacklist_entry(self, phone: str, comment: str = "", *, request_id: str) -> str:
        """`create.phone_number_to_blacklist`: the entry's ID, "" where the answer names none.

        The provider will then neither call the phone (digits) nor put it through to us.
        """
        params = {"phone_number": phone} | ({"add_comment": comment} if comment else {})
        data = self._request("create.phone_number_to_blacklist", params, request_id).data
        return text(mapping(data[0] if isinstance(data, list) and data else data).get("id"))

    def delete_blacklist_entry(self, entry_id: str, *, request_id: str) -> None:
        """`delete.phone_number_from_blacklist` by the entry's ID at the provider."""
        self._request("delete.phone_number_from_blacklist", {"id": _as_number(entry_id)}, request_id)

    def set_tag_communications(self, communication_id: str, tag_id: str, *, request_id: str) -> None:
        """`set.tag_communications`: puts a tag on a call that has ended."""
        self._request("set.tag_communications", _mark(communication_id, tag_id), request_id)

    def unset_tag_communications(self, communication_id: str, tag_id: str, *, request_id: str) -> None:
        """`unset.tag_communications`: takes a tag off. Not in the digest; public clients send what its twin takes."""
        self._request("unset.tag_communications", _mark(communication_id, tag_id), request_id)

    def get_calls_report(
        self,
        date_from: datetime,
        date_till: datetime,
        tz: ZoneInfo,
        fields: Sequence[str] | None = None,
        filter: Mapping[str, Any] | None = None,  # noqa: A002 (the provider's name)
        include_ongoing_calls: bool = False,
        *,
        request_id: str,
        gate: Gate = _open,
    ) -> Listing:
        """`get.calls_report` between two aware times, at most three months apart; `tz` is the account's zone.

        `fields=None` asks for CALLS_REPORT_FIELDS. AnswerUnknown("too_large") beyond 100,000 rows: cut the window.
        In the hour that a zone lives twice the provider cannot know which one is meant: leave a margin.
        """
        params: dict[str, Any] = {
            "date_from": _local(date_from, tz),
            "date_till": _local(date_till + timedelta(microseconds=999_999), tz),
            "fields": list(fields or CALLS_REPORT_FIELDS),
        }
        if filter:
            params["filter"] = dict(filter)
        if include_ongoing_calls:
            params["include_ongoing_calls"] = True
        return self._report(params, request_id, gate)

    def _report(self, params: dict[str, Any], request_id: str, gate: Gate) -> Listing:
        """Once more without the region, where this key may not ask for it; from then on without it at once."""
        if REGION in params["fields"] and self._place not in _WITHOUT_REGION:
            try:
                return self._pages("get.calls_report", params, request_id, _REPORT_PAGE, gate)
            except Refused as error:
                if not _is_about_fields(error):
                    raise
            _WITHOUT_REGION.add(self._place)
            request_id = f"{request_id}#again"
        others = {"fields": [name for name in params["fields"] if name != REGION]}
        return self._pages("get.calls_report", params | others, request_id, _REPORT_PAGE, gate)

    def _pages(self, method: str, params: dict[str, Any], request_id: str, limit: int, gate: Gate) -> Listing:
        """Every row: until `total_items` are here, not until a short page."""
        rows, page = Listing(), 0
        while True:
            gate()
            page += 1
            numbered = request_id if page == 1 else f"{request_id}#p{page}"
            try:
                answer = self._request(method, {**params, "limit": limit, "offset": len(rows)}, numbered)
            except AnswerUnknown as error:
                if error.cause != "too_large" or limit == 1:
                    raise
                limit = max(1, limit // 4)
                continue
            found = Listing.of(answer)
            rows.metadata = answer.metadata
            rows.extend(found)
            if _is_last(found, len(rows), limit):
                return rows
            if max(len(rows), (answer.metadata.total_items or 0) - limit) > MAX_OFFSET:
                raise AnswerUnknown("too_large", metadata=answer.metadata, http_status=answer.http_status)

    def _request(self, method: str, params: dict[str, Any], request_id: str) -> Answer:
        keyed = {**params, "access_token": self._access_token}
        return self._client.request(method, keyed, request_id=request_id)


def _is_last(found: Listing, so_far: int, limit: int) -> bool:
    total = found.metadata.total_items
    if total is None:
        return len(found) < limit
    return not found or so_far >= total


def _is_about_fields(error: Refused) -> bool:
    """Also where the provider does not say what it is about."""
    field = error.field or "fields"
    return error.mnemonic in _NO_SUCH_FIELD and (field == REGION or field.startswith("fields"))


def _mark(communication_id: str, tag_id: str) -> dict[str, Any]:
    return {
        "communication_id": _as_number(communication_id),
        "communication_type": "call",
        "tag_id": _as_number(tag_id),
    }


def _as_number(identifier: str) -> int | str:
    """IDs are numbers on the wire; one that is none goes as it is, for the provider to judge."""
    return int(identifier) if identifier.isascii() and identifier.isdecimal() else identifier


def _local(at: datetime, tz: ZoneInfo) -> str:
    if at.tzinfo is None:
        raise ValueError("a report is asked for between aware times")
    return at.astimezone(tz).strftime("%Y-%m-%d %H:%M:%S")
