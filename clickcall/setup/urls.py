"""Addresses of the set-up."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="index"),
    path("check/", views.check, name="check"),
    path("brand/", views.brand, name="brand"),
    path("key/", views.key, name="key"),
    path("people/", views.people, name="people"),
    path("fetching/", views.fetching, name="fetching"),
]
