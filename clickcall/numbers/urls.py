"""Addresses of numbers and media files."""

from django.urls import path

from .views import media, numbers

urlpatterns = [
    path("", numbers.index, name="list"),
    path("new/", numbers.new, name="new"),
    path("<int:pk>/", numbers.edit, name="edit"),
    path("<int:pk>/stop/", numbers.stop, name="stop"),
    path("<int:pk>/use/", numbers.use, name="use"),
    path("<int:pk>/default/", numbers.default, name="default"),
    path("media/", media.index, name="media"),
    path("media/<int:pk>/gone/", media.gone, name="media_gone"),
    path("media/<int:pk>/restore/", media.restore, name="media_restore"),
]
