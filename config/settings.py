"""Settings, all from the environment (or a `.env` file beside manage.py), safe when nothing is set.

README.md lists every variable. Only SECRET_KEY has no default in production.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.accounts.oidc import providers

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=not DEBUG)

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Make one with\n"
            "    python -c 'import secrets; print(secrets.token_urlsafe(50))'\n"
            "and put it into the environment or into .env as SECRET_KEY=... "
            "(For the demo: export $(cat var/demo.env), which `make demo` has made.)"
        )
    SECRET_KEY = "insecure-key-for-development-only-never-for-a-server-that-others-reach"  # noqa: S105 - never in production

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where people reach the register, for links in mails: a command has no request that would say so.
SITE_URL = env.str(
    "SITE_URL", default=f"http{'s' if HTTPS else ''}://{ALLOWED_HOSTS[0] if ALLOWED_HOSTS else 'localhost'}"
).rstrip("/")

INSTALLED_APPS = [
    "config.desk.ConcordAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "simple_history",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "partnerships",
    "stories",
    "api",
    "config.accounts",
]

MIDDLEWARE = [
    "api.middleware.FastLane",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.languages.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.accounts.sessions.SessionsEnd",
    "config.accounts.factors.SecondFactor",
    "allauth.account.middleware.AccountMiddleware",
    # Deny by default: a page is public only where its view says so.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"

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
                "config.accounts.pages.around",
            ],
        },
    },
]

# SQLite is the embedded default; DATABASE_URL=postgres://user:password@host/name makes it PostgreSQL.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'concord.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
match DATABASES["default"]["ENGINE"]:
    case "django.db.backends.sqlite3":
        # Opening the file and its settings costs ten times what a page of a list does.
        DATABASES["default"]["CONN_MAX_AGE"] = None
        # WAL lets people read while somebody writes; IMMEDIATE makes writers wait their turn instead of failing. They
        # wait for longer than ten thousand rows take to be imported.
        DATABASES["default"]["OPTIONS"] = {
            "timeout": 60,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    case "django.db.backends.postgresql":
        # Each thread keeps its connection; one that has gone meanwhile is found out and replaced when it is used again.
        DATABASES["default"]["CONN_MAX_AGE"] = 600
        DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
        # Django's own statements are never prepared; those of api.reading.pages ask for it.
        options = DATABASES["default"].setdefault("OPTIONS", {})
        options.update({"connect_timeout": 2, "prepare_threshold": 5})
        # Compiling a count of a large register takes longer than counting.
        options.setdefault("options", "-c jit=off")
    case engine:
        raise ImproperlyConfigured(f"DATABASE_URL names {engine}; Concord runs on SQLite or PostgreSQL.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What all processes of the server must know of each other, such as how often a password was guessed. A migration makes
# the table. It has room for more guesses than a server can answer while one is remembered, so none drives out another.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en"
# Each in its own name, in the order in which the United Nations lists them.
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True

# Documents and pictures that people give the register. No address leads here: views show them, through the gate.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))).resolve()

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- security -------------------------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- accounts -------------------------------------------------------------------------------------------------------
# Whoever works at the desk signs in with a second factor: an authenticator app or a passkey.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=not DEBUG)
# A session ends so many seconds after the sign-in, and sooner if nothing was asked for so long.
SESSION_COOKIE_AGE = round(env.float("SESSION_HOURS", default=12) * 3600)
SESSION_IDLE_AGE = round(env.float("SESSION_IDLE_HOURS", default=3) * 3600)
ACCOUNT_ADAPTER = "config.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"reset_password": "config.accounts.forms.ResetForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_VERIFICATION = "none"  # administrators enter the addresses
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Concord] "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_ENABLED = False
# allauth's own would keep a second copy of everybody's address, which nobody would keep true.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
# By account and never by address: many people may share one, and X-Forwarded-For is written by whoever asks.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "reset_password": "5/15m/key",
    "reset_password_from_key": None,
}
MFA_ADAPTER = "config.accounts.adapters.FactorAdapter"
MFA_FORMS = {"add_webauthn": "config.accounts.forms.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": None}  # a passkey cannot be guessed
MFA_TOTP_ISSUER = "Concord"
MFA_TOTP_TOLERANCE = 1  # half a minute either way, for a telephone whose clock is not exact
# Browsers make passkeys over https and, for trying things out, on http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_ADAPTER = "config.accounts.adapters.SignInElsewhere"
# A link, because the policy for forms lets none lead to another server. Whom it signs in is decided there.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = providers(
    issuer=env.str("OIDC_ISSUER", default=""),
    client_id=env.str("OIDC_CLIENT_ID", default=""),
    secret=env.str("OIDC_CLIENT_SECRET", default=""),
    name=env.str("OIDC_NAME", default="OpenID Connect"),
    trust_email=env.bool("OIDC_TRUST_EMAIL", default=False),
    secure=HTTPS,
)

# --- mail -----------------------------------------------------------------------------------------------------------
# Unless it is set up, nothing is sent: `manage.py send_reminders` says so, and remembers no reminder as sent.
vars().update(env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else "dummymail://"))
EMAIL_TIMEOUT = 30  # seconds; a mail server that does not answer must not hold a run for ever
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="concord@localhost")

# Whom to tell of a weakness, as an address that opens: mailto:security@register.example or a form (RFC 9116).
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

# MiB of answers that each server process remembers while the register does not change; 0 for none.
API_MEMORY = env.int("API_MEMORY", default=16)

# --- API ------------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.TokenAuthentication", "api.authentication.ReadingSession"],
    "DEFAULT_PERMISSION_CLASSES": ["api.permissions.ReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["api.filters.RegisterFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "api.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "api.schema.RegisterSchema",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "api.negotiation.RegisterNegotiation",
    "EXCEPTION_HANDLER": "api.errors.problem_handler",
    "DATE_INPUT_FORMATS": ["iso-8601"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Concord API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "AUTHENTICATION_WHITELIST": ["api.authentication.TokenAuthentication"],
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "api.schema.introduce"],
    "ENUM_NAME_OVERRIDES": {
        "AgreementKind": "partnerships.models.agreement.Agreement.Kind",
        "DocumentCategory": "partnerships.models.document.DocumentCategory",
        "AgreementStatus": "partnerships.models.agreement.Status",
        "EventKind": "partnerships.models.event.Event.Kind",
        "EventRole": "partnerships.models.event.EventParticipation.Role",
        "FunderKind": "partnerships.models.funding.Funder.Kind",
        "MeasurementKind": "partnerships.models.result.Measurement.Kind",
        "Noun": "api.links.WORDS",
        "OrganizationNameKind": "partnerships.models.organization.OrganizationName.Kind",
        "OrganizationType": "partnerships.models.organization.OrganizationType",
        "ProjectRole": "partnerships.models.project.Participation.Role",
        "ProjectStatus": "partnerships.models.project.ProjectStatus",
        "RegionKind": "partnerships.models.geography.Region.Kind",
    },
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False
SILENCED_SYSTEM_CHECKS = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
