"""Addresses. Of the sign-in library only three pages are reachable."""

from django.urls import include, path, re_path

from .accounts import urls as accounts_urls
from .accounts.views import home
from .calls import urls as calls_urls
from .calls.views import anywhere
from .calls.webhooks.urls import intake_patterns
from .contacts import urls as contacts_urls
from .numbers import urls as numbers_urls
from .reports import urls as reports_urls
from .setup import urls as setup_urls

urlpatterns = [
    path("calls/", include((calls_urls.urlpatterns, "calls"))),  # first: nobody is in such a hurry
    path("", home.home, name="home"),
    re_path(r"^dial/?$", anywhere.dial, name="dial"),
    *intake_patterns,
    path("", include(accounts_urls.sign_in)),
    path("", include((accounts_urls.urlpatterns, "accounts"))),
    path("contacts/", include((contacts_urls.urlpatterns, "contacts"))),
    path("numbers/", include((numbers_urls.urlpatterns, "numbers"))),
    path("set-up/", include((setup_urls.urlpatterns, "setup"))),
    path("log/", include((reports_urls.urlpatterns, "reports"))),
]
