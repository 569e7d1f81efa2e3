"""One's own account: who am I, my roles, password and second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordResetView
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sagsgang.archive.subscriptions.mails import can_be_sent
from sagsgang.cases.pages.page import work_page


def own_account(request: HttpRequest) -> HttpResponse:
    """What the house knows of the one who is signed in, with ways to change it."""
    user = request.user
    return work_page(
        request,
        "account/own.html",
        _("Min konto"),
        positions=user.positions.select_related("unit", "body"),
        second_factor=is_mfa_enabled(user),
        has_password=user.has_usable_password(),
    )


class Forgotten(PasswordResetView):
    """The form that sends a mail; where no mail can be sent, it says whom to ask."""

    def get_context_data(self, **content: Any) -> dict[str, Any]:
        """With whether mails can be sent."""
        return super().get_context_data(**content) | {"by_mail": can_be_sent()}
