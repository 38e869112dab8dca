"""Settings. What differs between machines comes from the environment; docs/deployment.md lists it."""

import os
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from okrapp import env, logs
from okrapp.env import BASE_DIR

DEBUG = env.flag("OKRAPP_DEBUG")
# One-click sign-in as invented people; bin/run sets it, on loopback only.
DEMO = env.flag("OKRAPP_DEMO")
SECRET_KEY = env.text("OKRAPP_SECRET_KEY") or env.local_secret()
ALLOWED_HOSTS = env.words("OKRAPP_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("OKRAPP_ORIGINS")
# Where the site is reached, for links in mails and other messages.
OKRAPP_URL = env.text("OKRAPP_URL", f"http://127.0.0.1:{env.text('PORT', '8000')}")
CSRF_FAILURE_VIEW = "okrapp.web.errors.stale_form"
# Who may create an organization in the browser: open, approval, closed.
ORGANIZATION_SIGNUP = env.text("OKRAPP_ORGANIZATION_SIGNUP", "open")

INSTALLED_APPS = [
    "okrapp.tenancy",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "guardian",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "okrapp.web",
    "okrapp.api",
    "organizations",
    "okrapp.notifications",
    "roles",
    "okrs",
    "rollout",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "okrapp.web.observing.ObservingMiddleware",
    "okrapp.web.middleware.ServerTimingMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "okrapp.tenancy.middleware.TenantMiddleware",
    "organizations.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "organizations.middleware.WrongInputMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "okrapp.web.middleware.ReadableInputMiddleware",
]

ROOT_URLCONF = "okrapp.urls"
WSGI_APPLICATION = "okrapp.wsgi.application"
ASGI_APPLICATION = "okrapp.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_LOADERS = [
    "okrapp.web.lines.Loader",  # what django-cotton's does, without the layout of our templates
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # cotton and template-partials break each other in their default set-up; this order works.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organizations.context_processors.interface",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The application role: owns nothing, bypasses nothing. The owner migrates, and makes test databases.
DATABASES = {
    "default": {
        **env.database(env.service("DATABASE_URL", "database_url")),
        "ENGINE": "okrapp.tenancy.backend",
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 0 if env.flag("OKRAPP_POOLER") else 60,
        "CONN_HEALTH_CHECKS": True,
        # A pooler in transaction mode gives the next statement to another session.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "TEST": {"NAME": "test_okrapp" + env.text("OKRAPP_TEST_SUFFIX")},
    }
}
DATABASE_OWNER = env.database(env.service("DATABASE_OWNER_URL", "owner_url"))
DATABASE_APPLICATION_ROLE = DATABASES["default"]["USER"]
TENANCY_ORGANIZATION_MODEL = "organizations.Organization"

REDIS_URL = env.service("REDIS_URL", "redis_url")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "okrapp" + env.text("OKRAPP_TEST_SUFFIX"),
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("OKRAPP_HTTPS")
SECURE_SSL_REDIRECT = env.flag("OKRAPP_HTTPS")
SECURE_HSTS_SECONDS = 31_536_000 if env.flag("OKRAPP_HTTPS") else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
if env.flag("OKRAPP_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# No mail server is needed to begin; an operator who has one asks for proof of the address.
ACCOUNT_EMAIL_VERIFICATION = env.text("OKRAPP_EMAIL_VERIFICATION", "none")
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "organizations.sign_in.AccountAdapter"
ACCOUNT_FORMS = {"signup": "organizations.forms.sign_up.SignUpForm"}

ANONYMOUS_USER_NAME = None  # guardian would otherwise make a user
GUARDIAN_RAISE_403 = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # its backend is wired with the grants it is for

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("OKRAPP_EMAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = env.text("OKRAPP_EMAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("OKRAPP_EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("OKRAPP_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("OKRAPP_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("OKRAPP_EMAIL_TLS")
# A mail server that says nothing must not hold a worker for longer than its claim lasts.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("OKRAPP_EMAIL_FROM", "okrapp <okrapp@localhost>")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German")), ("sv", _("Swedish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
# Names without a hash are asked for by nobody; keeping them would double the work of compressing.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STATICFILES_DIRS = [("dist", BASE_DIR / "static" / "dist"), ("brand", BASE_DIR / "static" / "brand")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or env.flag("OKRAPP_TESTING")
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or env.flag("OKRAPP_TESTING")
# Spreadsheets up to 10 MB are refused by their own check, with a message; this only stops what is far beyond.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 570
# A task given to a worker that died comes back after this; it must be longer than the time limit.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 660,
    "unacked_restore_interval": 1,
    "throttle": 1,
    "global_keyprefix": "okrapp" + env.text("OKRAPP_TEST_SUFFIX") + ":",
}
# Seconds after which a message that a worker began to send, and said nothing more of, is sent again.
OKRAPP_OUTBOX_LEASE = int(env.text("OKRAPP_OUTBOX_LEASE", "600"))
# Networks of the operator's own, such as 10.1.0.0/16, that messages to chats and programs may go to as well.
OKRAPP_WEBHOOK_NETWORKS = env.words("OKRAPP_WEBHOOK_NETWORKS")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "okrapp.heartbeats:Scheduler"
# At least so often beat says that it is alive, in seconds.
CELERY_BEAT_MAX_LOOP_INTERVAL = 20
CELERY_BEAT_SCHEDULE_FILENAME = str(BASE_DIR / "var" / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "organizations.tasks.sweep", "schedule": timedelta(minutes=1)},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "organizations.api.authentication.TokenAuthentication",
        "organizations.api.authentication.MemberSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["organizations.api.permissions.IsMember"],
    "DEFAULT_RENDERER_CLASSES": ["okrapp.api.rendering.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "okrapp.api.pagination.CursorPages",
    "DEFAULT_FILTER_BACKENDS": ["okrapp.api.filters.FilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "okrapp.api.schema.OperationSchema",
    "EXCEPTION_HANDLER": "okrapp.api.problems.problem_response",
    "COERCE_DECIMAL_TO_STRING": False,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "okrapp",
    "DESCRIPTION": "Objectives and key results of one organization.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1/o/[^/]+",
    "COMPONENT_SPLIT_REQUEST": True,
    # Choice sets whose fields are called alike in several resources.
    "ENUM_SUFFIX": "",
    "ENUM_NAME_OVERRIDES": {
        "CycleLength": "okrs.enums.CycleLength",
        "Phase": "okrs.enums.Phase",
        "FirstPhase": "okrs.api.cycle_serializers.FIRST_PHASES",
        "RaciPhase": "roles.enums.RaciPhase",
        "PostKind": "roles.enums.PostKind",
        "QuestionState": "roles.enums.QuestionState",
        "Desk": "roles.enums.Desk",
        "Level": "okrs.enums.Level",
        "ShareLevel": "okrs.enums.ShareLevel",
        "ProposalLevel": "okrs.api.proposal.LEVELS",
        "ProposalState": "okrs.enums.ProposalState",
        "ReactionKind": "okrs.enums.ReactionKind",
        "ObjectiveKind": "okrs.enums.ObjectiveKind",
        "ObjectiveStatus": "okrs.enums.ObjectiveStatus",
        "MetricType": "okrs.enums.MetricType",
        "UnitKind": "okrs.enums.UnitKind",
        "Confidence": "okrs.enums.Confidence",
        "Pace": "okrs.enums.Pace",
        "ChatKind": "okrapp.notifications.forms.endpoint.CHATS",
        "DeliveryState": "okrapp.notifications.enums.State",
        "Attitude": "rollout.enums.Attitude",
        "Grade": "rollout.enums.Grade",
        "ConcernKind": "rollout.enums.ConcernKind",
        "ConcernState": "rollout.enums.ConcernState",
        "CommitmentKind": "rollout.enums.CommitmentKind",
        "CommitmentState": "rollout.enums.CommitmentState",
        "OffBecause": "okrapp.notifications.enums.OffBecause",
        "MailPace": "okrapp.notifications.enums.MailPace",
        "CheckInState": "okrs.api.serializers.CHECK_IN_STATES",
        "InitiativeStatus": "okrs.enums.InitiativeStatus",
        "RetroState": "okrs.enums.RetroState",
        "RetroColumn": "okrs.enums.RetroColumn",
        "ActionState": "okrs.enums.ActionState",
        "Outcome": "okrs.enums.Outcome",
        "NoteKind": "okrs.enums.NoteKind",
        "Frequency": "organizations.enums.Frequency",
        "Weekday": "organizations.enums.Weekday",
        "Via": "organizations.enums.Via",
        "ImportState": "organizations.enums.ImportState",
        "Role": "organizations.enums.Role",
        "Scope": "organizations.enums.Scope",
        "PlanState": "rollout.enums.PlanState",
        "PlanPhaseKind": "rollout.enums.PhaseKind",
        "VersionState": "rollout.enums.VersionState",
        "PlanTaskStatus": "rollout.enums.TaskStatus",
        "RiskState": "rollout.enums.RiskState",
        "BarrierGroup": "rollout.enums.BarrierGroup",
        "BarrierState": "rollout.enums.BarrierState",
        "MessageChannel": "rollout.enums.MessageChannel",
        "MessageFormat": "rollout.enums.MessageFormat",
        "MessageState": "rollout.enums.MessageState",
        "AudienceKind": "rollout.enums.AudienceKind",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "okrapp.api.schema.describe_tags",
    ],
}

# What Prometheus must send to be told how the installation is doing; without it there is no /metrics.
METRICS_TOKEN = env.text("OKRAPP_METRICS_TOKEN")

LOG_LEVEL = env.text("OKRAPP_LOG_LEVEL", "WARNING").upper()
LOG_AS_JSON = env.flag("OKRAPP_LOG_JSON")
logs.configure(level=LOG_LEVEL, as_json=LOG_AS_JSON)
LOGGING = logs.standard_library(level=LOG_LEVEL, as_json=LOG_AS_JSON)

# Each test process has a test database of its own; give its broker keys a name of their own too.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    CACHES["default"]["KEY_PREFIX"] += worker
    CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] = f"okrapp{env.text('OKRAPP_TEST_SUFFIX')}{worker}:"
