"""Django's settings, derived from the house's (`coulisses.site.config.House`)."""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from coulisses.site import config

HOUSE = config.House.from_environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = config.secret_key(HOUSE)
DATA = HOUSE.data
DEBUG = HOUSE.debug
DATABASES = {"default": config.database(HOUSE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
MEDIA_ROOT = str(HOUSE.data / "media")

# Pages are made of relative addresses; absolute ones use PUBLIC_URL where the host has said it.
ALLOWED_HOSTS = ["*"]
PUBLIC_URL = HOUSE.public_url
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
IS_SECURE = urlsplit(PUBLIC_URL).scheme == "https"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "coulisses_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
LANGUAGE_COOKIE_NAME = "coulisses_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365

ROOT_URLCONF = "coulisses.site.urls"
CSRF_FAILURE_VIEW = "coulisses.site.middleware.from_elsewhere"
WSGI_APPLICATION = None

GROUND = ["log", "media", "house", "people", "projects"]
FEATURES = ["moments", "capture", "pins", "sittings", "sessions"]
DOORS = ["pages", "desk", "accounts", "host", "mail", "api", "live", "feeds", "proof"]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.auth",
    "django.contrib.messages",
    *[f"coulisses.{name}" for name in [*GROUND, "ui", *FEATURES, *DOORS]],
]

MIDDLEWARE = [
    "coulisses.site.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "coulisses.site.middleware.refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = config.time_zone(HOUSE)

DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = HOUSE.body_megabytes * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A refusal is an answer, not an incident; only what the house failed at is worth a line.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},  # it says with a traceback what a stranger sent
    },
}
