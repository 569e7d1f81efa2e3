"""Pictures in a presentation: taken in, described, and shown wherever the text is."""

from __future__ import annotations

import ctypes
import io
import zipfile

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from pypdfium2 import raw
from tests.cases.drawn import png
from tests.meetings.conftest import house

from sagsgang.archive.models import Publication
from sagsgang.cases import approval, drafting, formatting, log, pictures, proofreading
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import Forbidden
from sagsgang.meetings import agenda, documents
from sagsgang.meetings.models import Meeting
from sagsgang.minutes import read_bytes
from sagsgang.minutes.writers.pdf import to_pdf

__all__ = ["house"]
pytestmark = pytest.mark.django_db
IMAGE = 3
ALT = "Søjlediagram: Ledigheden falder fra 900 til 700 personer"
CAPTION = f"Figur 1: {ALT}"


@pytest.fixture
def draft(house):
    return house.case().treatments.get(order=1).presentation


@pytest.fixture
def officer(house) -> Client:
    browser = Client()
    browser.force_login(house.officer)
    return browser


def written(house, draft, alt: str = ALT) -> str:
    """The draft with a picture between two paragraphs; gives the picture's hash."""
    taken = pictures.add(house.officer, draft, "ledighed.png", png())
    line = f"![{alt}](billede:{taken.file.sha256})"
    text = {
        "label": "Sagsfremstilling",
        "kind": "presentation",
        "text": f"Før.\n\n{line}\n\nEfter.",
    }
    drafting.save(house.officer, draft, {"sections": [text]}, revision=draft.revision)
    draft.refresh_from_db()
    return taken.file.sha256


def called(house, draft) -> Meeting:
    meeting = house.meeting()
    agenda.take_in(house.secretary, meeting, house.through(draft.treatment))
    agenda.publish(house.secretary, meeting)
    return Meeting.objects.get(pk=meeting.pk)


def test_the_editor_and_the_text_have_the_same_picture(house, draft, officer):
    answer = officer.post(
        f"{draft.get_absolute_url()}billede/", {"file": SimpleUploadedFile("a.png", png())}
    )
    address = answer.json()["src"]
    assert b"".join(officer.get(address)) == png()
    markup = f'<p>Før.</p><img src="{address}" alt="{ALT}"><p>Efter.</p>'
    text = formatting.text_of(markup)
    sha256 = address.split("/")[-2]
    assert text == f"Før.\n\n![{ALT}](billede:{sha256})\n\nEfter."
    assert formatting.text_of(formatting.html_of(text, draft.get_absolute_url())) == text
    away = '<img src="https://x.example/a.png"><img src="x"><p>Tekst\ue0000\ue001</p>'
    assert formatting.text_of(away) == "Tekst"
    page = officer.get(draft.get_absolute_url()).content.decode()
    assert "data-picture" in page


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", png()[:60]),
        ("a.txt", b"Ingen billede"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * (5 * 2**20 + 1)),
    ],
)
def test_what_is_no_picture_is_refused(house, draft, officer, name, data):
    given = {"file": SimpleUploadedFile(name, data)}
    answer = officer.post(f"{draft.get_absolute_url()}billede/", given)
    assert answer.status_code == 422
    assert answer.json()["told"]
    assert not draft.pictures.exists()


def test_nobody_puts_in_or_sees_what_is_anothers(house, draft):
    sha256 = written(house, draft)
    other = house.case("En anden").treatments.get(order=1).presentation
    text = {"label": "Resume", "kind": "summary", "text": f"![x](billede:{sha256})"}
    with pytest.raises(Refused, match="ikke lagt ind"):
        drafting.save(house.officer, other, {"sections": [text]}, revision=other.revision)
    with pytest.raises(Forbidden):
        pictures.add(house.member("Ida Holm"), draft, "a.png", png())
    member = Client()
    member.force_login(house.member("Ida Holm"))
    assert member.get(f"{draft.get_absolute_url()}billede/{sha256}/").status_code == 403


def test_without_alternative_text_it_is_not_approved(house, draft):
    written(house, draft, alt="")
    [remark] = [one for one in proofreading.standing(draft) if one.code == "picture_without_text"]
    assert (remark.severity, remark.place) == ("error", "Sagsfremstilling")
    with pytest.raises(Refused, match="Billedet har ingen tekst"):
        approval.send(house.officer, draft)


def test_it_is_shown_in_every_form_of_what_is_published(house, draft, officer):
    sha256 = written(house, draft)
    approving = officer.get(draft.get_absolute_url())
    assert approving.status_code == 200
    meeting = called(house, draft)
    publication = Publication.objects.get(kind="agenda")
    [item] = publication.minutes.items
    assert [one.title for one in item.attachments] == [CAPTION]
    assert f"Før.\n\n{CAPTION}\n\nEfter." in [one.text for one in item.sections]
    member = Client()
    member.force_login(house.member("Ida Holm"))
    leaf = member.get(f"{meeting.get_absolute_url()}laes/").content.decode()
    assert f'/{sha256}/" alt="{CAPTION}"' in leaf
    citizen = Client()
    page = citizen.get(publication.meeting.items.get().get_absolute_url())
    [shown] = [part for part in page.content.decode().split("<") if part.startswith("img src")]
    address = shown.split('"')[1]
    assert b"".join(citizen.get(address)) == png()
    at = publication.meeting.get_absolute_url()
    forms = {
        name: citizen.get(f"{at}referat.{name}") for name in ("pdf", "docx", "html", "md", "json")
    }
    for name, form in forms.items():
        assert form.status_code == 200, name
    assert f"![{CAPTION}]({address})\n\n{CAPTION}" in forms["md"].content.decode()
    assert "img-src data:" in forms["html"].content.decode()
    for name in ("html", "md", "json"):
        assert read_bytes(forms[name].content, f"x.{name}") == publication.minutes, name
    package = zipfile.ZipFile(io.BytesIO(forms["docx"].content))
    assert any(name.startswith("word/media/") for name in package.namelist())
    [drawn] = Document(io.BytesIO(forms["docx"].content)).inline_shapes
    assert drawn._inline.docPr.get("descr") == CAPTION
    whole = documents.agenda(meeting, reading="whole")
    for paper in (forms["pdf"].content, to_pdf(whole, None, documents.pictures(whole))):
        pages = pypdfium2.PdfDocument(paper)
        drawn = [
            one for page in pages for one in page.get_objects(max_depth=5) if one.type == IMAGE
        ]
        assert len(drawn) == 1
        assert _alternatives(paper) == [CAPTION]
    assert list(log.verify()) == []


def _alternatives(paper: bytes) -> list[str]:
    """What the tag tree says of its figures."""
    found: list[str] = []

    def walk(element) -> None:
        size = raw.FPDF_StructElement_GetAltText(element, None, 0)
        if size > 2:
            held = ctypes.create_string_buffer(size)
            raw.FPDF_StructElement_GetAltText(element, held, size)
            found.append(held.raw[:-2].decode("utf-16-le"))
        for number in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
            if child:
                walk(child)

    for page in pypdfium2.PdfDocument(paper):
        tree = raw.FPDF_StructTree_GetForPage(page)
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            walk(raw.FPDF_StructTree_GetChildAtIndex(tree, number))
    return list(dict.fromkeys(found))


def test_it_goes_on_with_the_case(house, draft):
    written(house, draft)
    treatment = house.through(draft.treatment)
    drafting.go_on(treatment)
    later = treatment.case.treatments.get(order=2).presentation
    assert later.pictures.count() == 1
    assert later.sections == draft.sections
