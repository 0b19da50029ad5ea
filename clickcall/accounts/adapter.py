"""Where the sign-in library asks us: who may enter, what is said, and how a password is stored."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import Member, User
from . import services


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Name or password did not fit. Check the keyboard layout and Caps Lock"),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "enter_current_password": _("This password did not fit. Check the keyboard layout and Caps Lock"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Name and password fit, but nobody enters without an account to work in."""
        if not user.is_active or not Member.objects.active().filter(user=user).exists():
            return self.respond_user_inactive(request, user)
        return None

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        request.session.flush()
        return render(request, "account/no_access.html", status=403)

    def set_password(self, user: User, password: str) -> None:
        services.set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *args: Any, **kwargs: Any
    ) -> None:
        """Only what somebody wants to know: not that they have signed in or out."""
        if message_template == "account/messages/password_changed.txt":
            super().add_message(request, level, message=str(_("The password is changed.")))
