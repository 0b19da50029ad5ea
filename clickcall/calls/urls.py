"""Addresses of presses, the live bar, cards and presets."""

from django.urls import path

from .urls_outcomes import outcomes_patterns
from .urls_presets import presets_patterns
from .views import dialpad, limit, live, my_phone, place, press, remind, tags, wrap_up
from .webhooks.urls import hooks_patterns

urlpatterns = [
    path("", press.press, name="press"),
    path("remind/", remind.remind, name="remind"),
    path("dial/", dialpad.dialpad, name="dialpad"),
    path("state/<path:external_id>/", press.state, name="state"),
    path("<int:pk>/bar/", live.live, name="live"),
    path("<int:pk>/place/", place.place, name="place"),
    path("<int:pk>/close/", live.close, name="close"),
    path("<int:pk>/keep/", wrap_up.keep, name="keep"),
    path("<int:pk>/outcome/", wrap_up.decide, name="decide"),
    path("<int:pk>/tag/", tags.tag, name="tag"),
    path("<int:pk>/say/", wrap_up.say, name="say"),
    path("<int:pk>/hang-up/", live.hang_up, name="hang_up"),
    path("<int:pk>/witness/", live.witness, name="witness"),
    path("<int:pk>/tell/", live.tell, name="tell"),
    path("<int:pk>/done/", live.done, name="done"),
    path("limit/tell/", limit.tell, name="tell_limit"),
    path("my-phone/", my_phone.index, name="my_phone"),
    path("my-phone/check/", my_phone.start, name="phone_check"),
    path("my-phone/checks/<int:pk>/", my_phone.state, name="phone_check_state"),
    path("my-phone/checks/<int:pk>/answer/", my_phone.answer, name="phone_check_answer"),
    *presets_patterns,
    *outcomes_patterns,
    *hooks_patterns,
]
