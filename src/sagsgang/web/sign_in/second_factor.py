"""The secrets of second factors, which lie encrypted in the database."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SecondFactors(DefaultMFAAdapter):
    """Encrypts with a key made of the site's own: a database alone gives nobody a second factor."""

    error_messages: Final = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Koden passer ikke. Skriv den, som appen viser nu."),
    }

    def encrypt(self, text: str) -> str:
        """The text as it is stored."""
        return _fernet().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The text as it was."""
        return _fernet().decrypt(encrypted_text.encode("ascii")).decode()


def _fernet() -> Fernet:
    key = hashlib.sha256(f"sagsgang.second_factor {settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
