"""Addresses of the call log."""

from django.urls import path

from .views import call, log

urlpatterns = [
    path("", log.everybody, name="log"),
    path("mine/", log.mine, name="mine"),
    path("<int:pk>/", call.call, name="call"),
]
