"""The pages of invitations: choosing a name and a password, and the demonstration's way in."""

from __future__ import annotations

from typing import Final

from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, password_validation
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.archive.pages.page import Page, shown
from sagsgang.cases import log
from sagsgang.cases.models import User

from . import invitations
from .forms import STRONG

_BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"


class Choice(forms.ModelForm):
    """Name and password, as whoever is invited chooses them.

    The address is that which was invited; only the first administrator, whom nobody invited,
    chooses one. Roles are given to an address, and the municipality's sign-in knows people by it.
    """

    password = forms.CharField(
        label=gettext_lazy("Adgangskode"),
        help_text=STRONG,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Adgangskoden igen"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ("first_name", "email")
        labels: Final = {
            "first_name": gettext_lazy("Dit navn"),
            "email": gettext_lazy("Din mailadresse"),
        }
        help_texts: Final = {"email": gettext_lazy("Den logger du ind med.")}
        widgets: Final = {
            "first_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "username"}),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "email"):
            self.fields[name].required = True
        self.fields["email"].disabled = bool(self.instance.email)
        self.fields["first_name"].max_length = 150

    def clean_email(self) -> str:
        """The address in small letters, if nobody else has it."""
        mail = self.cleaned_data["email"].lower()
        if User.objects.filter(username=mail).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Adressen bruges af en anden."))
        return mail

    def clean(self) -> dict:
        """Everything, if the password is strong and written twice alike."""
        given = super().clean()
        password = given.get("password", "")
        if password and given.get("again") and password != given["again"]:
            self.add_error("again", _("Det er ikke den samme adgangskode."))
        if password:
            try:
                password_validation.validate_password(password, self.instance)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


@login_not_required
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """The form of an invitation; once it is filled in the link is spent."""
    with transaction.atomic():
        link = invitations.invited(key)
        if link is None:
            return _spent(request)
        user = link.user
        form = Choice(request.POST or None, instance=user)
        if request.method == "POST" and form.is_valid():
            user.username = user.email
            user.set_password(form.cleaned_data["password"])
            with log.action(user, "account.accept", user):
                user.save()
                invitations.use(link)
            messages.success(request, _("Det er gemt. Log ind med din nye adgangskode."))
            return HttpResponseRedirect(reverse("account_login"))
    page = Page(title=_("Velkommen til %(site)s") % {"site": settings.SITE_NAME}, indexed=False)
    status = 422 if form.errors else 200
    return shown(request, "account/invitation.html", page, status, form=form)


@login_not_required
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """The demonstration's way in: a page with one button, so that no program spends the link."""
    with transaction.atomic():
        link = invitations.entering(key)
        if link is None:
            return _spent(request)
        user = link.user
        if request.method == "POST":
            invitations.use(link)
            login(request, user, backend=_BACKEND)
            record_authentication(request, user, method="entry")
            return HttpResponseRedirect("/arbejde/")
    page = Page(title=_("Gå ind som %(name)s") % {"name": user}, indexed=False)
    return shown(request, "account/entry.html", page, person=user)


def _spent(request: HttpRequest) -> HttpResponse:
    page = Page(title=_("Linket kan ikke bruges mere"), indexed=False)
    return shown(request, "account/spent.html", page, 410)
