"""Addresses of numbers, media files and the PBX blacklist."""

from django.urls import path

from .views import blacklist, media, number, numbers

urlpatterns = [
    path("", numbers.index, name="list"),
    path("new/", numbers.new, name="new"),
    path("<int:pk>/", number.edit, name="edit"),
    path("<int:pk>/stop/", number.stop, name="stop"),
    path("<int:pk>/use/", number.use, name="use"),
    path("<int:pk>/default/", number.default, name="default"),
    path("<int:pk>/label/", number.label, name="label"),
    path("match/", numbers.match, name="match"),
    path("matching/", numbers.matching, name="matching"),
    path("blacklist/", blacklist.index, name="blacklist"),
    path("blacklist/add/", blacklist.add, name="blacklist_add"),
    path("blacklist/<int:pk>/remove/", blacklist.remove, name="blacklist_remove"),
    path("media/", media.index, name="media"),
    path("media/<int:pk>/gone/", media.gone, name="media_gone"),
    path("media/<int:pk>/restore/", media.restore, name="media_restore"),
]
