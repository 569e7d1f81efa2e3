"""How django-allauth is bent to the house: nobody signs up; links lead to the site's address."""

from __future__ import annotations

import time
from typing import Any, Final

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sagsgang.cases import log
from sagsgang.cases.models import User


class Adapter(DefaultAccountAdapter):
    """Accounts come by invitation only."""

    error_messages: Final = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Mailadressen eller adgangskoden er forkert. Prøv igen."),
        "too_many_login_attempts": _("For mange forkerte forsøg. Vent fem minutter, og prøv igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: somebody who works here is invited."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail, by the site's own name where it is known."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", args=[uid, token])
        if settings.SITE_ADDRESS:
            return f"{settings.SITE_ADDRESS}{path}"
        return str(self.request.build_absolute_uri(path))

    def set_password(self, user: User, password: str) -> None:
        """Sets the password, and logs that it was set."""
        with log.action(user, "account.password", user):
            super().set_password(user, password)

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """Whether somebody must show again who they are; not within minutes of having done so."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **given))


class MunicipalAdapter(DefaultSocialAccountAdapter):
    """Who comes by the municipality's own sign-in must have been invited here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: the municipality says who somebody is, not that they work in this house."""
        return False

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        """The user, and of what else the municipality tells the name alone: a CPR number goes."""
        told = sociallogin.account.extra_data
        name = told.get("name") or told.get("userinfo", {}).get("name", "")
        sociallogin.account.extra_data = {"name": name}
        return super().populate_user(request, sociallogin, data)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Takes the name over where whoever was invited has none yet, and a password of their own.

        An account that the municipality's sign-in lets in has no other way in: who leaves the
        municipality would still have it.
        """
        user, told = sociallogin.user, sociallogin.account.extra_data.get("name")
        if not user.pk:
            return
        if told and not user.first_name:
            user.first_name = str(told)[:150]
            with log.action(user, "account.save", user):
                user.save(update_fields=["first_name"])
        if user.has_usable_password():
            user.set_unusable_password()
            with log.action(user, "account.password", user, "Kommunens login er nu den eneste vej"):
                user.save(update_fields=["password"])
