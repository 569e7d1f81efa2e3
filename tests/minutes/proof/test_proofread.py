"""What a careful secretary would stop at, and what she would let be."""

from __future__ import annotations

import io

import docx
import pytest

from sagsgang.minutes import (
    Attachment,
    Attendance,
    Decision,
    Item,
    Minutes,
    Recommendation,
    Section,
    Step,
    Table,
    read,
)
from sagsgang.minutes.proof import proofread
from sagsgang.minutes.proof.language import readability, sentences
from sagsgang.minutes.proof.markup import headings_in
from sagsgang.minutes.writers import to_html
from sagsgang.minutes.writers.docx import to_docx


def _item(text: str = "", **fields) -> Item:
    given = {
        "number": "4",
        "title": "Indsats for ledige",
        "sections": (Section("Sagsfremstilling", "presentation", text),),
        "decisions": (Decision("Godkendt.", "approved"),),
    }
    return Item(**{**given, **fields})


def _codes(*items: Item, **fields) -> list[str]:
    given = {"municipality": "Lindvig", "committee": "Jobudvalget", "date": "2026-03-04"}
    return [remark.code for remark in proofread(Minutes(items=items, **{**given, **fields}))]


def _told(text: str, **fields) -> list[str]:
    return _codes(_item(text, **fields))


def test_a_document_without_faults_has_no_remarks() -> None:
    assert _told("Flere er kommet i job siden onsdag den 4. marts 2026.") == []


@pytest.mark.parametrize("field", ["municipality", "committee", "date"])
def test_a_head_that_lacks_something(field: str) -> None:
    assert _codes(_item(), **{field: None}) == [f"{field}_missing"]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"title": None}, ["title_missing"]),
        ({"title": None, "closed": True, "decisions": ()}, []),
        ({"decisions": ()}, ["decision_missing"]),
        ({"decisions": (), "title": "Underskriftsside"}, []),
        (
            {"decisions": (Decision("Indstillingen tiltrådt.", "approved"),)},
            ["recommendation_missing"],
        ),
        (
            {
                "decisions": (Decision("Indstillingen tiltrådt.", "approved"),),
                "recommendation": Recommendation("Direktionen", ("sagen godkendes",)),
            },
            [],
        ),
    ],
)
def test_parts_that_an_item_should_have(fields: dict, codes: list[str]) -> None:
    assert _told("", **fields) == codes


def test_an_agenda_decides_nothing() -> None:
    assert _codes(_item(decisions=()), kind="agenda") == []


@pytest.mark.parametrize(
    ("text", "titles", "codes"),
    [
        ("Se bilag.", (), ["attachment_missing"]),
        ("Planen er vedlagt som bilag 1.", (), ["attachment_missing"]),
        ("Planen fremgår af bilag 1.", ("Plan",), []),
        ("Planen fremgår af bilag 3.", ("Plan", "Kort"), ["attachment_missing"]),
        ("Bilag 1 og bilag 2 er sendt.", (), ["attachment_missing"]),
        ("Udvalget drøftede bilag generelt.", (), []),
    ],
)
def test_attachments_that_are_spoken_of(text: str, titles: tuple, codes: list[str]) -> None:
    assert _told(text, attachments=tuple(Attachment(title) for title in titles)) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("tirsdag den 4. marts 2026", ["weekday_differs"]),
        ("Onsdag d. 04.03.2026", []),
        ("senest den 31. juni", ["date_impossible"]),
        ("den 29. februar 2026", ["date_impossible"]),
        ("den 29. februar", []),
        ("den 29. februar 2024", []),
        ("senest den 3. marts 2062", ["year_unlikely"]),
        ("i budgettet frem til den 31. december 2037", []),
    ],
)
def test_dates_that_cannot_be(text: str, codes: list[str]) -> None:
    assert _told(text) == codes


def test_a_slip_of_the_year_is_told_with_the_year_that_fits() -> None:
    [remark] = proofread(
        Minutes(
            "Lindvig",
            "Jobudvalget",
            None,
            "minutes",
            "2026-03-04",
            items=(_item("onsdag den 4. marts 2025"),),
        )
    )
    assert "Skal der stå 2026?" in remark.words.danish
    assert remark.quote == "onsdag den 4. marts 2025"


def test_a_next_treatment_before_the_meeting() -> None:
    assert _told("", next_steps=(Step("Byrådet", "2025-03-25"),)) == ["step_before_meeting"]
    assert _told("", next_steps=(Step("Byrådet", "2026-03-25"), Step("Byrådet"))) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Se også punkt 9.", ["reference_missing"]),
        ("Jf. punkt 4.", []),
        ("Jf. punkt 9 på mødet den 4. februar 2026.", []),
        ("Se punkt 9 i Byrådet.", []),
        ("Som nævnt i punkt 9.", []),
    ],
)
def test_references_to_items_that_are_not_there(text: str, codes: list[str]) -> None:
    assert _told(text) == codes


def test_a_members_name_that_is_misspelt() -> None:
    members = (Attendance("Karin Østergaard", "A", True), Attendance("Jens Mølgaard", "V", True))
    text = "Karin Østergard spurgte, og Jens Mølgaard svarede. Ida Holm deltog."
    remarks = proofread(
        Minutes("Lindvig", "Jobudvalget", date="2026-03-04", members=members, items=(_item(text),))
    )
    assert [(one.code, one.quote) for one in remarks] == [("name_misspelt", "Karin Østergard")]
    assert "Karin Østergaard" in remarks[0].words.danish


def test_a_cpr_number_is_told_and_never_repeated() -> None:
    minutes = Minutes(
        "Lindvig", "Jobudvalget", date="2026-03-04",
        items=(_item("Borger (CPR 010190-1234)", attachments=(Attachment("Brev 070761-4285"),)),),
    )  # fmt: skip
    remarks = proofread(minutes)
    assert [(one.code, one.place) for one in remarks] == [
        ("cpr_number", "Sagsfremstilling"),
        ("cpr_number", "Bilag"),
    ]
    assert not any("190" in str(one.to_dict()) or "4285" in str(one.to_dict()) for one in remarks)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("# Mål\n\n### Delmål\n\nTekst.", ["heading_skipped"]),
        ("## Mål\n\n### Delmål\n\n## Tid", []),
        ("![](kurve.png)", ["picture_without_text"]),
        ("![Kurve over ledige](kurve.png)", []),
        ("## Mål\n\nSe [målene](#mål).", []),
        ("Se [målene](#andet).", ["link_dead"]),
        ("Læs mere [her](https://eksempel.dk).", ["link_says_nothing"]),
        ("Læs [planen for 2026](https://eksempel.dk).", []),
    ],
)
def test_markup_that_a_screen_reader_would_stumble_over(text: str, codes: list[str]) -> None:
    assert _told(text) == codes


def test_a_table_that_does_not_add_up() -> None:
    rows = (("Ydelse", "Antal"), ("Dagpenge", "400"), ("Sygedagpenge", "300"), ("I alt", "710"))
    assert _told("", tables=(Table(rows),)) == ["total_differs"]
    assert _told("", tables=(Table((*rows[:3], ("I alt", "700"))),)) == []


def test_a_long_sentence() -> None:
    assert _told("Vi mener " + "og mener " * 25 + "det.") == ["sentence_long"]


def test_a_hard_text() -> None:
    sentence = "Beskæftigelsesforvaltningens arbejdsmarkedspolitiske kompetenceudviklingsindsatser "
    assert "text_hard" in _told((sentence * 3 + "fortsætter. ") * 10)
    assert _told("Vi ser på det. " * 40) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Det er godt. Det er nyt.", 2),
        ("Ca. 5 pct. af de ledige, bl.a. unge, er i job.", 1),
        ("Det sker d. 4. marts kl. 15.30 i Byen.", 1),
        ("- et punkt\n- et andet\n- et tredje", 3),
        ("| a | b |\n|---|---|\n| 1 | 2 |", 0),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_lix_is_words_a_sentence_and_the_share_of_long_words() -> None:
    # Ten words in two sentences, two of them longer than six letters: 5 + 20.
    assert readability("Her er en kort sætning nu. Kommunen har den med.").lix == 5 + 20
    assert readability("").lix == 0


def test_a_remark_is_known_again_by_its_words() -> None:
    [first] = proofread(Minutes("L", "J", date="2026-03-04", items=(_item("Se punkt 9."),)))
    [again] = proofread(Minutes("L", "J", date="2026-03-04", items=(_item("Se punkt 9. Ja."),)))
    [other] = proofread(Minutes("L", "J", date="2026-03-04", items=(_item("Se punkt 8."),)))
    assert first.key == again.key != other.key


def test_the_document_comes_first_and_what_is_grave_before_advice() -> None:
    items = (_item("Læs [her](https://eksempel.dk). Den 31. juni."), _item(decisions=()))
    assert _codes(*items, committee=None) == [
        "committee_missing",
        "date_impossible",
        "link_says_nothing",
        "decision_missing",
    ]


def test_published_minutes_have_no_errors(seeds: list) -> None:
    """The five real documents went out: what stops a document must not be found in them."""
    grave = [
        remark.to_dict()
        for path in seeds
        for remark in proofread(read(path))
        if remark.severity == "error"
    ]
    assert grave == []


def _word_file(*headings: int) -> bytes:
    document = docx.Document()
    for level in headings:
        document.add_heading(f"Niveau {level}", level)
        document.add_paragraph("Tekst.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<!doctype html><h1>Referat</h1><h2>Punkt 1</h2><h4>Baggrund</h4>", ["Baggrund"]),
        (b"<!doctype html><h1>Referat</h1><h2>Punkt 1</h2><h3>Resume</h3><h2>Punkt 2</h2>", []),
        (_word_file(1, 2, 4, 2), ["Niveau 4"]),
        (_word_file(0, 1, 2), []),
        (b"# Referat\n\n### Punkt 1\n", []),
    ],
    ids=["page", "good page", "word", "good word", "no levels that somebody set"],
)
def test_a_files_own_headings_skip_no_level(data: bytes, told: list[str]) -> None:
    found = headings_in(data)
    assert [(one.code, one.quote) for one in found] == [("heading_skipped", one) for one in told]


def test_what_the_program_writes_skips_no_level() -> None:
    text = "Før.\n\n**Baggrund**\n\nTekst."
    written = Minutes(committee="Jobudvalget", items=(_item(text),))
    assert headings_in(to_html(written).encode()) == headings_in(to_docx(written)) == []
