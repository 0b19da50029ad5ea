"""The addresses that the shell links to, without the features behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path(
        "contacts/",
        include(([path("", nothing, name="list"), path("reminder/", nothing, name="reminder")], "contacts")),
    ),
    path("dial/", include(([path("", nothing, name="dialpad"), path("mine/", nothing, name="my_phone")], "calls"))),
    path(
        "accounts/",
        include(([path("switch/", nothing, name="switch"), path("me/", nothing, name="profile")], "accounts")),
    ),
    path("password/", nothing, name="account_change_password"),
    path("logout/", nothing, name="account_logout"),
    path("language/", nothing, name="set_language"),
]
