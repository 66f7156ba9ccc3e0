"""Every setting of the site; what differs between machines is read from the environment or `.env`."""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from learningcities.log_settings import log_settings

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))


def required(name: str, example: str) -> str:
    """Read a variable that production cannot do without.

    Raises ImproperlyConfigured, which says what to set.
    """
    if value := env.str(name, default=""):
        return value
    raise ImproperlyConfigured(
        f"{name} is not set. Set it in the environment or in .env, for example {example}, "
        "or set DEBUG=true to try the site on your own machine."
    )


DEBUG = env.bool("DEBUG", default=False)
if DEBUG:
    SECRET_KEY = env.str("SECRET_KEY", default="only-for-a-developers-own-machine")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
else:
    SECRET_KEY = required("SECRET_KEY", "SECRET_KEY=<50 random characters>")
    ALLOWED_HOSTS = [
        host.strip() for host in required("ALLOWED_HOSTS", "ALLOWED_HOSTS=learningcities.example").split(",")
    ]

# What the site says of itself.
SITE_NAME = env.str("SITE_NAME", default="UK Learning Cities")
OPERATOR_NAME = env.str("OPERATOR_NAME", default="")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")

INSTALLED_APPS = [
    "directory",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "simple_history",
]

MIDDLEWARE = [
    "directory.middleware.BrowserPolicyMiddleware",
    "directory.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Compresses what the page cache does not: forms, the admin, and errors. So that nobody can guess a secret
    # from the length of a page (BREACH), Django masks the CSRF token anew each time and adds random bytes,
    # and the cookie of a session is not sent with another site's requests, except when a link is followed.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "directory.middleware.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "directory.accounts.second_factor.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
    "directory.middleware.DatabaseErrorMiddleware",
]
if DEBUG:
    MIDDLEWARE.append("directory.middleware.DevelopmentNotFoundMiddleware")
else:  # the development server serves static files by itself
    MIDDLEWARE.insert(3, "whitenoise.middleware.WhiteNoiseMiddleware")

ROOT_URLCONF = "learningcities.urls"
WSGI_APPLICATION = "learningcities.wsgi.application"

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
                "directory.context_processors.site",
            ],
        },
    }
]

# SQLite in the project's folder unless DATABASE_URL names a server.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None  # a file needs no fresh connection
else:
    # No request waits long for a server that does not answer, so that no others queue up behind it.
    statement_seconds = env.int("DATABASE_STATEMENT_SECONDS", default=15)
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 3,
        "tcp_user_timeout": 10_000,
        "options": f"-c statement_timeout={statement_seconds}s",
    } | DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

# How staff sign in: at /account/, with a second factor, for one working day.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=not DEBUG)
WORKING_DAY = timedelta(hours=10)
SESSION_COOKIE_AGE = int(WORKING_DAY.total_seconds())
ACCOUNT_SESSION_COOKIE_AGE = WORKING_DAY  # makes a moment; seconds would be counted from the last change
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "directory.accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Beside django-axes, in each process: limits for guesses from many IP addresses, or at many user names.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,30/h/key"}
MFA_ADAPTER = "directory.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # no e-mail is ever sent
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "directory.accounts.forms.CodeForm",
    "add_webauthn": "directory.accounts.forms.AddPasskeyForm",
}

# Five wrong passwords or codes for one user name from one IP address lock it for that address for an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_USERNAME_CALLABLE = "directory.accounts.lockout.attempted_username"
AXES_CLIENT_IP_CALLABLE = "directory.accounts.lockout.client_ip"
AXES_SENSITIVE_PARAMETERS = ["login", "code", "credential", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False  # directory/admin/people.py shows less

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "learningcities.static_files.BundledStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 60  # seconds, for the few files that are not hashed
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Rendered parts of pages, in each process's memory, under the version of the content.
_LOCAL_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "TIMEOUT": None}
_MAX_ENTRIES = {"city_results": 64, "city_cards": 1_000, "city_surroundings": 1_000, "named_cities": 64}
CACHES = {"default": _LOCAL_MEMORY | {"TIMEOUT": 300}} | {
    name: _LOCAL_MEMORY | {"LOCATION": name, "OPTIONS": {"MAX_ENTRIES": number}}
    for name, number in _MAX_ENTRIES.items()
}
# Public pages are cached in each process's memory, up to this size, until the content changes.
PAGE_CACHE_BYTES = env.int("PAGE_CACHE_MEGABYTES", default=32) * 1024 * 1024
# Browsers and CDNs may keep a page, but ask before they show it; or a CDN may show it unasked for a while.
CDN_SECONDS = env.int("CDN_SECONDS", default=0)
PAGE_CACHE_CONTROL = (
    f"public, max-age=0, s-maxage={CDN_SECONDS}, stale-while-revalidate={CDN_SECONDS}"
    if CDN_SECONDS
    else "public, no-cache"
)

# Corrections from the public: how many are accepted, and how long what their senders wrote is stored.
CORRECTIONS_AN_HOUR = env.int("CORRECTIONS_AN_HOUR", default=60)
CORRECTIONS_AN_HOUR_A_CITY = env.int("CORRECTIONS_AN_HOUR_A_CITY", default=10)
CORRECTION_DAYS = env.int("CORRECTION_DAYS", default=90)
OPEN_CORRECTION_DAYS = 365
# A form that comes back sooner was filled in by a robot; one that comes back later is sent once more.
CORRECTION_MIN_SECONDS = 3
CORRECTION_MAX_SECONDS = 24 * 60 * 60

SIMPLE_HISTORY_DATE_INDEX = "composite"

FIXTURES_DIR = BASE_DIR / "fixtures"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
CSRF_COOKIE_AGE = None  # forgotten when the browser is closed
CSRF_FAILURE_VIEW = "directory.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CROSS_ORIGIN_RESOURCE_POLICY = "same-origin"
# Staff sign in with passkeys; nothing else is used of what a browser asks leave for.
UNUSED = (
    "accelerometer autoplay browsing-topics camera display-capture encrypted-media fullscreen "
    "geolocation gyroscope hid idle-detection local-fonts magnetometer microphone midi payment "
    "picture-in-picture screen-wake-lock serial usb xr-spatial-tracking"
)
PERMISSIONS_POLICY = ", ".join(
    [
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
        *(f"{feature}=()" for feature in UNUSED.split()),
    ]
)

# The largest request: a table of 5 MB, and the form around it; in that, all that is not a file.
REQUEST_MAX_BYTES = 6 * 1024 * 1024
QUERY_MAX_CHARACTERS = 2_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a network with some hundred partners is one form
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# Off only to try production mode on a machine without a certificate.
HTTPS_ONLY = env.bool("HTTPS_ONLY", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS_ONLY
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
SECURE_HSTS_PRELOAD = HTTPS_ONLY
if env.bool("TRUSTED_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the last address in X-Forwarded-For is the one that the proxy saw
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS_ONLY

LOGGING = log_settings(as_json=not DEBUG, level=env.str("LOG_LEVEL", default="INFO"))
