"""Addresses of this feature."""

from django.urls import path

from .views import contact, imports, listing, lists, owners

urlpatterns = [
    path("", listing.contacts, name="list"),
    path("new/", contact.new, name="new"),
    path("<int:pk>/", contact.detail, name="detail"),
    path("<int:pk>/edit/", contact.edit, name="edit"),
    path("<int:pk>/archive/", contact.archive, name="archive"),
    path("<int:pk>/restore/", contact.restore, name="restore"),
    path("hand-over/", owners.hand_over, name="hand_over"),
    path("lists/", lists.index, name="lists"),
    path("lists/new/", lists.new, name="list_new"),
    path("lists/<int:pk>/", lists.edit, name="list_edit"),
    path("imports/", imports.index, name="imports"),
    path("imports/<int:pk>/", imports.one, name="import"),
    path("imports/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<int:pk>/start/", imports.start, name="import_start"),
    path("imports/<int:pk>/cancel/", imports.cancel, name="import_cancel"),
    path("imports/<int:pk>/refused.csv", imports.refused, name="import_refused"),
]
