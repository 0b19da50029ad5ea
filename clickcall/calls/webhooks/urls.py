"""Addresses of notifications: where the provider sends them, and the page about them."""

from django.urls import path

from . import intake, views

intake_patterns = [
    path("hooks/<str:account>/<str:secret>/", intake.intake, name="hook"),
    # Pasted without its last character: a redirect would not be followed.
    path("hooks/<str:account>/<str:secret>", intake.intake, name="hook_cut"),
]
hooks_patterns = [
    path("notifications/", views.index, name="hooks"),
    path("notifications/renew/", views.renew, name="hooks_renew"),
]
