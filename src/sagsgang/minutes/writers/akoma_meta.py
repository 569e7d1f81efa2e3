"""What an Akoma Ntoso document says of itself: its names, its day, and whom it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from lxml import etree

from ..danish.slugs import slug_of
from ..model import Minutes
from . import wording
from .akoma_text import element

_SITE: Final = "#sagsgang"
_KLE: Final = "http://www.kle-online.dk/emneplan/"


class Unwritable(ValueError):
    """The minutes cannot be written in this form; the message says what they lack."""


class People:
    """Those whom a document names, each once, in the order in which they are named."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The reference to a person: `#person-ida-holm`."""
        if name not in self._names:
            first = eid = f"person-{slug_of(name) or 'uden-navn'}"
            taken = set(self._names.values())
            count = 1
            while eid in taken:
                count += 1
                eid = f"{first}-{count}"
            self._names[name] = eid
        return f"#{self._names[name]}"

    def named(self) -> Iterable[tuple[str, str]]:
        """Names and their places among the references."""
        return self._names.items()


def meta_of(
    minutes: Minutes,
    name: str,
    people: People,
    anchors: Sequence[str],
    address: str,
    version: int,
) -> tuple[etree._Element, str]:
    """The document's `meta`, and the work's IRI.

    Raises:
        Unwritable: body or date is not known.
    """
    day = minutes.date
    if not minutes.committee or not day or not wording.date_said(day):
        raise Unwritable(
            "Akoma Ntoso kræver, at mødets udvalg og dato er kendt, og det er de ikke her. "
            "Vælg et andet format."
        )
    place = slug_of(minutes.municipality or "")
    address = address or f"/{place or 'dk'}/{slug_of(minutes.committee)}/{day}/"
    locality, *_, body, _day = address.strip("/").split("/")
    country = f"dk-{locality}" if place else "dk"
    work = f"/akn/{country}/doc/{name}/{body}/{address.strip('/').rpartition('/')[2]}"
    meta = element("meta")
    _identification(meta, minutes, name, work, address, version)
    _classification(meta, minutes, anchors)
    _lifecycle(meta, day)
    _references(meta, minutes, people, locality, body)
    return meta, work


def _identification(
    meta: etree._Element, minutes: Minutes, name: str, work: str, address: str, version: int
) -> None:
    day = minutes.date or ""
    identification = element("identification", meta, source=_SITE)
    expression = f"{work}/dan@{day}"
    names = {"FRBRWork": work, "FRBRExpression": expression, "FRBRManifestation": expression}
    for level, iri in names.items():
        part = element(level, identification)
        ending = ".akn" if level == "FRBRManifestation" else ""
        element("FRBRthis", part, value=f"{iri}/!main{ending}")
        element("FRBRuri", part, value=f"{iri}{ending}")
        if level == "FRBRWork":
            element("FRBRalias", part, name="address", value=address)
        element("FRBRdate", part, date=day, name="mødedato")
        by, role = ("#udvalg", "#author") if ending == "" else (_SITE, "#editor")
        element("FRBRauthor", part, href=by, **{"as": role})
        if level == "FRBRWork":
            element("FRBRcountry", part, value="dk")
            element("FRBRsubtype", part, value=name)
            element("FRBRname", part, value=wording.headline(minutes))
        elif level == "FRBRExpression":
            element("FRBRversionNumber", part, value=str(version))
            element("FRBRlanguage", part, language="dan")
        else:
            element("FRBRformat", part, value="application/akn+xml")


def _classification(meta: etree._Element, minutes: Minutes, anchors: Sequence[str]) -> None:
    """The items' KLE numbers, each pointing to its item."""
    numbered = [
        (item, anchor)
        for item, anchor in zip(minutes.items, anchors, strict=True)
        if item.kle is not None
    ]
    if not numbered:
        return
    classification = element("classification", meta, source=_SITE)
    for item, anchor in numbered:
        kle = item.kle or ""
        element(
            "keyword", classification, eId=f"{anchor}__kle", value=kle, showAs=kle,
            dictionary=_KLE, href=f"#{anchor}",
        )  # fmt: skip


def _lifecycle(meta: etree._Element, day: str) -> None:
    lifecycle = element("lifecycle", meta, source=_SITE)
    element("eventRef", lifecycle, eId="moede", date=day, source="#udvalg", type="generation")


def _references(
    meta: etree._Element, minutes: Minutes, people: People, locality: str, body: str
) -> None:
    references = element("references", meta, source=_SITE)
    ontology = "/akn/ontology"

    def listed(kind: str, eid: str, path: str, shown: str) -> None:
        href = f"{ontology}/{path}"
        element(f"TLC{kind}", references, eId=eid, href=href, showAs=shown)

    listed("Organization", "sagsgang", "organization/sagsgang", "Sagsgang")
    if minutes.municipality:
        shown = f"{minutes.municipality} Kommune"
        listed("Organization", "kommune", f"organization/dk/{locality}", shown)
    listed("Organization", "udvalg", f"organization/dk/{locality}/{body}", minutes.committee or "")
    for name, eid in people.named():
        listed("Person", eid, f"person/dk/{locality}/{eid.removeprefix('person-')}", name)
    listed("Role", "author", "role/author", "Forfatter")
    listed("Role", "editor", "role/editor", "Udgiver")
    listed("Role", "medlem", "role/dk/medlem", "Medlem")
    outcomes = {one.outcome for item in minutes.items for one in item.decisions if one.outcome}
    for outcome in sorted(outcomes):
        path = f"concept/dk/outcome/{outcome}"
        listed("Concept", f"outcome-{outcome}", path, wording.OUTCOMES[outcome])
    choices = {vote.choice for item in minutes.items for vote in item.votes}
    for choice in sorted(choices):
        listed("Concept", choice, f"concept/dk/choice/{choice}", wording.CHOICES[choice])
