"""Addresses of this feature."""

from django.urls import path

from .views import callbacks, company_rules, consent, contact, do_not_call, imports, listing, lists, owners

urlpatterns = [
    path("", listing.contacts, name="list"),
    path("new/", contact.new, name="new"),
    path("<int:pk>/", contact.detail, name="detail"),
    path("<int:pk>/edit/", contact.edit, name="edit"),
    path("<int:pk>/archive/", contact.archive, name="archive"),
    path("<int:pk>/restore/", contact.restore, name="restore"),
    path("hand-over/", owners.hand_over, name="hand_over"),
    path("<int:pk>/consent/", consent.consents, name="consent"),
    path("<int:pk>/forbid/", do_not_call.forbid, name="forbid"),
    path("do-not-call/", do_not_call.index, name="do_not_call"),
    path("do-not-call/<int:pk>/lift/", do_not_call.lift, name="do_not_call_lift"),
    path("rules/", company_rules.edit, name="company_rules"),
    path("<int:pk>/callback/", callbacks.new, name="callback_new"),
    path("callbacks/", callbacks.index, name="callbacks"),
    path("callbacks/reminder/", callbacks.reminder, name="reminder"),
    path("callbacks/<int:pk>/move/", callbacks.move, name="callback_move"),
    path("callbacks/<int:pk>/off/", callbacks.call_off, name="callback_off"),
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
