"""What a button of a page sends, and what the answer offers."""

import re

from django.http import HttpResponse

HTMX = {"HTTP_HX_REQUEST": "true"}
PRESS = "/calls/"


def fields(external_id: str = "one", contact: str = "+79260000000", **more: str) -> dict[str, str]:
    """What a button sends."""
    return {"external_id": external_id, "contact": contact, "contact_id": "", "name": "", "place": "row", **more}


def offered(response: HttpResponse) -> list[str]:
    """The press IDs that a fragment offers."""
    return re.findall(r'name="external_id"[^>]*value="([^"]*)"', response.content.decode())
