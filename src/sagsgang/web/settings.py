"""Django's settings.

Everything that differs between two installations comes from the environment or the data folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from . import municipal
from .database import database_of
from .folder import FILES, WORKING_FILES, data_folder, secret_key

HERE = Path(__file__).resolve().parent
DATA = data_folder()

SECRET_KEY = secret_key(DATA)
DEBUG = os.environ.get("SAGSGANG_DEBUG") == "1"
SITE_ADDRESS = os.environ.get("SAGSGANG_ADDRESS", "").rstrip("/")
"""The address that mails and feeds name the site by; without it, that of the request."""


_OWN_NAME = urlsplit(SITE_ADDRESS).hostname
ALLOWED_HOSTS = os.environ.get(
    "SAGSGANG_HOSTS", f"{_OWN_NAME},localhost,127.0.0.1" if _OWN_NAME else "*"
).split(",")
SITE_NAME = os.environ.get("SAGSGANG_NAME", "Sagsgang")
"""What the site is called in its head, in titles and in feeds."""
OPERATOR = os.environ.get("SAGSGANG_OPERATOR", "")
"""Who runs the site, such as `Lindvig Kommune`; it stands in the footer and the statements."""
CONTACT = os.environ.get("SAGSGANG_CONTACT", "")
"""The e-mail address for readers who find something wrong, or cannot read a page."""
PHONE = os.environ.get("SAGSGANG_PHONE", "")
"""The telephone number for the same."""
STATEMENT = os.environ.get("SAGSGANG_STATEMENT", "")
"""The address of the accessibility statement that a public body makes with WAS-Tool."""
SEARCHES_PER_MINUTE = int(os.environ.get("SAGSGANG_SEARCHES_PER_MINUTE", "60"))
"""How often one address may search, on average."""
API_PER_MINUTE = int(os.environ.get("SAGSGANG_API_PER_MINUTE", "600"))
"""How often one address may ask the API, counted in the same way."""
SUBSCRIPTIONS_PER_HOUR = int(os.environ.get("SAGSGANG_SUBSCRIPTIONS_PER_HOUR", "20"))
"""How often one address may ask for a mail that confirms a subscription."""
PROXIES = int(os.environ.get("SAGSGANG_PROXIES", "0"))
"""How many proxies stand before the site and say in `X-Forwarded-For` who asks."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "sagsgang.bodies",
    "sagsgang.archive",
    "sagsgang.archive.subscriptions",
    "sagsgang.cases",
    "sagsgang.meetings",
    "sagsgang.web",
    # After the site's own, whose templates go before theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "sagsgang.web.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sagsgang.web.sign_in.working_house.WorkingHouse",
    # Looks up nothing and sets nothing; django-allauth demands that it stands here.
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "sagsgang.web.permissions.Permissions",
    "sagsgang.archive.opening.OpenData",
]

ROOT_URLCONF = "sagsgang.web.urls"
WSGI_APPLICATION = "sagsgang.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "sagsgang.web.context.site",
                "sagsgang.web.navigation.navigation",
            ],
        },
    },
]

DATABASES = {"default": database_of(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "cases.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
"""How long a link that lets somebody choose a password can be used."""
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/arbejde/"
LOGOUT_REDIRECT_URL = "/"

# The municipality's own sign-in, by OpenID Connect or SAML 2.
SOCIALACCOUNT_ADAPTER = "sagsgang.web.sign_in.adapter.MunicipalAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = municipal.providers()

# The working house knows who asks by a cookie that the public pages never see.
SESSION_COOKIE_PATH = "/arbejde/"
SESSION_COOKIE_NAME = "arbejde"
SESSION_COOKIE_AGE = 12 * 60 * 60
OFFLINE_HOURS = int(os.environ.get("SAGSGANG_OFFLINE_HOURS", "72"))
"""How long a member's own browser keeps an agenda for reading without a connection; 0: not."""
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# All processes of the site count failed attempts together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        "TIMEOUT": 24 * 60 * 60,
        # Django keeps 300, and then forgets a third: attempts, and assertions that were used.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SECOND_FACTOR = os.environ.get("SAGSGANG_SECOND_FACTOR", "1") == "1"
"""Whether those who sign in with a password must have a second factor."""

ACCOUNT_ADAPTER = "sagsgang.web.sign_in.adapter.Adapter"
_FORMS = "sagsgang.web.sign_in.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.SignIn",
    "reset_password": f"{_FORMS}.Forgotten",
    "reset_password_from_key": f"{_FORMS}.NewPassword",
    "change_password": f"{_FORMS}.ChangedPassword",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.Code",
    "reauthenticate": f"{_FORMS}.CodeAgain",
    "activate_totp": f"{_FORMS}.FirstCode",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_ADAPTER = "sagsgang.web.sign_in.second_factor.SecondFactors"
MFA_TOTP_ISSUER = SITE_NAME
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the administrator

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "sagsgang.web.static_files.Hashed"},
}
WHITENOISE_USE_FINDERS = True

MEDIA_ROOT = DATA / FILES
WORKING_ROOT = DATA / WORKING_FILES
ATTACHMENT_MB = int(os.environ.get("SAGSGANG_ATTACHMENT_MB", "100"))
"""How large an attachment may be, in megabytes."""
SEAL_CERTIFICATE = os.environ.get("SAGSGANG_SEAL_CERTIFICATE", "")
"""The PKCS #12 file with the certificate and key that minutes are sealed with."""
TRIAL_SEAL = DATA / "proevesegl"
"""Where the demonstration puts its own certificate, with which nobody but it seals."""
SEAL_PASSWORD = os.environ.get("SAGSGANG_SEAL_PASSWORD", "")
"""Its password."""
SEAL_TIMESTAMPS = os.environ.get("SAGSGANG_SEAL_TIMESTAMPS", "")
"""The address of a time-stamping authority (RFC 3161) that answers for when a seal was set."""
CLAMD = os.environ.get("SAGSGANG_CLAMD", "")
"""Where clamd looks for viruses: a socket's path, or `host:port`; without it, nobody looks."""
CLAMD_REQUIRED = os.environ.get("SAGSGANG_CLAMD_REQUIRED", "1") == "1"
"""Whether files are refused while clamd does not answer."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # A form that leads on to the municipality's own sign-in is let go there.
        "form-action": ["'self'", *municipal.origins()],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SITE_ADDRESS.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
CSRF_FAILURE_VIEW = "sagsgang.web.errors.not_allowed"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

SITE_LICENCE = os.environ.get("SAGSGANG_LICENCE", "")
"""The address of the licence that the data is offered under; none is claimed without it."""

# What goes wrong is written on standard error, for the one who runs the site.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("SAGSGANG_MAIL_FROM", "sagsgang@localhost")
if os.environ.get("SAGSGANG_MAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["SAGSGANG_MAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("SAGSGANG_MAIL_PORT", "25"))
    EMAIL_HOST_USER = os.environ.get("SAGSGANG_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("SAGSGANG_MAIL_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("SAGSGANG_MAIL_TLS") == "1"
