"""A Django view that does nothing but what a press cannot do without: two commits and the request between them.

The measure beside which `bench_press.py` puts the press: no session, no form, no template, no middleware. Started by it
as `bare_view.py <provider>`; writes into a table of its own.
"""

import os
import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # noqa: E402
from django.conf import settings  # noqa: E402

django.setup()
settings.MIDDLEWARE, settings.ROOT_URLCONF = [], __name__

import requests  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

from clickcall.management.web_server import WebServer, listen  # noqa: E402

PROVIDER = sys.argv[1]
_http = requests.Session()
_http.trust_env = False
_http.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=32))


def view(request: HttpRequest) -> HttpResponse:
    """Row, request, result."""
    press = request.POST["external_id"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare (press) VALUES (%s)", [press])
    params = {"access_token": request.POST["key"], "virtual_phone_number": request.POST["number"]}
    params |= {"contact": request.POST["contact"], "external_id": press, "first_call": "employee"}
    call: dict[str, Any] = {"jsonrpc": "2.0", "id": press, "method": "start.vnumber_call", "params": params}
    session = _http.post(f"{PROVIDER}/v4.0", json=call, timeout=30).json()["result"]["data"]["call_session_id"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE bare SET session = %s WHERE press = %s", [str(session), press])
    return HttpResponse(str(session))


urlpatterns = [path("", view)]

if __name__ == "__main__":
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bare (press varchar(64) PRIMARY KEY, session varchar(64))")
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    WebServer(listener, lambda: sys.stdout.write(f"http://127.0.0.1:{port}/\n") and sys.stdout.flush()).run()
