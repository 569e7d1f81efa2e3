"""Printed styles: each real document in its own manner, and a municipality's own file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest

from sagsgang.minutes import (
    Attendance,
    Decision,
    Item,
    Minutes,
    Participant,
    Reference,
    RoutingMark,
    Section,
    read,
    read_bytes,
)
from sagsgang.minutes.writers import style
from sagsgang.minutes.writers.pdf import to_pdf
from sagsgang.minutes.writers.style import StyleError
from sagsgang.minutes.writers.styled import styled

from .renderings.comparison import differences


class Difference(NamedTuple):
    """Something that is not read again as it was: where, and why that must be."""

    where: str
    why: str


CONTENTS = Difference("contents", "the contents are this document's own, with its own pages")
NO_CONTENTS_FINDING = Difference(
    "findings", "the contents now name the items as they are called, so nothing differs there"
)
HYPHEN = "a word's own hyphen at the end of a line cannot be told from one that divides it"
HEADER = "the table has three header rows in print; a table has one"
NO_LINK = "'[…](#)' leads nowhere, so it is printed as it stands, and its end on a new line"
CONTINUED = (
    "a paragraph that goes on after a blank line is one paragraph when it is read from print"
)

DOCUMENTED = {
    "000": [CONTENTS],
    "001": [CONTENTS],
    "002": [CONTENTS, NO_CONTENTS_FINDING, Difference("item 92, sections[0]", CONTINUED)],
    "003": [
        CONTENTS,
        NO_CONTENTS_FINDING,
        Difference("item 47, sections[2]", HEADER),
        Difference("item 47, tables[0]", HEADER),
        Difference("item 48, sections[3]", "a star and a quotation mark change places"),
        Difference("item 49, sections[3]", HYPHEN),
        Difference("item 60, sections[3]", NO_LINK),
    ],
    "004": [CONTENTS, Difference("item 1, sections[3]", HYPHEN)],
}


def test_each_real_document_in_its_own_style_reads_the_same(seeds) -> None:
    for path in seeds:
        minutes = read(path)
        own = style.of_municipality(minutes.municipality)
        again = read_bytes(to_pdf(minutes, own), "x.pdf")
        found = {told.partition(":")[0] for told in differences(again, minutes)}
        assert found <= {one.where for one in DOCUMENTED[path.name[:3]]}, path.name


def test_a_real_document_is_left_as_it_is_by_its_own_style(seeds) -> None:
    for path in seeds:
        minutes = read(path)
        same = styled(minutes, style.of_municipality(minutes.municipality))
        for one, other in zip(same.items, minutes.items, strict=True):
            kinds = [(part.label, part.kind) for part in one.sections]
            assert kinds == [(part.label, part.kind) for part in other.sections]


DECIDED = Item(
    "4",
    "Køb af jord",
    "26/112",
    sections=(
        Section("Resumé", "summary", "Kort."),
        Section("Sagsfremstilling", "presentation", "Langt."),
        Section("Indstilling", "recommendation", "Direktionen indstiller, at sagen drøftes."),
        Section("Beslutning", "decision", "Godkendt."),
        Section("Fraværende", "absence", "Per Lund, Kim Dahl"),
        Section("Bilag", "attachments", "Kort"),
    ),
    decisions=(Decision("Godkendt.", "approved"),),
    absent=("Per Lund", "Kim Dahl"),
    decided_by="Byrådet",
    author="IH",
    routing=(RoutingMark("DIR", True), RoutingMark("BYR", False)),
)
MEETING = Minutes(
    "Lindvig",
    "Jobudvalget",
    term="2026-2029",
    date="2026-03-04",
    start_time="15:30",
    place="Rådhuset",
    members=(Attendance("Ida Holm", "A", True), Attendance("Per Lund", "V", False)),
    items=(DECIDED,),
)


def sections(name: str, item: Item = DECIDED) -> list[tuple[str, str]]:
    [shown] = styled(replace(MEETING, items=(item,)), style.named(name)).items
    return [(part.label, part.text) for part in shown.sections]


def test_horsens_decides_before_the_case_and_says_absence_in_a_sentence() -> None:
    assert sections("horsens") == [
        ("Resume", "Kort.\n\nSagen afgøres af Byrådet."),
        ("Indstilling", "Direktionen indstiller, at sagen drøftes."),
        ("Beslutning", "Godkendt.\n\nPer Lund og Kim Dahl deltog ikke i mødet."),
        ("Sagsfremstilling", "Langt.\n\n/IH"),
        ("Bilag", "Kort"),
        ("Kommunikation", "| DIR | BYR |\n| --- | --- |\n| X |  |"),
    ]


def test_haderslev_names_body_and_day_and_ends_with_absence() -> None:
    labels = [label for label, _ in sections("haderslev")]
    assert "Beslutning i Jobudvalget den 04-03-2026" in labels
    assert labels[0] == "Sagsindhold"
    assert labels.index("Sagsfremstilling") < labels.index("Indstilling")


def test_herning_has_the_matrix_first_and_who_recommends_as_heading() -> None:
    shown = sections("herning")
    assert shown[0] == ("Kommunikation", "| DIR | BYR |\n| --- | --- |\n| X |  |")


def test_gladsaxe_decides_first() -> None:
    labels = [label for label, _ in sections("gladsaxe")]
    assert labels.index("Beslutning") < labels.index("Gennemgang af sagen")
    assert labels.index("Resumé") < labels.index("Indstilling")


def test_what_no_section_says_is_added_and_never_twice() -> None:
    item = Item(
        "1",
        "A",
        decisions=(Decision("Drøftet."),),
        absent=("Per Lund",),
        participants=(Participant("Eva Krag", "leder"),),
        related=(Reference("Byrådet", "2026-01-07", "3"),),
    )
    once = [
        ("Beslutning", "Drøftet."),
        ("Deltager i sagens behandling", "Eva Krag, leder"),
        ("Relateret behandling", "Byrådet 7. januar 2026, punkt 3"),
        ("Fraværende", "Per Lund"),
    ]
    assert sections("standard", item) == once
    [shown] = styled(replace(MEETING, items=(item,)), style.standard()).items
    assert sections("standard", shown) == once


def test_another_bodys_decision_keeps_its_heading() -> None:
    item = Item(
        "1",
        "A",
        sections=(
            Section("Beslutning i Økonomiudvalget den 02-03-2026", "decision", "Anbefalet."),
        ),
        decisions=(Decision("Anbefalet.", committee="Økonomiudvalget", date="2026-03-02"),),
    )
    assert sections("horsens", item)[0][0] == "Beslutning i Økonomiudvalget den 02-03-2026"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("standard", "Referat · Jobudvalget 2026-2029 · 4. marts 2026"),
        ("horsens", "REFERAT Jobudvalget d. 04-03-2026"),
        ("haderslev", "REFERAT Jobudvalget (2026-2029) d. 04-03-2026"),
        ("gladsaxe", "REFERAT Jobudvalget 2026-2029 d. 04-03-2026"),
    ],
)
def test_the_head_is_the_municipalitys(name: str, title: str) -> None:
    document = pypdfium2.PdfDocument(to_pdf(MEETING, style.named(name)))
    assert document.get_metadata_value("Title") == title
    if name != "standard":
        words = " ".join(document[0].get_textpage().get_text_range().split())
        assert "Mødedato Onsdag d." in words
        assert "Per Lund (V) (Fravær)" in words


def test_a_municipality_brings_its_own(tmp_path: Path) -> None:
    file = tmp_path / "lindvig.toml"
    file.write_text('[municipality]\nname = "Lindvig"\n[items]\nheading = "{number}. {title}"\n')
    own = style.loaded(file)
    assert own.name == "lindvig"
    words = pypdfium2.PdfDocument(to_pdf(MEETING, own))[0].get_textpage().get_text_range()
    assert "4. Køb af jord" in words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[items\n", "ikke gyldig TOML"),
        ('[punkter]\na = "b"\n', "»punkter.a« i stilen egen.toml kendes ikke"),
        ('top = "b"\n', "»top« i stilen egen.toml kendes ikke"),
        ('[head]\ntitle = "A"\n', "skal være en liste af tekster"),
        ('[head]\nfacts = ["A"]\n', "skal være en liste af lister af tekster"),
        ('[items]\nheading = "{nummer}"\n', "Feltet {nummer} i »items.heading«"),
        ('[absence]\nat = "top"\n', "Den kan være section, decision, head"),
        ('[sections]\norder = ["resume"]\n', "har »resume«"),
        ('[sections.labels]\nresume = ["A"]\n', "typen »resume«"),
        ('[sections.labels]\nsummary = "A"\n', "skal være en liste af tekster"),
    ],
)
def test_a_fault_in_a_style_is_told(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "egen.toml"
    file.write_text(text)
    with pytest.raises(StyleError) as caught:
        style.loaded(file)
    assert said in str(caught.value)


def test_a_style_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StyleError, match="kan ikke læses"):
        style.loaded(tmp_path / "ingen.toml")
    with pytest.raises(StyleError, match="Vælg en af standard"):
        style.named("odense")


def test_every_style_is_in_shape() -> None:
    assert style.names() == ("standard", "gladsaxe", "haderslev", "herning", "horsens")
    for name in style.names():
        assert style.named(name).name == name
