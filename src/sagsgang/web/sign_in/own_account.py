"""One's own account: who am I, my roles, days away, password and second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordResetView, PasswordSetView, ReauthenticateView
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.archive.subscriptions.mails import can_be_sent
from sagsgang.cases import absences
from sagsgang.cases.models import Absence, Position, User
from sagsgang.cases.pages.page import WRONG, refusals_in, work_page

from .. import demonstration
from . import invitations, recovery

_APPROVING = (Position.LEADER, Position.DIRECTOR, Position.SECRETARY)


class Away(forms.Form):
    """Days away, and who answers meanwhile."""

    deputy = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Hvem svarer for dig?"), empty_label=None
    )
    since = forms.DateField(
        label=gettext_lazy("Første dag"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=gettext_lazy("Sidste dag"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data)
        staff = User.objects.filter(is_active=True, person=None).exclude(pk=user.pk)
        self.fields["deputy"].queryset = staff.order_by("first_name")


def own_account(request: HttpRequest) -> HttpResponse:
    """What the house knows of the one who is signed in, with ways to change it."""
    user = request.user
    form = Away(user, request.POST if request.POST.get("ask") == "away" else None)
    if request.POST.get("ask") == "back":
        absences.come_back(user, _absence(request))
        messages.success(request, _("Du svarer selv igen."))
        return HttpResponseRedirect(reverse("account"))
    asked_anew = recovery.open_for(user)
    if request.POST.get("ask") == "refuse" and asked_anew:
        recovery.refuse(user, asked_anew)
        messages.success(request, _("Kontoen er, som den var."))
        return HttpResponseRedirect(reverse("account"))
    if form.is_bound and form.is_valid():
        with refusals_in(form, "until"):
            absences.be_away(user, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, _("Dit fravær er registreret."))
            return HttpResponseRedirect(reverse("account"))
    return work_page(
        request,
        "account/own.html",
        _("Min konto"),
        status=WRONG if form.errors else 200,
        positions=user.positions.select_related("unit", "body"),
        approves=user.positions.filter(role__in=_APPROVING).exists(),
        absences=user.absences.filter(until__gte=timezone.localdate()).select_related("deputy"),
        form=form,
        recovery=asked_anew,
        second_factor=is_mfa_enabled(user),
        has_password=user.has_usable_password(),
    )


def _absence(request: HttpRequest) -> Absence:
    given = request.POST.get("absence", "")
    found = Absence.objects.filter(pk=int(given)).first() if given.isdecimal() else None
    if found is None:
        raise Http404
    return found


class Confirming(ReauthenticateView):
    """The form that asks who somebody is again; the invented users are told what to write."""

    def get_context_data(self, **content: Any) -> dict[str, Any]:
        """With the demonstration's password for its own users, who have never chosen one."""
        told = demonstration.password_of(self.request.user)
        return super().get_context_data(**content) | {"demonstration": told}


class FirstPassword(PasswordSetView):
    """The form of a first password; not for those whom the municipality's own sign-in lets in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One's own account, where the municipality lets one in."""
        if invitations.by_municipality(request.user):
            return HttpResponseRedirect(reverse("account"))
        return super().dispatch(request, *args, **kwargs)


class Forgotten(PasswordResetView):
    """The form that sends a mail; where none can be sent, it says whom to ask."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The mail is on its way, or the page as it is without mail."""
        if not can_be_sent():
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **content: Any) -> dict[str, Any]:
        """With whether mails can be sent."""
        return super().get_context_data(**content) | {"by_mail": can_be_sent()}
