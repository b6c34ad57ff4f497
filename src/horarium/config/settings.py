"""Django's settings, made from the typed configuration."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from psycopg.conninfo import conninfo_to_dict

from horarium.config import env
from horarium.config.keys import secret_key
from horarium.config.locate import allowed_hosts, database_url, public_url
from horarium.platform.health import logs

CONFIGURATION = env.from_process()
MODE = CONFIGURATION.mode
IS_TEST = MODE is env.Mode.TEST

BASE_DIR = Path(__file__).resolve().parents[3]
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
DATA_DIR = CONFIGURATION.data

DEBUG = False
SECRET_KEY = secret_key(CONFIGURATION)
SECRET_KEY_FALLBACKS = list(CONFIGURATION.old_secret_keys)
PUBLIC_URL = public_url(CONFIGURATION)
ALLOWED_HOSTS = allowed_hosts(CONFIGURATION)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
TRUSTED_PROXIES = CONFIGURATION.trusted_proxies
TEST_GATEWAY_ENABLED = CONFIGURATION.test_gateway == "on" or (
    CONFIGURATION.test_gateway is None and MODE is not env.Mode.PRODUCTION
)
TEST_GATEWAY_CALLBACK_URL = (
    CONFIGURATION.test_gateway_callback_url or f"http://127.0.0.1:{CONFIGURATION.port}"
)


def rate_limit(chosen: int | None, usual: int) -> int:
    """A demo is tried out, also by load tests from one address; it limits only what would hurt the machine."""
    if chosen is not None:
        return chosen
    return usual if MODE is env.Mode.PRODUCTION else usual * 1000


RATE_LIMIT_READS = rate_limit(CONFIGURATION.rate_limit_reads, 600)
RATE_LIMIT_ORDERS = rate_limit(CONFIGURATION.rate_limit_orders, 30)
RATE_LIMIT_STAFF = rate_limit(CONFIGURATION.rate_limit_staff, 1200)

ROOT_URLCONF = "horarium.config.urls"
WSGI_APPLICATION = "horarium.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "identity.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    # Before allauth, so that its pages are found in our clothes.
    "horarium.platform.identity",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_vite",
    # For the files of the page that shows the API.
    "ninja",
    "procrastinate.contrib.django",
    "horarium.platform.database",
    "horarium.platform.health",
    "horarium.platform.tenancy",
    "horarium.platform.events",
    "horarium.platform.jobs",
    "horarium.platform.audit",
    "horarium.platform.files",
    "horarium.platform.idempotency",
    "horarium.modules.resources",
    "horarium.modules.catalog",
    "horarium.modules.customers",
    "horarium.modules.ledger",
    "horarium.modules.availability",
    "horarium.modules.pricing",
    "horarium.modules.payments",
    "horarium.modules.booking",
    "horarium.modules.messaging",
    "horarium.connectors.test_gateway",
    "horarium.web.components",
    "horarium.web.storefront",
    "horarium.web.account",
    "horarium.web.widget",
    "horarium.web.backoffice",
    "horarium.api",
    "horarium.config",
]

MIDDLEWARE = [
    "horarium.config.proxies.trust_proxies",
    "horarium.platform.health.requests.request_log",
    "horarium.api.gate.api_gate",
    "django.middleware.security.SecurityMiddleware",
    "horarium.config.devices.device_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

# Both packages offer to set themselves up; together they then either raise or print raw <c-…> tags,
# depending on their order. So the loaders stand here in full.
LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", LOADERS)])
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "horarium.web.components.templatetags.horarium",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "horarium.platform.identity.context.demo_mail",
            ],
        },
    }
]


# Of each process: more than the threads that answer requests, or the jobs that run at once (see `cli/run.py`).
DATABASE_CONNECTIONS = 10

# A component sees what it is given, never the variables of the page around it.
COTTON_ISOLATE_BY_DEFAULT = True


def database(url: str) -> dict[str, Any]:
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    settings: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        # PgBouncer in transaction mode keeps no cursor between transactions.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": parts,
    }
    settings["OPTIONS"]["prepare_threshold"] = 5 if CONFIGURATION.prepare_statements == "on" else None
    if not IS_TEST:
        settings["OPTIONS"]["pool"] = {
            "min_size": 1,
            "max_size": DATABASE_CONNECTIONS,
            "timeout": 10,
            "max_idle": 300,
        }
    return settings


DATABASE_URL = database_url(CONFIGURATION)
DATABASES = {"default": database(DATABASE_URL)}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "database_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

USE_TZ = True
# Django makes this the zone of the process: the suite runs in several to find code that leans on it.
TIME_ZONE = os.environ.get("TZ", "UTC") if IS_TEST else "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("es", "Español")]

STATIC_URL = "/static/"
STATIC_ROOT = None
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
# Vite puts a digest of the contents into the names of what it builds.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/assets/.+[-.][A-Za-z0-9_-]{8}\.[a-z0-9]+(\.gz|\.br)?$"
DJANGO_VITE = {
    "default": {"dev_mode": False, "manifest_path": FRONTEND_DIST / ".vite" / "manifest.json"},
}

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/manage/"
ACCOUNT_ADAPTER = "horarium.platform.identity.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "horarium.platform.identity.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Horarium"
MFA_TOTP_TOLERANCE = 1

METRICS_ADDRESS = CONFIGURATION.metrics
LOGGING = logs.logging_settings(CONFIGURATION.log_format, CONFIGURATION.log_level)
logs.configure_structlog(CONFIGURATION.log_format, CONFIGURATION.log_level)

IS_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_HSTS_SECONDS = 31536000 if IS_SECURE else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

DEFAULT_FROM_EMAIL = CONFIGURATION.email_from
SERVER_EMAIL = CONFIGURATION.email_from
EMAIL_TIMEOUT = 20
if CONFIGURATION.email is None:
    # Messages of businesses are kept for the back office; what else is sent, such as a sign-in code, is shown in the
    # terminal of the demo.
    EMAIL_BACKEND = (
        f"django.core.mail.backends.{'console' if MODE is env.Mode.DEMO else 'dummy'}.EmailBackend"
    )
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = CONFIGURATION.email.host
    EMAIL_PORT = CONFIGURATION.email.port
    EMAIL_HOST_USER = CONFIGURATION.email.user
    EMAIL_HOST_PASSWORD = CONFIGURATION.email.password
    EMAIL_USE_TLS = CONFIGURATION.email.tls == "starttls"
    EMAIL_USE_SSL = CONFIGURATION.email.tls == "ssl"

if IS_TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
