"""The reading mode: the whole agenda on one page, with one's own notes in its margin."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sagsgang.bodies.models import Person
from sagsgang.cases.models import File
from sagsgang.cases.pages.attaching import sent
from sagsgang.cases.pages.page import in_language, work_page
from sagsgang.cases.refused import Refused
from sagsgang.cases.revisions import attached
from sagsgang.cases.rights import may
from sagsgang.meetings import impartiality, notes, questions, session
from sagsgang.meetings.insight import demand_covered, insight
from sagsgang.meetings.models import Dissent, Item, Meeting
from sagsgang.meetings.notes import Written

from .leaf import leaves
from .offline import kept

_BEFORE_THE_END: Final = (Meeting.CALLED, Meeting.OPEN)
MARKS: Final = (
    ("", gettext_lazy("Intet mærke")),
    ("important", gettext_lazy("Vigtigt")),
    ("speak", gettext_lazy("Vil sige noget")),
    ("doubt", gettext_lazy("I tvivl")),
)


class NoteForm(forms.Form):
    """What is sent of a note."""

    text = forms.CharField(required=False, strip=False)
    mark = forms.CharField(required=False)
    revision = forms.IntegerField(min_value=0)


def reading(request: HttpRequest, meeting: int) -> HttpResponse:
    """The agenda as its reader may see it; it is kept for reading without a connection."""
    found = get_object_or_404(Meeting.objects.select_related("body__municipality"), pk=meeting)
    user = request.user
    return kept(
        work_page(
            request,
            "meetings/reading.html",
            _("Dagsorden: %(body)s") % {"body": found.body.name},
            crumb=found.body.name,
            meeting=found,
            leaves=leaves(user, found),
            marks=MARKS,
            longest=notes.LONGEST,
            asks=found.state == Meeting.CALLED and may(user, "question.ask", found.body),
            announces=found.state in _BEFORE_THE_END and impartiality.sits(user, found),
            fetched=timezone.now(),
        )
    )


@require_safe
def attachment(request: HttpRequest, item: int, sha256: str) -> HttpResponseBase:
    """A file of an item, as it was when the agenda went out; kept for reading without a connection.

    Raises:
        Forbidden: the user may not read the item.
        Http404: the item has no such file, or one that is closed to the user.
    """
    found = _item(item)
    demand_covered(request.user, found)
    seen = insight(request.user, found.meeting)
    names = [
        one.name
        for one in (attached(found.presentation, found.revision) if found.presentation else ())
        if one.sha256 == sha256 and (not one.closed or seen.covers_closed_parts(found))
    ]
    if not names:
        raise Http404
    return kept(sent(get_object_or_404(File, sha256=sha256), names[0]))


@require_POST
def note(request: HttpRequest, item: int) -> HttpResponse:
    """Stores one's own note; scripts are told what is stored, others see the page again."""
    found = _item(item)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    by_script = request.accepts("application/json") and not request.accepts("text/html")
    # What forms send has the line ends of the old mail programs.
    text = form.cleaned_data["text"].replace("\r\n", "\n")
    try:
        stored = notes.write(
            request.user,
            found,
            text,
            form.cleaned_data["mark"],
            revision=form.cleaned_data["revision"],
        )
    except Refused as refused:
        if by_script:
            return JsonResponse({"refused": in_language(refused.words)}, status=409)
        raise
    if by_script:
        return JsonResponse(_told(stored))
    messages.success(request, _("Noten er gemt."))
    return HttpResponseRedirect(_at(found))


def _told(stored: Written) -> dict[str, Any]:
    return {
        "text": stored.text,
        "mark": stored.mark,
        "revision": stored.revision,
        "other": stored.other,
        "at": timezone.localtime().strftime("%H.%M"),
    }


@require_POST
def ask(request: HttpRequest, item: int) -> HttpResponse:
    """Asks the administration about an item."""
    found = _item(item)
    questions.ask(request.user, found, request.POST.get("text", ""))
    messages.success(request, _("Spørgsmålet er sendt. Svaret kommer til at stå her ved punktet."))
    return HttpResponseRedirect(_at(found))


@require_POST
def announce(request: HttpRequest, item: int) -> HttpResponse:
    """A member's own word that they may not be impartial in an item, or that word taken back."""
    found, user = _item(item), request.user
    if request.POST.get("do") == "take_back":
        own = found.announced_conflicts.select_related("person", "item__meeting__body")
        impartiality.take_back(user, get_object_or_404(own, person=user.person_id))
        messages.success(request, _("Det er taget tilbage."))
    else:
        person = get_object_or_404(Person, pk=user.person_id)
        impartiality.announce(user, found, person, request.POST.get("ground", ""))
        messages.success(request, _("Sekretæren har fået besked, og udvalget tager stilling."))
    return HttpResponseRedirect(_at(found))


@require_POST
def refer(request: HttpRequest, item: int) -> HttpResponse:
    """A member's own demand that the council decide (kommunestyrelsesloven § 23)."""
    found = _item(item)
    demand_covered(request.user, found)
    person = get_object_or_404(Person, pk=request.user.person_id)
    council = session.council_of(found.meeting.body)
    if council is None:
        raise Http404
    session.refer(request.user, found, person, council)
    told = _("Sagen er begæret indbragt for %(council)s. Sekretæren ser det med det samme.")
    messages.success(request, told % {"council": council})
    return HttpResponseRedirect(_at(found))


@require_POST
def approve_dissent(request: HttpRequest, dissent: int) -> HttpResponse:
    """A member's word for the dissenting opinion that is entered in their name."""
    found = get_object_or_404(Dissent.objects.select_related("item__meeting__body"), pk=dissent)
    session.approve_dissent(request.user, found)
    messages.success(request, _("Teksten er godkendt og kommer i referatet."))
    return HttpResponseRedirect(_at(found.item))


def _item(key: int) -> Item:
    return get_object_or_404(
        Item.objects.select_related("meeting__body", "presentation__treatment").exclude(
            number=None
        ),
        pk=key,
    )


def _at(item: Item) -> str:
    return f"{item.meeting.get_absolute_url()}laes/#punkt-{item.number}"
