"""`POST /hooks/<account>/<secret>/`: stored raw, applied, answered.

Once it is stored the answer is 200 whatever becomes of it: what we could not apply is tried again by the worker, and to
send it again would bring nothing new. Only what could not be stored ends with an error.
"""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt

from . import addresses
from .arriving import take
from .reading import read

LIMIT = 64 * 1024  # bytes of a body
# What the middlewares for pages would say, which are passed by (see `shortcut`).
_NO_PAGE = {"X-Frame-Options": "DENY", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}


class TooLong(Exception):  # noqa: N818 - what came in is
    """The body is longer than `LIMIT`."""


@csrf_exempt
def intake(request: HttpRequest, account: str, secret: str) -> HttpResponse:
    """405 for other verbs, 404 for a wrong address, 413 for a long body, 400 for what is no flat JSON object."""
    if request.method != "POST":
        return _answer(405, Allow="POST")
    opened = addresses.opened(account, secret)
    if opened is None:
        return _answer(404)
    try:
        received = read(_body(request), secret)
    except TooLong:
        return _answer(413)
    except OSError:  # the sender went away in the middle
        return _answer(400)
    take(opened, received, now())
    return _answer(400 if received.refused else 200)


def _body(request: HttpRequest) -> bytes:
    """What is really sent, at most `LIMIT` of it. A body in chunks has no length, and Django would read nothing."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if length.isdecimal() and int(length) > LIMIT:
        raise TooLong
    stream: Any = request
    if not length and isinstance(request, WSGIRequest) and request.environ.get("wsgi.input_terminated"):
        stream = request.environ["wsgi.input"]
    raw: bytes = stream.read(LIMIT + 1)
    if len(raw) > LIMIT:
        raise TooLong
    return raw


def _answer(status: int, **headers: str) -> HttpResponse:
    return HttpResponse(b"{}", status=status, content_type="application/json", headers=_NO_PAGE | headers)
