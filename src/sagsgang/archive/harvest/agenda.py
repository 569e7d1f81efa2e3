"""One meeting's JSON made whole and read: what the list knows better, and texts out of PDFs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any, Final, NamedTuple

from sagsgang.minutes import Minutes, UnreadableDocument, read_bytes
from sagsgang.minutes.sources.firstagenda import (
    agenda_of,
    document_id,
    field_blocks,
    is_closed,
    item_attachments,
    item_fields,
    items_of,
    number_of,
    parsed_json,
    title_of,
)
from sagsgang.minutes.sources.json_values import (
    Fields,
    first_of,
    is_zero,
    object_of,
    text_of,
    truth_of,
)

from .listing import ListedMeeting
from .pdf_text import PdfText
from .problems import Problem, Stopped
from .site import Site

_NO_DATE: Final = "0001-01-01"


class ReadMeeting(NamedTuple):
    """A meeting's minutes, the page where a person finds them, and what could not be had."""

    minutes: Minutes
    address: str
    problems: tuple[Problem, ...]


def read_meeting(site: Site, listed: ListedMeeting) -> ReadMeeting:
    """The minutes or agenda of a listed meeting, with texts out of PDFs where there is no other.

    Raises:
        Problem: it cannot be had.
        UnreadableDocument: what came is no meeting.
    """
    data = site.agenda(listed.id).data
    agenda = _completed(agenda_of(parsed_json(data)), listed)
    texts = _Texts(site)
    agenda["dagsordenpunkter"] = [texts.filled(item) for item in items_of(agenda)]
    name = f"dagsorden-{listed.id}.json"
    minutes = read_bytes(json.dumps(agenda).encode(), name)
    if minutes.source is not None:
        # The source is what the site gave, not what was made of it here.
        source = replace(minutes.source, sha256=hashlib.sha256(data).hexdigest())
        minutes = replace(minutes, source=source)
    return ReadMeeting(minutes, site.page(listed.id), tuple(texts.problems))


def _completed(agenda: Fields, listed: ListedMeeting) -> dict[str, Any]:
    """The agenda, with what only the list tells: committee, date, place, and what it is."""
    meeting = dict(object_of(first_of(agenda, "Moede", "Møde", "Meeting")))
    if text_of(first_of(meeting, "Dato")).startswith(_NO_DATE):
        del meeting["dato"]
    given = {"dato": listed.begins, "sted": listed.place, "navn": listed.name}
    for name, value in given.items():
        if value and not first_of(meeting, name) and not first_of(agenda, name):
            meeting[name] = value
    if first_of(meeting, "Afsluttet") is None and listed.finished is not None:
        meeting["afsluttet"] = listed.finished
    committee = first_of(agenda, "Udvalg", "Committee") or first_of(meeting, "Udvalg", "Committee")
    whole = {**agenda, "moede": meeting}
    if listed.committee and not (text_of(committee) or first_of(object_of(committee), "Navn")):
        whole["udvalg"] = listed.committee
    if listed.supplementary:
        whole["tillaegsdagsorden"] = True
    return whole


class _Texts:
    """The items of one meeting with the texts that stand in PDFs, and addresses of attachments."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._whole: dict[str, PdfText | None] = {}
        self.problems: list[Problem] = []

    def filled(self, item: Fields) -> Fields:
        """An item with all its texts; a closed one is left as it is."""
        addressed = [self._addressed(attachment) for attachment in item_attachments(item)]
        item = {**item, "bilag": addressed}
        if is_closed(item):
            return item
        fields = item_fields(item)
        lacking = [field for field in fields if document_id(field) and not field_blocks(field)]
        if not lacking:
            return item
        if len(lacking) == len(fields) and (html := self._item_html(item)):
            return {**item, "felter": [{"html": html}]}
        filled = [self._field(field, item) if field in lacking else field for field in fields]
        if not any(map(field_blocks, filled)) and (html := self._meeting_html(item)):
            filled = [{"html": html}]
        if any(document_id(field) and not field_blocks(field) for field in filled):
            self.problems.append(_unread(item))
        return {**item, "felter": filled}

    def _addressed(self, attachment: Fields) -> Fields:
        """An attachment with its whole address, told or made of its id."""
        address = self._site.whole_address(text_of(first_of(attachment, "Link", "Url")))
        id_ = first_of(attachment, "Id", "DocumentId")
        if (
            not address
            and not is_zero(id_)
            and truth_of(attachment.get("harpdfversion")) is not False
        ):
            address = self._site.document_pdf(str(id_).strip())
        return {**attachment, "link": address}

    def _item_html(self, item: Fields) -> str:
        """An item's text out of its own PDF, or `""`."""
        id_ = first_of(item, "Id")
        pdf = None if is_zero(id_) else self._pdf(self._site.item_pdf(str(id_)))
        return pdf.only_item(number_of(item), title_of(item)) if pdf else ""

    def _field(self, field: Fields, item: Fields) -> Fields:
        """A field with the text of its PDF, where that can be had."""
        pdf = self._pdf(self._site.document_pdf(document_id(field)))
        html = pdf.only_item(number_of(item), title_of(item)) if pdf else ""
        return {**field, "html": html} if html else field

    def _meeting_html(self, item: Fields) -> str:
        """An item's text out of the whole meeting's PDF, or `""`."""
        id_ = first_of(item, "AgendaUid")
        if is_zero(id_):
            return ""
        address = self._site.meeting_pdf(str(id_))
        if address not in self._whole:
            self._whole[address] = self._pdf(address)
        pdf = self._whole[address]
        return pdf.item(number_of(item), title_of(item)) if pdf else ""

    def _pdf(self, address: str) -> PdfText | None:
        try:
            return PdfText(self._site.pdf(address))
        except Stopped:
            raise
        except (Problem, UnreadableDocument):
            return None


def _unread(item: Fields) -> Problem:
    number, title = number_of(item), title_of(item)
    danish = " ".join(filter(None, ("Punkt", number)))
    english = " ".join(filter(None, ("Item", number)))
    return Problem(
        f"{danish} ({title}): teksten findes kun som PDF, og den kunne ikke læses.",
        f"{english} ({title}): the text is only in a PDF, which could not be read.",
    )
