"""Addresses of this feature. Of the sign-in library three pages are reachable, and no others."""

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from django.urls import URLPattern, path
from django.views.i18n import set_language

from .forms.sign_in import NewPasswordForm, SignInForm
from .views import access, account, doctor, people, profile, switch, teams, tokens, welcome

sign_in: list[URLPattern] = [
    path("sign-in/", LoginView.as_view(form_class=SignInForm), name="account_login"),
    path("sign-out/", LogoutView.as_view(), name="account_logout"),
    path("password/", PasswordChangeView.as_view(form_class=NewPasswordForm), name="account_change_password"),
    path("language/", set_language, name="set_language"),
]
urlpatterns: list[URLPattern] = [
    path("people/", people.index, name="people"),
    path("people/add/", people.add, name="person_new"),
    path("people/<int:pk>/", people.edit, name="person"),
    path("people/<int:pk>/employee/", people.employee, name="person_employee"),
    path("people/<int:pk>/reset/", access.reset, name="person_reset"),
    path("people/<int:pk>/disable/", access.disable, name="person_disable"),
    path("people/<int:pk>/enable/", access.enable, name="person_enable"),
    path("teams/", teams.index, name="teams"),
    path("teams/<int:pk>/", teams.rename, name="team"),
    path("keys/", tokens.index, name="tokens"),
    path("keys/add/", tokens.add, name="token_new"),
    path("keys/check/", doctor.examine, name="doctor"),
    path("keys/<int:pk>/", tokens.edit, name="token"),
    path("keys/<int:pk>/replace/", tokens.replace, name="token_replace"),
    path("keys/<int:pk>/move/", tokens.move, name="token_move"),
    path("keys/<int:pk>/archive/", tokens.archive, name="token_archive"),
    path("account/", account.edit, name="account"),
    path("switch/", switch.switch, name="switch"),
    path("profile/", profile.profile, name="profile"),
    path("welcome/<str:token>/", welcome.welcome, name="welcome"),
]
