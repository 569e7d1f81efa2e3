"""The page where a presentation is written, and where others read it.

What is written is kept by an ordinary form. With script, an editor stands in the place of the plain
text, and the same form is sent every few seconds; the answer then is JSON. A form carries the
revision that its writer had before them, so that nobody writes over what they have not seen.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple, get_args

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sagsgang.archive.pages.page import Link
from sagsgang.cases import approval, drafting, formatting, importing, proofreading
from sagsgang.cases.figures import figures_in
from sagsgang.cases.models import Approval, HouseRules, Presentation, Treatment, User
from sagsgang.cases.outline import Outline, Part, kept_sections, offered
from sagsgang.cases.reading import presentation_for
from sagsgang.cases.refused import Refused
from sagsgang.cases.revisions import demand_editing, whole_of
from sagsgang.cases.rights import may
from sagsgang.minutes.model import SectionKind
from sagsgang.minutes.word_changes import Stretch, word_changes
from sagsgang.minutes.words import Words
from sagsgang.minutes.writers.prose_html import prose_html

from .page import WRONG, in_language, work_page

TAKEN: Final = 409
"""The status of a form that was overtaken by another's."""
MOST_SECTIONS: Final = 40
_KINDS: Final = frozenset(get_args(SectionKind)) - {"decision", "absence"}
"""What a section can be before a body has treated the case."""


class Writing(forms.Form):
    """A presentation's fields, but for its sections."""

    title = forms.CharField(label=gettext_lazy("Titel"), max_length=500)
    closed = forms.BooleanField(
        label=gettext_lazy("Punktet er lukket"),
        help_text=gettext_lazy("Så offentliggøres kun det, du skriver her."),
        required=False,
    )
    ground = forms.CharField(
        label=gettext_lazy("Hjemmel"),
        help_text=gettext_lazy("For eksempel styrelseslovens § 10, stk. 2."),
        max_length=300,
        required=False,
    )
    public_title = forms.CharField(
        label=gettext_lazy("Titel, som alle må se"),
        help_text=gettext_lazy("Uden den står der kun, at punktet er lukket."),
        max_length=500,
        required=False,
    )
    recommendation_by = forms.CharField(
        label=gettext_lazy("Hvem indstiller?"), max_length=200, required=False
    )
    points = forms.CharField(
        label=gettext_lazy("Indstilling"),
        help_text=gettext_lazy("Ét punkt på hver linje. Numrene sættes af sig selv."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Everything, if a closed item has its ground."""
        given = super().clean()
        if given.get("closed") and not given.get("ground"):
            self.add_error("ground", _("Skriv, hvilken regel der lukker punktet."))
        return given


class Field(NamedTuple):
    """A section in the form: plain text, and the same as the editor has it."""

    number: int
    part: Part
    required: bool = False
    presentation: str = ""
    """The address of what it belongs to."""

    @property
    def html(self) -> str:
        """The text as the editor begins with it."""
        return formatting.html_of(self.part.text, self.presentation)


class Difference(NamedTuple):
    """A part that was written in two ways."""

    label: str
    stretches: tuple[Stretch, ...]


def presentation(request: HttpRequest, pk: int) -> HttpResponse:
    """The presentation, to be written by those who may while it is a draft."""
    found = _found(request, pk)
    if request.method != "POST":
        return shown(request, found)
    form, parts = Writing(request.POST), _posted(request)
    if not form.is_valid():
        return _told(request, found, form, parts, WRONG)
    content = _content(form, parts)
    try:
        saved = drafting.save(request.user, found, content, revision=form.cleaned_data["revision"])
    except drafting.EditedMeanwhile as meanwhile:
        return _overtaken(request, meanwhile, content)
    except Refused as refused:
        return _refused(request, found, form, parts, in_language(refused.words))
    if _by_itself(request):
        return JsonResponse({"revision": saved.revision, "told": _saved_at(saved)})
    messages.success(request, _saved_at(saved))
    return HttpResponseRedirect(found.get_absolute_url())


@require_safe
def standing_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Which revision is kept, and who wrote it: asked for by the page while somebody writes."""
    found = _found(request, pk)
    return JsonResponse(
        {
            "revision": found.revision,
            "own": found.edited_by_id == request.user.pk,
            "told": _("%(name)s har gemt en nyere udgave. Tryk Gem for at se begge.")
            % {"name": found.edited_by},
        }
    )


@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts what a Word file says in the place of the text; the earlier text stays as a version."""
    found = _found(request, pk)
    file = request.FILES.get("file")
    try:
        demand_editing(request.user, found)
        if file is None:
            raise Refused(Words("Vælg en Word-fil.", "Choose a Word file."))
        content = importing.from_word(file.read(), _outline(found))
        given = request.POST.get("revision", "")
        revision = int(given) if given.isdecimal() else 0
        drafting.save(request.user, found, content, revision=revision)
    except Refused as refused:
        return shown_again(request, pk, refused)
    messages.success(
        request,
        _("Hentet fra %(file)s. Teksten fra før ligger under Udgaver.") % {"file": file.name},
    )
    return HttpResponseRedirect(found.get_absolute_url())


def shown_again(request: HttpRequest, pk: int, refused: Refused) -> HttpResponse:
    """The page with why something could not be done."""
    return shown(request, _found(request, pk), status=TAKEN, refusal=in_language(refused.words))


def shown(
    request: HttpRequest,
    found: Presentation,
    *,
    form: Writing | None = None,
    parts: list[Part] | None = None,
    status: int = 200,
    **content: Any,
) -> HttpResponse:
    """The page for writing where one may, otherwise for reading."""
    treatment = found.treatment
    may_write = treatment.state == Treatment.DRAFT and may(
        request.user, "presentation.edit", treatment.case.unit, treatment.body
    )
    if may_write:
        form = form or Writing(initial=_initial(found))
        own = _outline(found)
        parts = parts if parts is not None else offered(found.sections, own)
        must = {row.label for row in own.rows if row.required}
        content["fields"] = [
            Field(number, part, part.label in must, found.get_absolute_url())
            for number, part in enumerate(parts)
        ]
    else:
        content["sections"] = _printed(found)
    return work_page(
        request,
        "cases/writing.html" if may_write else "cases/presentation.html",
        found.title,
        trail=(
            Link(_("Sager"), "/arbejde/sager/"),
            Link(treatment.case.number, treatment.case.get_absolute_url()),
        ),
        crumb=str(treatment.body),
        status=status,
        presentation=found,
        treatment=treatment,
        case=treatment.case,
        form=form,
        attachments=found.attachments.select_related("file"),
        remarks=proofreading.standing(found),
        acceptances=found.acceptances.select_related("accepted_by").order_by("accepted_at"),
        approvals=found.approvals.select_related("answered_by").order_by("pk"),
        asked=approval.waiting_for(request.user).filter(presentation=found).first(),
        barred=_barred(request.user, found),
        returned=_returned(found),
        may_reopen=treatment.state == Treatment.READY
        and may(request.user, "approve.secretary", treatment.body),
        may_edit=may(request.user, "presentation.edit", treatment.case.unit, treatment.body),
        **content,
    )


def _barred(user: User, found: Presentation) -> str:
    """Why the user, whose role is asked, cannot answer; `""` where nothing hinders."""
    words = approval.barred(user, found)
    return in_language(words) if words else ""


def _returned(found: Presentation) -> Approval | None:
    if found.treatment.state != Treatment.DRAFT:
        return None
    last = found.approvals.select_related("answered_by").order_by("-pk").first()
    return last if last and last.answer == Approval.RETURNED else None


def _heading(shown: str) -> str:
    return f"<h3>{strip_tags(shown)}</h3>"


def _printed(found: Presentation) -> list[tuple[str, SafeString]]:
    """The sections as they will be printed, with their pictures, and with what is closed."""
    content = whole_of(found)
    addresses = {
        one.caption: f"{found.get_absolute_url()}billede/{one.sha256}/"
        for one in figures_in(content["sections"])
    }
    # The writer escapes the text and lets only its own elements through.
    return [
        (
            one.label,
            mark_safe(prose_html(one.text, themes=True, heading=_heading, figures=addresses)),
        )
        for one in drafting.sections_of(content, _outline(found))
    ]


def _found(request: HttpRequest, pk: int) -> Presentation:
    try:
        return presentation_for(request.user, pk)
    except Presentation.DoesNotExist:
        raise Http404 from None


def _outline(found: Presentation) -> Outline:
    return HouseRules.of(found.treatment.case.municipality).outline


def _initial(found: Presentation) -> dict[str, Any]:
    kept = drafting.content_of(found)
    return kept | {
        "points": "\n".join(kept["recommendation_points"]),
        "revision": found.revision,
    }


def _posted(request: HttpRequest) -> list[Part]:
    """The sections of the form, as light Markdown whatever they were written in."""
    given = request.POST
    rich = given.get("format") == "html"
    parts = []
    for number in range(MOST_SECTIONS):
        label = given.get(f"label-{number}", "").strip()
        if not label:
            break
        text = given.get(f"section-{number}", "")
        text = formatting.text_of(text) if rich else "\n".join(text.split("\r\n")).strip()
        kind = given.get(f"kind-{number}", "other")
        parts.append(Part(label[:120], kind if kind in _KINDS else "other", text))
    return parts


def _content(form: Writing, parts: list[Part]) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    points = [line.strip() for line in given.pop("points").splitlines() if line.strip()]
    del given["revision"]
    return given | {"recommendation_points": points, "sections": kept_sections(parts)}


def _overtaken(
    request: HttpRequest, meanwhile: drafting.EditedMeanwhile, content: dict[str, Any]
) -> HttpResponse:
    """The form with what was typed, and beside it what somebody else has saved meanwhile."""
    told = in_language(meanwhile.words)
    if _by_itself(request):
        return JsonResponse({"told": told, "overtaken": True}, status=TAKEN)
    stored = _found(request, meanwhile.presentation.pk)
    given = request.POST.copy()
    # Saving again is now a choice that was made knowingly: the other text stays as a version.
    given["revision"] = str(stored.revision)
    return shown(
        request,
        stored,
        form=Writing(given),
        parts=_posted(request),
        status=TAKEN,
        refusal=told,
        differences=differences(drafting.content_of(stored), content),
    )


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """The parts that differ between two contents, each as words deleted and inserted."""
    before, after = dict(texts(old)), dict(texts(new))
    return [
        Difference(label, word_changes(before.get(label, ""), after.get(label, "")))
        for label in [*before, *(label for label in after if label not in before)]
        if before.get(label, "") != after.get(label, "")
    ]


def texts(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The parts of a content by their names, in the order of the form."""
    points = [f"{n}. {point}" for n, point in enumerate(content["recommendation_points"], 1)]
    closed = _("Lukket") if content["closed"] else _("Åben")
    return [
        (_("Titel"), content["title"]),
        (_("Åben eller lukket"), " ".join(filter(None, (closed, content["ground"])))),
        (_("Titel, som alle må se"), content["public_title"]),
        (_("Hvem indstiller?"), content["recommendation_by"]),
        (_("Indstilling"), "\n".join(points)),
        *((one["label"], one["text"]) for one in content["sections"]),
        (_("Bilag"), "\n".join(map(_attached, content.get("attachments", ())))),
    ]


def _attached(one: dict[str, Any]) -> str:
    return (
        f"{one['title']} ({_('lukket')}, {one['name']})"
        if one["closed"]
        else f"{one['title']} ({one['name']})"
    )


def _told(
    request: HttpRequest, found: Presentation, form: Writing, parts: list[Part], status: int
) -> HttpResponse:
    if _by_itself(request):
        wrong = "; ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"told": wrong}, status=status)
    return shown(request, found, form=form, parts=parts, status=status)


def _refused(
    request: HttpRequest, found: Presentation, form: Writing, parts: list[Part], told: str
) -> HttpResponse:
    """The page with why it was not saved, and what was typed: also where it is for reading now."""
    if _by_itself(request):
        return JsonResponse({"told": told}, status=TAKEN)
    typed = texts(_content(form, parts))
    found = _found(request, found.pk)
    return shown(request, found, form=form, parts=parts, status=TAKEN, refusal=told, unsaved=typed)


def _by_itself(request: HttpRequest) -> bool:
    """Whether the page saves by itself, without the writer's pressing anything."""
    return "X-Autosave" in request.headers


def _saved_at(saved: Presentation) -> str:
    clock = timezone.localtime(saved.edited_at).strftime("%H.%M")
    return _("Gemt kl. %(clock)s") % {"clock": clock}
