"""Django's settings, derived from the house's (`coulisses.site.config.House`)."""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from coulisses.site import config, keyring

HOUSE = config.House.from_environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = keyring.secret(HOUSE)
DATA, KEYS = HOUSE.data, str(keyring.folder(HOUSE)) if HOUSE.keys else ""
DEBUG = HOUSE.debug
DATABASES = {"default": config.database(HOUSE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
MEDIA_ROOT, MEDIA_BUCKET = str(HOUSE.data / "media"), HOUSE.media
BELL = HOUSE.bell

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
FEATURES = ["moments", "capture", "pins", "sittings", "sessions", "reports", "search", "following"]
FEATURES += ["webhooks", "visits", "guests", "voices", "cheers", "doubts", "decisions"]
FEATURES += ["manners", "credits", "notices", "brainstorms"]
DOORS = ["pages", "desk", "accounts", "host", "mail", "api", "live", "feeds", "proof"]
DOORS += ["embeds", "transfers"]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.auth",
    "django.contrib.messages",
    *[f"coulisses.{name}" for name in [*GROUND, "ui", *FEATURES, *DOORS]],
    "allauth",  # after ours, whose templates of the same names come first
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "coulisses.site.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "coulisses.site.middleware.watching",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "coulisses.accounts.devices.remember",
    "coulisses.visits.marking.team",
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

# Who tries how often is counted in the database, which all processes share.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_counted",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

LOGIN_URL = "/enter"
LOGIN_REDIRECT_URL = ACCOUNT_SIGNUP_REDIRECT_URL = "/desk/"
AUTHENTICATION_BACKENDS = [
    "coulisses.accounts.backends.ByAddress",
    "django.contrib.auth.backends.ModelBackend",  # for sessions that began before there was another
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"coulisses.accounts.passwords.{name}"}
    for name in ("LongEnough", "NotWellKnown", "NotTheAddress")
]
A_QUARTER = 15 * 60  # seconds that a code opens something: a host may have to read it out
ACCOUNT_ADAPTER = "coulisses.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "coulisses.accounts.named.Named"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "change_password": "coulisses.accounts.forms.ChangePassword",
    "set_password": "coulisses.accounts.forms.SetPassword",
    "reset_password_from_key": "coulisses.accounts.forms.NewPassword",
}
ACCOUNT_CHANGE_EMAIL = ACCOUNT_UNIQUE_EMAIL = ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT = A_QUARTER
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = ACCOUNT_REAUTHENTICATION_TIMEOUT = A_QUARTER
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "coulisses.accounts.factors.Adapter"
MFA_FORMS = {"add_webauthn": "coulisses.accounts.forms.AddPasskey"}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody is in whose address is not confirmed, or who has none
MFA_TOTP_TOLERANCE = 1

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = config.time_zone(HOUSE)

BACKUP_FOLDER, BACKUP_HOURS = HOUSE.backup_folder, HOUSE.backup_hours
BACKUP_KEEP = HOUSE.backup_keep
REACHES = config.reaches(HOUSE)
WEBSUB_HUB = config.websub_hub(HOUSE)
KEEPS_OFFLINE = HOUSE.offline
ALIKE = HOUSE.alike
STUDIO_BYTES = HOUSE.studio_gigabytes << 30
API_PER_MINUTE = HOUSE.api_per_minute
API_PER_MINUTE_OUTSIDE = HOUSE.api_per_minute_outside
BALLOTS_PER_ADDRESS = HOUSE.ballots_per_address
UNHURRIED_SECONDS = HOUSE.unhurried_seconds

DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = HOUSE.body_megabytes * 1024 * 1024
SENDS_LETTERS = bool(HOUSE.smtp)
DEFAULT_FROM_EMAIL = config.sender(HOUSE)
EMAIL_BACKEND = "coulisses.mail.outbox.Outbox"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"masked": {"()": "coulisses.host.secrecy.Formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masked"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A refusal is an answer, not an incident; only what the house failed at is worth a line.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},  # it says with a traceback what a stranger sent
    },
}
