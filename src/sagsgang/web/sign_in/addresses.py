"""The addresses of one's own account: django-allauth's views by names that can be read aloud."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as municipal
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from sagsgang.archive.pages.page import Page

from . import coming_in, own_account


def _page(title: Any) -> dict[str, Page]:
    return {"page": Page(title=title, indexed=False)}


def _titled(view: Any, title: Any) -> Any:
    return view.as_view(extra_context=_page(title))


_SAML: Final = "saml/<slug:organization_slug>/"


def _saml(name: str) -> Callable[..., HttpResponse]:
    """A view of SAML's, whose library is looked for when it is needed, as not every site has it."""

    @login_not_required
    def answered(request: HttpRequest, organization_slug: str) -> HttpResponse:
        if not settings.SOCIALACCOUNT_PROVIDERS["saml"]["APPS"]:
            raise Http404
        from . import saml

        return getattr(saml, name)(request, organization_slug=organization_slug)

    return answered


_FORGOTTEN: Final = _("Glemt adgangskode")
_NEW: Final = _("Vælg en ny adgangskode")
_CONFIRM: Final = _("Bekræft, at det er dig")
_CODES: Final = _("Nødkoder")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", own_account.own_account, name="account"),
    path("log-ind/", _titled(account.LoginView, _("Log ind")), name="account_login"),
    path("log-ud/", _titled(account.LogoutView, _("Log ud")), name="account_logout"),
    path(
        "lukket/",
        _titled(account.AccountInactiveView, _("Kontoen er lukket")),
        name="account_inactive",
    ),
    path("bekraeft/", _titled(own_account.Confirming, _CONFIRM), name="account_reauthenticate"),
    path(
        "adgangskode/",
        _titled(account.PasswordChangeView, _("Skift adgangskode")),
        name="account_change_password",
    ),
    path(
        "adgangskode/foerste/",
        _titled(own_account.FirstPassword, _("Vælg en adgangskode")),
        name="account_set_password",
    ),
    path("glemt/", _titled(own_account.Forgotten, _FORGOTTEN), name="account_reset_password"),
    path(
        "glemt/sendt/",
        _titled(account.PasswordResetDoneView, _("Se i din indbakke")),
        name="account_reset_password_done",
    ),
    re_path(
        r"^glemt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        _titled(account.PasswordResetFromKeyView, _NEW),
        name="account_reset_password_from_key",
    ),
    path(
        "glemt/skiftet/",
        _titled(account.PasswordResetFromKeyDoneView, _("Adgangskoden er skiftet")),
        name="account_reset_password_from_key_done",
    ),
    path("to-trin/", _titled(factors.IndexView, _("Log ind i to trin")), name="mfa_index"),
    path(
        "to-trin/kode/", _titled(factors.AuthenticateView, _("Andet trin")), name="mfa_authenticate"
    ),
    path(
        "to-trin/bekraeft/",
        _titled(factors.ReauthenticateView, _CONFIRM),
        name="mfa_reauthenticate",
    ),
    path(
        "to-trin/opsaet/",
        _titled(totp.ActivateTOTPView, _("Sæt det andet trin op")),
        name="mfa_activate_totp",
    ),
    path(
        "to-trin/fjern/",
        _titled(totp.DeactivateTOTPView, _("Fjern det andet trin")),
        name="mfa_deactivate_totp",
    ),
    path(
        "noedkoder/", _titled(codes.ViewRecoveryCodesView, _CODES), name="mfa_view_recovery_codes"
    ),
    path(
        "noedkoder/nye/",
        _titled(codes.GenerateRecoveryCodesView, _("Nye nødkoder")),
        name="mfa_generate_recovery_codes",
    ),
    path("noedkoder/hent/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path(f"{_SAML}login/", _saml("login"), name="saml_login"),
    path(f"{_SAML}acs/", csrf_exempt(_saml("acs")), name="saml_acs"),
    path(f"{_SAML}acs/finish/", _saml("finish_acs"), name="saml_finish_acs"),
    path(f"{_SAML}sls/", csrf_exempt(_saml("sls")), name="saml_sls"),
    path(f"{_SAML}metadata/", _saml("metadata"), name="saml_metadata"),
    path(
        "kommune/afbrudt/",
        _titled(municipal.LoginCancelledView, _("Du blev ikke logget ind")),
        name="socialaccount_login_cancelled",
    ),
    path(
        "kommune/fejl/",
        _titled(municipal.LoginErrorView, _("Du blev ikke logget ind")),
        name="socialaccount_login_error",
    ),
    path(
        "kommune/ukendt/",
        _titled(municipal.SignupView, _("Du er ikke inviteret endnu")),
        name="socialaccount_signup",
    ),
    path("invitation/<slug:key>/", coming_in.accept, name="invitation"),
    path("ind/<slug:key>/", coming_in.enter, name="entry"),
]
