"""All settings, and the only reader of the environment. `.env.example` lists the variables.

Without a variable the defaults are those of one machine: SQLite under `CLICKCALL_DATA_DIR`, tables for cache and
sessions, no proxy. The two keys have no default: a check names what is missing (see `checks.py`).
"""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
if env.bool("CLICKCALL_READ_DOTENV", default=True):
    env.read_env(str(BASE_DIR / ".env"), recurse=False)

# --- keys and addresses ---------------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
CLICKCALL_TOKEN_KEYS: list[str] = env.list("CLICKCALL_TOKEN_KEYS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CLICKCALL_PUBLIC_URL = env.str("CLICKCALL_PUBLIC_URL", default="")
HTTPS = CLICKCALL_PUBLIC_URL.startswith("https://")
DATA_DIR = Path(env.str("CLICKCALL_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()

# --- the wire -------------------------------------------------------------------------------------------------------
CLICKCALL_CONNECT_TIMEOUT = env.float("CLICKCALL_CONNECT_TIMEOUT", default=3.05)
CLICKCALL_READ_TIMEOUT = env.float("CLICKCALL_READ_TIMEOUT", default=15.0)
CLICKCALL_PROXY = env.str("CLICKCALL_PROXY", default="")
CLICKCALL_CA_BUNDLE = env.str("CLICKCALL_CA_BUNDLE", default="")
CLICKCALL_ALLOW_PRIVATE_URLS = env.bool("CLICKCALL_ALLOW_PRIVATE_URLS", default=False)

# --- calls ----------------------------------------------------------------------------------------------------------
CLICKCALL_SETTLE_SECONDS = env.float("CLICKCALL_SETTLE_SECONDS", default=600.0)
CLICKCALL_SWEEP_SECONDS = env.float("CLICKCALL_SWEEP_SECONDS", default=2.0)
CLICKCALL_GIVE_UP_SECONDS = env.float("CLICKCALL_GIVE_UP_SECONDS", default=86_400.0)
CLICKCALL_JUST_CALLED_SECONDS = env.float("CLICKCALL_JUST_CALLED_SECONDS", default=60.0)
CLICKCALL_WITNESS_SECONDS = env.float("CLICKCALL_WITNESS_SECONDS", default=20.0)
CLICKCALL_SYNC_SECONDS = env.float("CLICKCALL_SYNC_SECONDS", default=3600.0)
CLICKCALL_RAW_DAYS = env.int("CLICKCALL_RAW_DAYS", default=90)
CLICKCALL_STALE_MARGIN_SECONDS = 5.0
CLICKCALL_HEARTBEAT_SECONDS = 60.0

# --- processes ------------------------------------------------------------------------------------------------------
CLICKCALL_WEB_PROCESSES = env.int("CLICKCALL_WEB_PROCESSES", default=2)
CLICKCALL_WEB_THREADS = env.int("CLICKCALL_WEB_THREADS", default=16)

# --- Django ---------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "clickcall",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clickcall.web.middleware.RequestIdMiddleware",
    "clickcall.calls.webhooks.shortcut.NotificationsMiddleware",
    "clickcall.web.content_policy.ContentPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clickcall.web.middleware.MemberMiddleware",
    "clickcall.web.drawn_for.DrawnForMiddleware",
    "clickcall.web.middleware.LanguageMiddleware",
    "clickcall.web.errors.NoBlankPageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "clickcall.web.middleware.HtmxResponseMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "clickcall.urls"
WSGI_APPLICATION = "clickcall.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clickcall.web.context.shell",
            ],
            "builtins": ["clickcall.templatetags.icons", "clickcall.templatetags.shown"],
        },
    }
]

SQLITE: dict[str, Any] = {
    "OPTIONS": {
        # IMMEDIATE: without it concurrent transactions fail with "database is locked". FULL: a call's row must survive
        # a power cut, since the request that follows it rings real phones.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "cached_statements": 512,  # a thread serves all pages, and to parse a statement anew costs more than to run it
        # Pages; a press writes thirty, mostly the same ones as the press before, which a checkpoint copies but once.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000"
        ),
    },
}
_database: dict[str, Any] = {}
_database |= dj_database_url.parse(
    env.str("DATABASE_URL", default="") or f"sqlite:///{DATA_DIR}/clickcall.sqlite3",
    conn_max_age=None,
    conn_health_checks=True,
)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # `clickcall.sqlite` is Django's own with a queue for writers. Tests get a file as well: an in-memory database knows
    # neither WAL nor the time-out.
    _database |= {**SQLITE, "ENGINE": "clickcall.sqlite", "CONN_HEALTH_CHECKS": False}
    _database |= {"TEST": {"NAME": str(DATA_DIR / "test.sqlite3")}}
if _database["ENGINE"] == "django.db.backends.postgresql":
    # Keeps plans for a session: a pooler in between has to keep sessions, or to know of prepared statements.
    _database["ENGINE"] = "clickcall.postgresql"
DATABASES = {"default": _database}

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "clickcall_cache"}
}

# --- people ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "clickcall.User"
AUTHENTICATION_BACKENDS = ["clickcall.accounts.backends.MemberBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "clickcall.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "change_password": "10/m/user"}
SESSION_ENGINE = "clickcall.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

# --- languages and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "clickcall" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# --- security -------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env.bool("CLICKCALL_SSL_REDIRECT", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = env.int("CLICKCALL_HSTS_SECONDS", default=0)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "clickcall.web.errors.csrf_failure"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
# HSTS for every subdomain, and for browsers that have never been here, is for whoever owns the domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"masked": {"()": "clickcall.web.logs.MaskFilter"}},
    "formatters": {"json": {"()": "clickcall.web.logs.JsonFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["masked"]},
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "urllib3": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": True},  # its own handler would show addresses unmasked
    },
}
