"""Addresses of presses, the live bar, cards and presets."""

from django.urls import path

from .urls_presets import presets_patterns
from .views import dialpad, live, press

urlpatterns = [
    path("", press.press, name="press"),
    path("dial/", dialpad.dialpad, name="dialpad"),
    path("state/<path:external_id>/", press.state, name="state"),
    path("<int:pk>/bar/", live.live, name="live"),
    path("<int:pk>/close/", live.close, name="close"),
    path("<int:pk>/hang-up/", live.hang_up, name="hang_up"),
    path("<int:pk>/tell/", live.tell, name="tell"),
    path("<int:pk>/done/", live.done, name="done"),
    *presets_patterns,
]
