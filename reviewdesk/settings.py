"""Every setting of the project, read top to bottom; every value that varies comes through `env`."""

from pathlib import Path

from kombu import Exchange, Queue

from reviewdesk import env
from reviewdesk.databases import database
from reviewdesk.logs import configure_structlog, logging_at

BASE_DIR = Path(__file__).resolve().parent.parent

# ---------------------------------------------------------------- where this runs
# development: manage.py runserver.  embedded: script/server.  test: pytest.  production: all is demanded.
REVIEWDESK_ENV = env.text(
    "REVIEWDESK_ENV",
    "development",
    among=("development", "test", "embedded", "production"),
)
IN_PRODUCTION = REVIEWDESK_ENV == "production"
DEBUG = env.flag("DEBUG", default=REVIEWDESK_ENV == "development")
DATA_DIR = Path(env.text("REVIEWDESK_DATA", str(BASE_DIR / "var")))
BASE_URL = env.url("BASE_URL", "" if IN_PRODUCTION else "http://127.0.0.1:8000")
IS_HTTPS = IN_PRODUCTION or BASE_URL.startswith("https://")

LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [] if IN_PRODUCTION else LOCAL_HOSTS)
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL else []
IS_LOCAL = not IN_PRODUCTION and set(ALLOWED_HOSTS) <= set(LOCAL_HOSTS)

# Known to everybody, so good for this machine's own pages only; `demand` below refuses it anywhere else.
LOCAL_SECRET_KEY = "local-evaluation-only-" + "0" * 40 if IS_LOCAL else ""  # pragma: allowlist secret
SECRET_KEY = env.secret("SECRET_KEY", LOCAL_SECRET_KEY)
SECRET_KEY_FALLBACKS = [key for key in env.secret("SECRET_KEY_FALLBACKS").split(",") if key]

# ---------------------------------------------------------------- the application
INSTALLED_APPS = [
    "content",  # first, so that its templates stand before those of the admin and of allauth
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reviewdesk.csp.PolicyForForeignPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "reviewdesk.urls"
WSGI_APPLICATION = "reviewdesk.wsgi.application"
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
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# ---------------------------------------------------------------- database, caches
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": database(
        env.secret("DATABASE_URL", "" if IN_PRODUCTION else f"sqlite:///{DATA_DIR / 'reviewdesk.sqlite3'}"),
        password=env.secret("DATABASE_PASSWORD"),
        process=env.text("REVIEWDESK_PROCESS", "web"),
        statement_seconds=env.seconds("DATABASE_STATEMENT_SECONDS", 30),
    ),
}
# `fast` may be lost at any moment; `default` holds the log-in limits, which must outlive a flushed Redis.
REDIS_URL = env.secret("REDIS_URL").rstrip("/")
CACHE_URL = env.secret("CACHE_URL", REDIS_URL)
REDIS_SECONDS = 0.5  # a broker that hangs would otherwise hold a request for ever
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"},
    "fast": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"db": 1, "socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS},
    }
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# ---------------------------------------------------------------- people
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reviewdesk:queue"
ACCOUNT_ADAPTER = "reviewdesk.accounts.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
# Without a mail server nothing is written anywhere: a log is no place for a link that resets a password.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "reviewdesk@localhost")

# ---------------------------------------------------------------- security
SESSION_ENGINE = "reviewdesk.sessions"
SESSION_COOKIE_AGE = env.seconds("SESSION_IDLE_SECONDS", 8 * 3600)
SESSION_LONGEST_SECONDS = env.seconds("SESSION_LONGEST_SECONDS", 24 * 3600)
HOST_PREFIX = "__Host-" if IS_HTTPS else ""  # browsers refuse the prefix on plain http
SESSION_COOKIE_NAME = f"{HOST_PREFIX}reviewdesk"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{HOST_PREFIX}reviewdesk-csrf"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SAMESITE = "Strict"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # probes come from inside, without TLS
if env.flag("TRUSTED_PROXY", default=False):  # the proxy must strip this header from what clients send
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
# W021 asks for HSTS preload: that is a promise about a whole domain, which its owner makes and not we.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# ---------------------------------------------------------------- static files
STATIC_URL = "/static/"
# Outside of production files are served from where they lie; there is nothing to collect.
STATIC_ROOT = env.text("STATIC_ROOT", str(DATA_DIR / "static")) if IN_PRODUCTION else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IN_PRODUCTION  # names with digests exist only after collectstatic, which docker/Dockerfile runs
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = not IN_PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG

# ---------------------------------------------------------------- Celery: a wake-up, never the truth
QUEUES = ("critical", "interactive", "delivery", "nlp", "bulk")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1) or "memory://"
# An exchange each: with the default one for all, every message would reach every queue.
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in QUEUES]
CELERY_TASK_DEFAULT_QUEUE = "interactive"
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = env.seconds("TASK_TIME_LIMIT", 120)
CELERY_TASK_SOFT_TIME_LIMIT = CELERY_TASK_TIME_LIMIT * 3 // 4
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0, "interval_max": 0.5}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,  # over three times the time limit, or a slow task runs twice
    "socket_connect_timeout": REDIS_SECONDS,
    "socket_timeout": REDIS_SECONDS,
    "socket_keepalive": not REDIS_URL.startswith("unix://"),
    "health_check_interval": 10,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # kilobytes
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# ---------------------------------------------------------------- the plug-in
REVIEWDESK = {
    "BASE_URL": f"{BASE_URL}/",
    "ISSUER_ID": env.text("ISSUER_ID"),
    "ISSUER_NAME": env.text("ISSUER_NAME", "ReviewDesk evaluation"),
    "SIGNING_KEY": env.key_uri("SIGNING_KEY"),
    "LOG_KEY": env.key_uri("LOG_KEY"),
    "LOG_GUARD": env.text("LOG_GUARD", str(DATA_DIR / "guard" / "checkpoint")),
    "LOG_ORIGIN": env.text("LOG_ORIGIN"),
    "KEY_MODE": env.text("KEY_MODE", "live", among=("live", "test")),
    "SECRETS_KEY": env.secret("SECRETS_KEY"),
    "METRICS_TOKEN": env.secret("METRICS_TOKEN"),
    "PUBLISH_UNDO_SECONDS": env.seconds("PUBLISH_UNDO_SECONDS", 10),
    "WEBHOOK_ALLOW_PRIVATE_CIDRS": env.words("WEBHOOK_ALLOW_PRIVATE_CIDRS"),
    "LANGUAGE_MODEL_PARTS": env.text("LANGUAGE_MODEL_PARTS", "all", among=("all", "corroborated", "none")),
    "PLUGINS": env.words("PLUGINS"),
    "QUEUES": {name: name for name in QUEUES},
}

# ---------------------------------------------------------------- logs
LOGGING = logging_at(env.text("LOG_LEVEL", "WARNING" if REVIEWDESK_ENV == "test" else "INFO"))
configure_structlog()

# ---------------------------------------------------------------- refuse to start half configured
env.demand(
    fulfilled=bool(SECRET_KEY),
    sentence="SECRET_KEY (or SECRET_KEY_FILE) is needed: 50 random characters or more",
)
if IN_PRODUCTION:
    for setting, value in {
        "ALLOWED_HOSTS": ALLOWED_HOSTS,
        "BASE_URL": BASE_URL,
        "ISSUER_ID": REVIEWDESK["ISSUER_ID"],
        "SIGNING_KEY": REVIEWDESK["SIGNING_KEY"],
        "LOG_KEY": REVIEWDESK["LOG_KEY"],
        "LOG_GUARD": env.text("LOG_GUARD"),
        "SECRETS_KEY": REVIEWDESK["SECRETS_KEY"],
    }.items():
        env.demand(fulfilled=bool(value), sentence=f"{setting} is needed in production; see docs/operating.md")
    env.demand(fulfilled=not DEBUG, sentence="DEBUG must be off in production")
    env.demand(fulfilled=BASE_URL.startswith("https://"), sentence="BASE_URL must begin with https://")
env.refuse_if_wrong()
