"""Addresses of presets: how we call."""

from django.urls import path

from .views import presets

presets_patterns = [
    path("presets/", presets.index, name="presets"),
    path("presets/new/", presets.new, name="preset_new"),
    path("presets/<int:pk>/", presets.edit, name="preset_edit"),
    path("presets/<int:pk>/archive/", presets.archive, name="preset_archive"),
    path("presets/<int:pk>/restore/", presets.restore, name="preset_restore"),
    path("presets/<int:pk>/default/", presets.default, name="preset_default"),
]
