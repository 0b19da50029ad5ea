"""A short way for notifications: they are about nobody's session, language, form or page."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .intake import intake

_ADDRESS = re.compile("/hooks/([^/]+)/([^/]+)/?")  # as in `urls`


class NotificationsMiddleware:
    """Answers what comes to the address of notifications, past the middlewares that only pages need.

    With these a notification would take a sixth longer. Stands behind the middlewares that are for every request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = _ADDRESS.fullmatch(request.path_info)
        if address is None:
            return self.get_response(request)
        request.get_host()  # refuses a host that is not ours
        return intake(request, *address.groups())
