"""django-allauth's forms in the house's own words."""

from __future__ import annotations

from typing import Any, Final

from allauth.account import forms as account
from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as totp
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .invitations import by_municipality

STRONG: Final = _("Mindst 12 tegn. Tre-fire tilfældige ord er gode at huske.")
_LABELS: Final[dict[str, Promise]] = {
    "login": _("Mailadresse"),
    "email": _("Mailadresse"),
    "code": _("Koden fra appen"),
}


class _OwnWords:
    """A form whose fields are called what they are called elsewhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = _LABELS.get(name, field.label)
            if name == "password1":
                field.help_text = STRONG


class SignIn(_OwnWords, account.LoginForm):
    """Mail address and password."""


class Forgotten(_OwnWords, account.ResetPasswordForm):
    """Whose password is forgotten; not theirs whom the municipality's own sign-in lets in."""

    def clean_email(self) -> str:
        """The address; where it is such an account's, it is as one that nobody has."""
        mail: str = super().clean_email()
        self.users = [user for user in self.users if not by_municipality(user)]
        return mail


class NewPassword(_OwnWords, account.ResetPasswordKeyForm):
    """The password that is chosen by the link of a mail."""


class ChangedPassword(_OwnWords, account.ChangePasswordForm):
    """The password that takes another's place."""


class Code(_OwnWords, factors.AuthenticateForm):
    """The second step."""


class CodeAgain(_OwnWords, factors.ReauthenticateForm):
    """The second step, to show again who one is."""


class FirstCode(_OwnWords, totp.ActivateTOTPForm):
    """The first code of a new app."""
