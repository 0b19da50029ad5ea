"""Addresses of the call log."""

from django.urls import path

from .views import call, called_back, exports, log, my_day, reconciliation

urlpatterns = [
    path("", log.everybody, name="log"),
    path("mine/", log.mine, name="mine"),
    path("my-day/", my_day.index, name="my_day"),
    path("called-back/", called_back.index, name="called_back"),
    path("match/", reconciliation.index, name="reconciliation"),
    path("export/", exports.calls, name="export"),
    path("export/lists/<int:pk>/", exports.contacts, name="export_list"),
    path("<int:pk>/", call.call, name="call"),
]
