"""Addresses of an account's outcomes."""

from django.urls import path

from .views import outcomes

outcomes_patterns = [
    path("outcomes/", outcomes.index, name="outcomes"),
    path("outcomes/own/", outcomes.own, name="outcomes_own"),
    path("outcomes/new/", outcomes.new, name="outcome_new"),
    path("outcomes/<int:pk>/", outcomes.edit, name="outcome_edit"),
    path("outcomes/<int:pk>/move/", outcomes.move, name="outcome_move"),
    path("outcomes/<int:pk>/archive/", outcomes.archive, name="outcome_archive"),
    path("outcomes/<int:pk>/restore/", outcomes.restore, name="outcome_restore"),
]
