"""Accounts and the people in them."""

import uuid
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .fields import SecretField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Brand(models.TextChoices):
    UIS = "uis", "UIS"
    COMAGIC = "comagic", "CoMagic"
    CALLGEAR = "callgear", "CallGear"
    CUSTOM = "custom", _("Custom addresses")


# Source: the table of brands at the head of the provider's API digest.
BRAND_URLS = {
    Brand.UIS: ("https://callapi.uiscom.ru/v4.0", "https://dataapi.uiscom.ru/v2.0"),
    Brand.COMAGIC: ("https://callapi.comagic.ru/v4.0", "https://dataapi.comagic.ru/v2.0"),
    Brand.CALLGEAR: ("https://callapi.callgear.com/v4.0", "https://dataapi.callgear.com/v2.0"),
}


class Account(models.Model):
    """One customer account at the provider. Everything else belongs to exactly one account.

    The three things that only the provider knows are empty until the account has been told of them: `timezone` (then
    times are UTC), `tts_max_length` (characters) and `automatic_number_management` (the component is bought).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("Short name"), max_length=50, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    brand = models.CharField(_("Brand"), max_length=10, choices=Brand, default=Brand.UIS)
    call_api_url = models.URLField(_("Call API address"), blank=True)
    data_api_url = models.URLField(_("Data API address"), blank=True)
    # Those that came from a page: they must not lead into our own network. The operator's may.
    typed_urls = models.JSONField(default=list, blank=True, editable=False)
    country = models.CharField(_("Country"), max_length=2, default="RU", validators=[RegexValidator(r"\A[A-Z]{2}\Z")])
    timezone = models.CharField(_("Time zone"), max_length=64, blank=True)
    colour = models.PositiveSmallIntegerField(_("Colour"), default=1)
    tts_max_length = models.PositiveIntegerField(_("Longest text for the robot"), null=True, blank=True)
    automatic_number_management = models.BooleanField(
        _("Automatic number management"), null=True, blank=True, default=None
    )
    show_virtual_phone_number = models.BooleanField(_("Send show_virtual_phone_number"), default=False)
    app_id = models.CharField(max_length=40, blank=True, editable=False)
    provider_name = models.CharField(max_length=200, blank=True, editable=False)  # what the provider calls the account
    provider_timezone = models.CharField(max_length=64, blank=True, default="", editable=False)  # as it told itself
    list_calls_missing_at = models.DateTimeField(null=True, blank=True, editable=False)  # the component is not bought
    hook_secret = SecretField(blank=True, editable=False)
    hook_secret_before = SecretField(blank=True, editable=False)  # the one before still opens until then
    hook_before_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_brand_known", condition=Q(brand__in=Brand.values)),
            models.CheckConstraint(
                name="account_urls_are_for_custom",
                condition=Q(brand=Brand.CUSTOM, call_api_url__gt="", data_api_url__gt="")
                | (~Q(brand=Brand.CUSTOM) & Q(call_api_url="", data_api_url="")),
            ),
            models.CheckConstraint(name="account_colour_known", condition=Q(colour__range=(1, 5))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def urls(self) -> tuple[str, str]:
        """The addresses of Call API and Data API."""
        if self.brand == Brand.CUSTOM:
            return self.call_api_url, self.data_api_url
        return BRAND_URLS[Brand(self.brand)]

    @property
    def brand_name(self) -> "str | StrPromise":
        """What the pages call the provider; a custom pair of addresses is "UIS" to the people who call."""
        return "UIS" if self.brand == Brand.CUSTOM else Brand(self.brand).label

    @cached_property
    def tz(self) -> ZoneInfo:
        """The zone of the account's pages, exports and figures."""
        return ZoneInfo(self.timezone or "UTC")

    @cached_property
    def provider_tz(self) -> ZoneInfo:
        """The zone in which the provider tells times; until it was told, that of the pages."""
        return ZoneInfo(self.provider_timezone) if self.provider_timezone else self.tz

    @property
    def initials(self) -> str:
        words = [word for word in self.name.split() if word[0].isalnum()] or [self.slug]
        return "".join(word[0] for word in words[:2]).upper()


class Team(models.Model):
    account = models.ForeignKey(Account, models.PROTECT, related_name="teams")
    name = models.CharField(_("Name"), max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("account", Lower("name"), name="team_once_per_account")]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """Who signs in. What somebody may do is said by `Member`, one for each account."""

    username = models.CharField(
        _("User name"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This user name is taken.")},
    )
    is_active = models.BooleanField(default=True)
    language = models.CharField(_("Language"), max_length=2, blank=True, choices=[("ru", "Русский"), ("en", "English")])
    theme = models.CharField(_("Theme"), max_length=5, blank=True, choices=[("light", _("Light")), ("dark", _("Dark"))])
    single_keys = models.BooleanField(_("Single keys work as shortcuts"), default=True)
    must_change_password = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(default=0)  # one more ends every session of this user

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("username"), name="user_name_once")]

    def __str__(self) -> str:
        return self.username

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.session_epoch}"

    @cached_property
    def active_memberships(self) -> "list[Member]":
        """With their accounts and default numbers, the oldest first."""
        found = Member.objects.filter(user=self, archived_at=None).select_related("account", "default_number")
        return list(found.order_by("pk"))


class Role(models.TextChoices):
    SALES = "sales", _("Salesperson")
    MANAGER = "manager", _("Manager")
    ADMIN = "admin", _("Admin")


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> "MemberQuerySet":
        return self.filter(archived_at=None, user__is_active=True)

    def visible_to(self, member: "Member") -> "MemberQuerySet":
        """Colleagues in the member's account, the archived ones included."""
        return self.filter(account_id=member.account_id)


class Member(models.Model):
    """A user in an account: one role, at most one team, at most one default number ("my number")."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    name = models.CharField(pgettext_lazy("of a person", "Name"), max_length=200)
    role = models.CharField(_("Role"), max_length=10, choices=Role, default=Role.SALES)
    team = models.ForeignKey(
        Team, models.PROTECT, verbose_name=_("Team"), null=True, blank=True, related_name="members"
    )
    default_number = models.ForeignKey(
        "VirtualNumber",
        models.PROTECT,
        verbose_name=_("My number"),
        null=True,
        blank=True,
        related_name="default_of",
    )
    employee = models.ForeignKey(
        "Employee", models.PROTECT, verbose_name=_("Employee"), null=True, blank=True, related_name="members"
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "user"], name="member_once_per_account"),
            models.CheckConstraint(name="member_role_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def is_manager(self) -> bool:
        """Managers see the whole account's calls; admins may all that managers may."""
        return self.role in (Role.MANAGER, Role.ADMIN)
