"""`Minutes` as Akoma Ntoso 3.0 (OASIS LegalDocML), the XML of parliaments and legislators.

A set of minutes is a `doc` (why, tells docs/decisions/0008): its items are sections, their
parts are containers named by their kind. People, bodies, roles and outcomes are listed once
among the references and pointed to. What was read out of the text, and who voted how, stands in
containers of the class `derived`, as no element of the standard holds it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from ..model import Item, Minutes, Section
from . import wording
from .akoma_meta import People, Unwritable, meta_of
from .akoma_text import NAMESPACE, blocks, element, write
from .contents import anchors_of

__all__ = ["Unwritable", "to_akoma_ntoso"]

_NAMES: Final = {"minutes": "referat", "agenda": "dagsorden"}
_LATE: Final = "tillaegsdagsorden"
_TEXTS: Final = frozenset(("p", "heading", "num", "a", "b", "i", "person", "opinion", "vote"))
"""Elements in which white space is text."""


def to_akoma_ntoso(minutes: Minutes, *, address: str = "", version: int = 1) -> str:
    """An Akoma Ntoso document as text, with its XML declaration.

    `address` is the meeting's page on a site, `/horsens/jobudvalget/2025-06-18/`, by which the
    work is named; without it one is made of the names. `version` is the version of the document.

    Raises:
        Unwritable: the minutes lack what every such document must have: body and date.
    """
    people = People()
    anchors = anchors_of(minutes.items)
    # The body is written first: it tells who is to be listed among the references.
    body = element("mainBody")
    _attendance(body, minutes, people)
    inside, before = body, ""
    for item, anchor in zip(minutes.items, anchors, strict=True):
        heading = item.heading or ""
        if heading != before:
            inside = _chapter(body, heading) if heading else body
        before = heading
        _item(inside, item, anchor, people)
    if not len(body):
        write(element("p", body), "–")
    name = _NAMES.get(minutes.kind, _LATE)
    root = etree.fromstring(f'<akomaNtoso xmlns="{NAMESPACE}"/>')
    doc = element("doc", root, name=name)
    meta, work = meta_of(minutes, name, people, anchors, address, version)
    doc.append(meta)
    _preface(doc, minutes)
    doc.append(body)
    _attachments(doc, minutes, anchors, work)
    _spaced(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(root, encoding="unicode")}\n'


def _spaced(root: etree._Element) -> None:
    """Puts every element on a line of its own, but for those that stand in a text."""
    for one in root.iter():
        if len(one) and etree.QName(one).localname not in _TEXTS:
            one.text = "\n"
            for child in one:
                child.tail = "\n"


def _preface(doc: etree._Element, minutes: Minutes) -> None:
    preface = element("preface", doc)
    title = element("p", preface)
    write(element("docType", title), wording.KINDS[minutes.kind])
    for name, label in wording.FACTS.items():
        value = getattr(minutes, name)
        if value is None:
            continue
        line = element("p", preface)
        line.text = f"{label}: "
        shown = wording.date_said(value) if name == "date" else None
        if shown:
            write(element("docDate", line, date=value), shown)
        elif name == "committee":
            write(element("docAuthority", line, refersTo="#udvalg"), value)
        else:
            write(element("inline", line, name=name), value)


def _attendance(body: etree._Element, minutes: Minutes, people: People) -> None:
    if not minutes.members:
        return
    roll = element("rollCall", body, eId="deltagere")
    write(element("heading", roll), wording.MEMBERS)
    for member in minutes.members:
        line = element("p", roll)
        who = element("person", line, refersTo=people.of(member.name), **{"as": "#medlem"})
        write(who, member.name)
        independent = member.party == "independent"
        party = wording.INDEPENDENT if independent else member.party
        presence = "" if member.present is None else f", {wording.PRESENCE[member.present]}"
        write(line, (f" ({party})" if party else "") + presence)


def _chapter(body: etree._Element, heading: str) -> etree._Element:
    """The chapter of the items under a heading of the agenda."""
    chapter = element("chapter", body, eId=f"overskrift-{len(body.findall('{*}chapter')) + 1}")
    write(element("heading", chapter), heading)
    return chapter


def _item(body: etree._Element, item: Item, anchor: str, people: People) -> None:
    section = element("section", body, eId=anchor)
    if item.closed:
        section.set("class", "closed")
    if item.number:
        write(element("num", section), item.number)
    write(element("heading", section), item.title or (wording.CLOSED if item.closed else "–"))
    if item.case_number:
        line = element("p", element("intro", section))
        line.text = f"{wording.CASE_NUMBER}: "
        write(element("inline", line, name="case_number"), item.case_number)
    counts: dict[str, int] = {}
    for part in item.sections:
        _section(section, part, item, _eid(anchor, part.kind, counts))
    _derived(section, item, anchor, people, counts)
    if not section.findall("{*}hcontainer") and not item.case_number:
        write(element("p", element("content", section)), wording.CLOSED if item.closed else "")


def _eid(anchor: str, name: str, counts: dict[str, int]) -> str:
    """The name of a part of an item: `punkt-45__decision`, `punkt-45__other_2`."""
    counts[name] = counts.get(name, 0) + 1
    after = f"_{counts[name]}" if counts[name] > 1 else ""
    return f"{anchor}__{name}{after}"


def _section(parent: etree._Element, part: Section, item: Item, eid: str) -> None:
    container = element("hcontainer", parent, name=part.kind, eId=eid)
    outcomes = [
        decision.outcome
        for decision in item.decisions
        if part.kind == "decision" and decision.text == part.text.strip() and decision.outcome
    ]
    if outcomes:
        container.set("refersTo", f"#outcome-{outcomes[0]}")
    if part.label:
        write(element("heading", container), part.label)
    blocks(element("content", container), part.text, eid)


def _derived(
    parent: etree._Element, item: Item, anchor: str, people: People, counts: dict[str, int]
) -> None:
    """Who voted how, who dissented, who was absent and who takes part, as containers."""
    for vote in item.votes:
        eid = _eid(anchor, f"vote_{vote.choice}", counts)
        content = _content(parent, eid, "vote", wording.CHOICES[vote.choice])
        for name in vote.voters:
            reference = people.of(name)
            line = element("p", content)
            write(element("vote", line, by=reference, choice=f"#{vote.choice}"), name)
    for place, one in enumerate(item.statements, 1):
        eid = f"{anchor}__dissent_{place}"
        content = _content(parent, eid, "dissent", "Protokollat")
        line = element("p", content)
        for name in one.by:
            opinion = element("opinion", line, by=people.of(name), type="dissenting")
            write(opinion, name)
            opinion.tail = " "
        if one.text:
            blocks(content, one.text, eid)
    for key, label, names in (
        ("absent", wording.PRESENCE[False].capitalize(), item.absent),
        ("referral", "Begæret i kommunalbestyrelsen", item.referred_to_council_by),
    ):
        if names:
            content = _content(parent, f"{anchor}__{key}", key, label)
        for name in names:
            line = element("p", content)
            write(element("person", line, refersTo=people.of(name), **{"as": "#medlem"}), name)


def _content(parent: etree._Element, eid: str, name: str, label: str) -> etree._Element:
    """The content of a new container that says what was read out of the text."""
    container = element("hcontainer", parent, name=name, eId=eid)
    container.set("class", "derived")
    write(element("heading", container), label)
    return element("content", container)


def _attachments(doc: etree._Element, minutes: Minutes, anchors: Iterable[str], work: str) -> None:
    """The items' attachments by title, and by address where the document links to them."""
    titled = [
        (anchor, place, one)
        for item, anchor in zip(minutes.items, anchors, strict=True)
        for place, one in enumerate(item.attachments, 1)
    ]
    if not titled:
        return
    attachments = element("attachments", doc)
    for anchor, place, one in titled:
        eid = f"{anchor}__bilag_{place}"
        attachment = element("attachment", attachments, eId=eid)
        write(element("heading", attachment), one.title)
        address = one.address or f"{work}/!{eid}"
        element("documentRef", attachment, eId=f"{eid}__ref", href=address, showAs=one.title)
