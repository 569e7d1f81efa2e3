"""Those who work in the house: invited, given roles and units, by those who administer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sagsgang.archive.opening import site_address
from sagsgang.archive.pages.page import Link
from sagsgang.bodies.models import Body, Municipality, Person
from sagsgang.cases import grants, log, positions, seats
from sagsgang.cases.models import Grant, Position, Recovery, Unit, User
from sagsgang.cases.pages.page import WRONG, refusals_in, work_page
from sagsgang.cases.rights import demand
from sagsgang.cases.wording import ROLES

from . import invitations, letters, recovery

_PEOPLE: Final = "/arbejde/folk/"
_ACTION: Final = "people.manage"
WAITS: Final = gettext_lazy("Det gælder først, når en anden administrator har godkendt det.")
_LINKS: Final = 5
"""How many of the links that were made for somebody are shown, newest first."""


class Invitation(forms.Form):
    """Who is invited."""

    name = forms.CharField(label=gettext_lazy("Navn"), max_length=150)
    mail = forms.EmailField(label=gettext_lazy("Mailadresse"), max_length=150)


class NewUnit(forms.Form):
    """A part of the administration."""

    unit = forms.CharField(label=gettext_lazy("Enhedens navn"), max_length=120)
    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("name"), label=gettext_lazy("Kommune")
    )
    parent = forms.ModelChoiceField(
        Unit.objects.all(),
        label=gettext_lazy("Hører under"),
        required=False,
        empty_label=gettext_lazy("Ingen"),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"municipality": _own_municipality()})


class NewBody(forms.Form):
    """A committee, or the council."""

    committee = forms.CharField(label=gettext_lazy("Udvalgets navn"), max_length=200)
    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("name"), label=gettext_lazy("Kommune")
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="body", initial={"municipality": _own_municipality()})


def _own_municipality() -> Municipality | None:
    """The first municipality that works here."""
    return Municipality.objects.filter(units__isnull=False).order_by("name").first()


def _own_bodies() -> list[Body]:
    """The bodies of the municipalities that work here, the council first."""
    own = Municipality.objects.filter(units__isnull=False)
    return list(Body.objects.filter(municipality__in=own).order_by("-kind", "name", "pk"))


class NewRole(forms.Form):
    """A role, and where it holds."""

    role = forms.ChoiceField(label=gettext_lazy("Rolle"), choices=list(ROLES.items()))
    unit = forms.ModelChoiceField(
        Unit.objects.all(),
        label=gettext_lazy("Enhed"),
        help_text=gettext_lazy("For sagsbehandler, leder og direktør."),
        required=False,
        empty_label=gettext_lazy("Ingen"),
    )
    body = forms.ModelChoiceField(
        Body.objects.select_related("municipality"),
        label=gettext_lazy("Udvalg"),
        help_text=gettext_lazy("For sekretær, medlem, formand og stedfortræder."),
        required=False,
        empty_label=gettext_lazy("Intet"),
    )
    party = forms.CharField(
        label=gettext_lazy("Parti"),
        help_text=gettext_lazy("Listens bogstav, for eksempel A. For medlem og formand."),
        max_length=20,
        required=False,
    )
    until = forms.DateField(
        label=gettext_lazy("Sidste dag"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class Reason(forms.Form):
    """Why an account is to begin anew."""

    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Ejeren og den, der bekræfter, læser det."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
    )


def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and the forms to invite somebody, make a unit or a committee."""
    demand(request.user, _ACTION)
    asked = request.POST.get("ask")
    invitation = Invitation(request.POST if asked == "invite" else None)
    unit = NewUnit(request.POST if asked == "unit" else None)
    body = NewBody(request.POST if asked == "body" else None)
    if asked == "invite" and invitation.is_valid():
        given = invitation.cleaned_data
        with log.action(request.user, "account.invite", f"cases.user:{given['mail'].lower()}"):
            user = invitations.invite(given["mail"], given["name"])
        return HttpResponseRedirect(f"{_PEOPLE}{user.pk}/")
    if asked == "unit" and unit.is_valid():
        given = unit.cleaned_data
        with refusals_in(unit, "unit"):
            positions.create_unit(
                request.user, given["municipality"], given["unit"], given["parent"]
            )
        if unit.is_valid():
            messages.success(request, _("Enheden er oprettet."))
            return HttpResponseRedirect(_PEOPLE)
    if asked == "body" and body.is_valid():
        given = body.cleaned_data
        with refusals_in(body, "committee"):
            positions.create_body(request.user, given["municipality"], given["committee"])
        if body.is_valid():
            messages.success(request, _("Udvalget er oprettet."))
            return HttpResponseRedirect(_PEOPLE)
    rows = User.objects.prefetch_related("positions__unit", "positions__body")
    return work_page(
        request,
        "people/people.html",
        _("Folk og rettigheder"),
        status=WRONG if invitation.errors or unit.errors or body.errors else 200,
        invitation=invitation,
        unit=unit,
        body=body,
        waiting=recovery.open_ones(),
        grants=grants.open_ones(),
        bodies=_own_bodies(),
        found=Paginator(rows.order_by("first_name", "pk"), 50).get_page(request.GET.get("side")),
        today=timezone.localdate(),
    )


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """An account: its roles, its member, how its owner gets in, and whether it is open."""
    demand(request.user, _ACTION)
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise Http404
    asked = request.POST.get("ask", "")
    form = NewRole(request.POST if asked == "role" else None)
    reason = Reason(request.POST if asked == "recover" else None)
    link = ""
    if asked == "role" and form.is_valid():
        given = None
        with refusals_in(form):
            given = positions.give(request.user, user, **form.cleaned_data)
        if form.is_valid():
            return _done(request, user, _("Rollen er givet.") if given else WAITS)
    elif asked == "recover" and reason.is_valid():
        with refusals_in(reason):
            recovery.ask(request.user, user, reason.cleaned_data["reason"])
        if reason.is_valid():
            return _done(request, user, _("En anden administrator skal nu bekræfte det."))
    elif asked == "link":
        link = invitations.invitation(user, site_address(request), request.user)
        if letters.reach_their_owners() and letters.invite(user, link):
            return _done(request, user, _("Invitationen er sendt til %s.") % user.email)
    elif asked in _DEEDS:
        return _done(request, user, _DEEDS[asked](request, user))
    return work_page(
        request,
        "people/person.html",
        str(user),
        trail=(Link(_("Folk og rettigheder"), _PEOPLE),),
        status=WRONG if form.errors or reason.errors else 200,
        person=user,
        own=user == request.user,
        positions=user.positions.select_related("unit", "body"),
        members=_members(user),
        form=form,
        reason=reason,
        link=link,
        links=user.links.select_related("made_by")[:_LINKS],
        by_mail=letters.reach_their_owners(),
        in_use=invitations.in_use(user),
        by_municipality=invitations.by_municipality(user),
        waiting=recovery.open_for(user),
        grants=grants.open_ones().filter(user=user),
        today=timezone.localdate(),
    )


def _end(request: HttpRequest, user: User) -> str:
    positions.end(request.user, _position(user, request))
    return _("Rollen er slut.")


def _stand_for(request: HttpRequest, user: User) -> str:
    counts = positions.stand_for(request.user, user, _member(request))
    return _("Gemt.") if counts else str(WAITS)


def _set_active(request: HttpRequest, user: User) -> str:
    positions.set_active(request.user, user, request.POST["ask"] == "open")
    return _("Gemt.")


def _confirm(request: HttpRequest, user: User) -> str:
    recovery.confirm(request.user, _recovery(user))
    return _("Kontoen begynder forfra. Lav nu en invitation.")


def _refuse(request: HttpRequest, user: User) -> str:
    recovery.refuse(request.user, _recovery(user))
    return _("Kontoen er, som den var.")


def _agree(request: HttpRequest, user: User) -> str:
    positions.agree(request.user, _grant(user, request))
    return _("Godkendt.")


def _disagree(request: HttpRequest, user: User) -> str:
    grants.refuse(request.user, _grant(user, request))
    return _("Det er ikke givet.")


_DEEDS: Final[Mapping[str, Callable[[HttpRequest, User], str]]] = {
    "end": _end,
    "member": _stand_for,
    "close": _set_active,
    "open": _set_active,
    "confirm": _confirm,
    "refuse": _refuse,
    "agree": _agree,
    "disagree": _disagree,
}
"""What is done at once, and what is told of it."""


def _recovery(user: User) -> Recovery:
    found = recovery.open_for(user)
    if found is None:
        raise Http404
    return found


def _done(request: HttpRequest, user: User, told: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(f"{_PEOPLE}{user.pk}/")


def _grant(user: User, request: HttpRequest) -> Grant:
    given = request.POST.get("grant", "")
    found = user.grants.filter(pk=int(given)).first() if given.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _position(user: User, request: HttpRequest) -> Position:
    given = request.POST.get("position", "")
    found = user.positions.filter(pk=int(given)).first() if given.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _members(user: User) -> list[Person]:
    """The elected members without an account, also those who are yet to begin; and the user's."""
    free = Person.objects.filter(memberships__in=seats.lasting()).filter(account=None)
    own = Person.objects.filter(account=user)
    return list((free | own).distinct().order_by("name", "pk"))


def _member(request: HttpRequest) -> Person | None:
    given = request.POST.get("member", "")
    return Person.objects.filter(pk=int(given)).first() if given.isdecimal() else None
