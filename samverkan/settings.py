"""One settings file; SAMVERKAN_MODE says which of the three modes holds.

demo (default): an own computer, SQLite in var/, mail as files. test: the same, quicker.
production: everything from the environment, and no start with anything unsafe (safety.py).
DEBUG is off in all three, so that error pages are always the real ones.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from samverkan import maps, safety
from samverkan.refusals import without_links, without_traceback

# Word files bring lxml, and with it openpyxl holds 26 MB more while 10 000 rows are read in.
os.environ.setdefault("OPENPYXL_LXML", "False")

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

MODE = os.environ.get("SAMVERKAN_MODE", "demo")
PRODUCTION = MODE == "production"
if MODE not in {"demo", "test", "production"}:
    sys.exit(f"SAMVERKAN_MODE ska vara demo, test eller production, inte ”{MODE}”.")
if PRODUCTION and (message := safety.refusal(os.environ)):
    sys.exit(message)

# -- who may ask, and how ---------------------------------------------------------------------

DEBUG = False
SECRET_KEY = os.environ["SECRET_KEY"] if PRODUCTION else safety.DEMO_SECRET_KEY
ALLOWED_HOSTS = (
    safety.split(os.environ["ALLOWED_HOSTS"]) if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
)

# Where the site is found, for links in letters that no visitor asked for.
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/") or (
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else "http://127.0.0.1:8000"
)

# TLS ends at a reverse proxy, which must set X-Forwarded-Proto and X-Forwarded-For itself.
PROXY_COUNT = int(os.environ.get("PROXY_COUNT", "1")) if PRODUCTION else 0
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]  # asked from inside, without TLS
    SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS", str(365 * 24 * 3600)))
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
# A background for maps; none unless asked for, and then the only thing fetched from elsewhere.
MAP_TILES = os.environ.get("MAP_TILES", "")
MAP_ATTRIBUTION = os.environ.get("MAP_ATTRIBUTION", "")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *maps.tile_sources(MAP_TILES)],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# A whole group in one grid has six fields a seat.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# How much one key, or one who is signed in, may ask the API in a minute: single questions, lists.
API_QUESTIONS_A_MINUTE = int(os.environ.get("API_QUESTIONS_A_MINUTE", "120"))
API_LISTS_A_MINUTE = int(os.environ.get("API_LISTS_A_MINUTE", "10"))

# -- what the app is made of ------------------------------------------------------------------

INSTALLED_APPS = [
    "governance",
    "samverkan.backoffice.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "guardian",
    "simple_history",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samverkan.signin.SignInFirst",
    "samverkan.refusals.in_words",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "samverkan.urls"
WSGI_APPLICATION = "samverkan.wsgi.application"
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
                "governance.views.context.page",
            ],
        },
    },
]

# -- database ---------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'samverkan.sqlite3'}",
        conn_max_age=600,  # worth a factor of five on small pages
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    # A writer waits for its turn at BEGIN instead of failing half-way; readers never wait.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
    # Tests use a file (tests/postgres.py names it): several threads cannot share one in memory.
    if MODE == "test":
        DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_SQLITE_FILE")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- accounts ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "governance.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "governance.rights.AccountBackend",  # derives rights, and reads guardian's grants
]
# guardian misses its own backend, which would answer beside ours and without the derived rights.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
ANONYMOUS_USER_NAME = None  # guardian: no row for those who are not signed in
LOGIN_URL = "governance:login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # nobody can lock out somebody else
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_USERNAME_CALLABLE = "samverkan.signin.typed_email"
AXES_CLIENT_IP_CALLABLE = "samverkan.signin.client_address"
AXES_ENABLE_ADMIN = False  # the lock ends by itself; `manage.py axes_reset` ends it at once
AXES_DISABLE_ACCESS_LOG = True  # only failures are kept, and only for the lock
AXES_VERBOSE = False

# -- language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["samverkan.formats"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# -- files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static", ("leaflet", maps.leaflet_files())]
STATIC_ROOT = VAR_DIR / "static" if PRODUCTION else None  # demo and tests need no collectstatic
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = MODE == "test"  # looks a file up when asked instead of all at start

# -- mail -------------------------------------------------------------------------------------

if PRODUCTION:
    EMAIL_HOST = os.environ["EMAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = safety.is_on(os.environ.get("EMAIL_USE_TLS", ""))
    EMAIL_TIMEOUT = 10
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"  # invitations can be opened from here
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL") or "samverkan@example.se"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# -- log: sentences on stderr, keys and never names; pages not found are no event ----------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "visitors": {"()": "django.utils.log.CallbackFilter", "callback": without_traceback},
        "links": {"()": "django.utils.log.CallbackFilter", "callback": without_links},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["visitors", "links"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # robots, all day long
        "axes": {"level": "WARNING"},
    },
}
