"""Where recordings and media files are played from, and the pages that may play them.

The policy of every page forbids media of other hosts; a page that plays something allows the brand's own, no more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from csp.constants import SELF
from csp.decorators import csp_update

from ..models import Account, Brand

# Source: "Recordings" in the provider's API digest: `https://app.<brand domain>/system/media/…`.
BRAND_HOSTS = {
    Brand.UIS: "https://app.uiscom.ru",
    Brand.COMAGIC: "https://app.comagic.ru",
    Brand.CALLGEAR: "https://app.callgear.com",
}


def media_hosts(account: Account) -> list[str]:
    """Origins that the account's recordings come from; with custom addresses that of the Data API. May be empty."""
    if host := BRAND_HOSTS.get(Brand(account.brand)):
        return [host]
    found = origin(account.data_api_url)
    return [found] if found else []


def origin(url: str) -> str:
    """Scheme, host and port as a policy writes them; empty for what is no http(s) address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}:{port}" if port else f"{parts.scheme}://{host}"


def is_playable(account: Account, link: str) -> bool:
    """Whether a link leads to a file of the brand's own hosts, so that a page may play it."""
    return origin(link) in media_hosts(account)


def plays_media(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view whose page plays recordings or media files; inside the decorator that looks for the member."""

    @wraps(view)
    def enter(request: Any, *args: Any, **kwargs: Any) -> Any:
        allowed = csp_update({"media-src": [SELF, *media_hosts(request.member.account)]})
        return allowed(view)(request, *args, **kwargs)

    return enter
