"""Addresses of this feature."""

from django.urls import URLPattern

sign_in: list[URLPattern] = []
urlpatterns: list[URLPattern] = []
