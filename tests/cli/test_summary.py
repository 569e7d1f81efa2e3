"""The picture of a set of minutes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from sagsgang.cli.console import Terminal
from sagsgang.cli.language import speak
from sagsgang.cli.summary import picture
from sagsgang.minutes import (
    Attachment,
    Attendance,
    Decision,
    Explanation,
    Finding,
    Item,
    Minutes,
    Source,
    Statement,
    Step,
    Table,
    Vote,
)

PAPER = Terminal(80, styled=False, coloured=False)
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")

MEETING = Minutes(
    municipality="Lindvig",
    committee="Beskæftigelsesudvalget",
    term="2026-2029",
    date="2026-03-04",
    start_time="17:00",
    place="Rådhuset, lokale 114",
    members=(
        Attendance("Birthe Halkær", "A", present=True),
        Attendance("Mads Ulvskov", "independent", present=True),
        Attendance("Sune Brinkhede", "V", present=False),
    ),
    source=Source("marts.pdf", "application/pdf", "0" * 64, 4),
)


def items(*some: Item, **changes: object) -> Minutes:
    return replace(MEETING, items=some, **changes)  # type: ignore[arg-type]


def decided(text: str, outcome: str | None = "approved", **more: object) -> Item:
    decision = Decision(text, outcome)  # type: ignore[arg-type]
    return Item("1", "Budgetopfølgning", decisions=(decision,), **more)  # type: ignore[arg-type]


def shown(minutes: Minutes, terminal: Terminal = PAPER, *, explain: bool = False) -> list[str]:
    return picture(minutes, terminal, explain=explain).splitlines()


def folded(minutes: Minutes, *, explain: bool = False) -> str:
    """The picture's words, without line breaks and indentation."""
    return " ".join(picture(minutes, PAPER, explain=explain).split())


def test_the_head_says_who_met_and_when() -> None:
    assert shown(MEETING) == [
        "Lindvig Kommune",
        "Beskæftigelsesudvalget 2026-2029",
        "Referat · onsdag den 4. marts 2026 kl. 17.00 · Rådhuset, lokale 114",
        "marts.pdf",
        "",
        "Til stede     Birthe Halkær (A), Mads Ulvskov (uden for parti)",
        "Fraværende    Sune Brinkhede (V)",
        "",
        "Ingen punkter.",
    ]


def test_the_head_is_in_english_for_those_who_read_that() -> None:
    speak("en")
    assert shown(MEETING)[:3] == [
        "Lindvig Municipality",
        "Beskæftigelsesudvalget 2026-2029",
        "Minutes · Wednesday 4 March 2026, 17:00 · Rådhuset, lokale 114",
    ]


def test_what_a_document_does_not_say_is_said_not_to_be_there() -> None:
    assert shown(Minutes()) == [
        "(udvalget er ikke nævnt)",
        "Referat · (datoen er ikke nævnt)",
        "",
        "Ingen punkter.",
    ]


def test_members_whose_presence_is_not_told_are_members() -> None:
    minutes = replace(MEETING, members=(Attendance("Birthe Halkær"),))
    assert "Medlemmer     Birthe Halkær" in shown(minutes)


def test_items_stand_in_columns_with_the_outcome_as_word_and_shape() -> None:
    minutes = items(
        decided("Godkendt."),
        Item("2", "Orientering", decisions=(Decision("Taget til efterretning.", "noted"),)),
        Item("3", None, closed=True),
        Item("4", "Eventuelt"),
    )
    assert shown(minutes)[-4:] == [
        "1  ● Godkendt                Budgetopfølgning",
        "2  ○ Taget til efterretning  Orientering",
        "3  ■ Lukket                  (lukket punkt)",
        "4  · Ingen beslutning        Eventuelt",
    ]


def test_on_a_narrow_terminal_the_title_stands_under_the_outcome() -> None:
    lines = shown(items(decided("Godkendt.")), Terminal(44, styled=False, coloured=False))
    assert lines[-2:] == ["1  ● Godkendt", "   Budgetopfølgning"]


def test_an_agenda_decides_nothing_and_shows_nothing() -> None:
    minutes = items(Item("1", "Budgetopfølgning"), kind="agenda")
    assert shown(minutes)[2].startswith("Dagsorden · ")
    assert shown(minutes)[-1] == "1  Budgetopfølgning"


def test_a_decision_that_says_more_than_its_outcome_is_quoted() -> None:
    assert "»" not in folded(items(decided("Godkendt.")))
    quoted = folded(
        items(decided("**Udvalget** tiltrådte hele [indstillingen](https://lindvig.dk)."))
    )
    assert "»Udvalget tiltrådte hele indstillingen.«" in quoted


def test_a_long_decision_is_cut_between_words() -> None:
    quoted = folded(items(decided("Udvalget besluttede " + "at drøfte sagen igen " * 40)))
    assert re.search(r"»Udvalget besluttede .* (?:at|drøfte|sagen|igen) …«", quoted)


def test_a_decision_of_another_body_is_told_as_such() -> None:
    other = Decision("Udsat.", "postponed", committee="Økonomiudvalget", date="2026-03-10")
    own = Decision("Godkendt.", "approved", committee="BESKÆFTIGELSESUDVALGET", date="2026-03-04")
    told = folded(items(Item("1", "Budgetopfølgning", decisions=(other, own))))
    assert "1 ● Godkendt Budgetopfølgning" in told
    assert "Også besluttet: Økonomiudvalget 10. marts 2026 Udsat" in told


def test_votes_dissent_and_what_follows_are_told() -> None:
    item = decided(
        "Godkendt.",
        votes=(Vote("for", ("A", "C")), Vote("against", ("Mads Ulvskov",)), Vote("abstain")),
        statements=(Statement(("Mads Ulvskov",), "For dyrt."), Statement(("Sune Brinkhede",))),
        referred_to_council_by=("Mads Ulvskov",),
        decided_by="Byrådet",
        next_steps=(Step("Byrådet", "2026-03-25"), Step("Handicaprådet")),
        case_number="24-7-00.22.04-P35",
        attachments=(Attachment("Notat"), Attachment("Budget")),
        tables=(Table((("a",),)),),
    )
    assert [line.strip() for line in shown(items(item))[-9:]] == [
        "For: A, C",
        "Imod: Mads Ulvskov",
        "Undlod at stemme: –",
        "Særudtalelse fra Mads Ulvskov: »For dyrt.«",
        "Kan ikke tiltræde: Sune Brinkhede",
        "Begæret afgjort af byrådet: Mads Ulvskov",
        "Afgøres af: Byrådet",
        "Videre forløb: Byrådet 25. marts 2026, Handicaprådet",
        "Sag 24-7-00.22.04-P35 · 2 bilag · 1 tabel",
    ]


def test_what_has_a_line_of_its_own_is_not_quoted_as_well() -> None:
    item = decided(
        "Et flertal (Birthe Halkær og Mads Ulvskov) stemte for indstillingen.\n\n"
        "Sune Brinkhede afgav følgende protokollat:\n\n"
        '"Det er for dyrt."\n\n'
        "Udvalget godkendte indstillingen med det.\n\n"
        "Karoline Tvedskov deltog ikke i mødet.",
        votes=(Vote("for", ("Birthe Halkær", "Mads Ulvskov")),),
        statements=(Statement(("Sune Brinkhede",), "Det er for dyrt."),),
        absent=("Karoline Tvedskov",),
    )
    assert (
        "»Sune Brinkhede afgav følgende protokollat: Udvalget godkendte indstillingen med det.«"
        in folded(items(item))
    )


def test_a_committee_that_settles_its_own_case_is_not_told_of() -> None:
    assert "Afgøres" not in folded(items(decided("Godkendt.", decided_by="beskæftigelsesudvalget")))


def absent(number: str, *names: str) -> Item:
    return Item(number, "Punkt", absent=names)


def test_the_same_absence_in_many_items_is_told_once() -> None:
    told = folded(
        items(*(absent(number, "Ida Lo", "Bo Eg") for number in "1236"), absent("7", "Bo Eg"))
    )
    assert told.count("Ida Lo") == 1
    assert "Fraværende Ida Lo, Bo Eg (punkt 1–6)" in told
    assert told.endswith("7 · Ingen beslutning Punkt Fraværende: Bo Eg")


def test_the_items_of_an_absence_are_told_as_runs() -> None:
    numbers = ("1", "2", "3"), ("4",), ("5", "6"), ("7",), ("8",)
    some = [
        Item(number, "Punkt", absent=("Bo Eg",) if len(run) > 1 or number == "8" else ())
        for run in numbers
        for number in run
    ]
    assert "Fraværende Bo Eg (punkt 1–3, 5–6, 8)" in folded(items(*some))


def test_an_absence_that_the_head_tells_is_not_told_again() -> None:
    minutes = items(absent("1", "Sune Brinkhede"), absent("2", "Sune Brinkhede"))
    assert folded(minutes).count("Sune Brinkhede") == 1


def test_findings_are_gathered_by_what_they_mean() -> None:
    minutes = items(
        findings=(
            Finding("item_missing", 'Listed, not found: "Mødekalender".', "5"),
            Finding("routing_unclear", "One mark.", "2"),
            Finding("item_missing", 'Listed, not found: "Klimaplan".', "6"),
            Finding("text_unplaced", "Text of a lost page: Udvalget drøftede **oplægget**."),
            Finding("total_differs", "Row 3: 2 printed, 4 found.", "7"),
        )
    )
    lines = shown(minutes)
    assert lines[lines.index("! Fund") :] == [
        "! Fund",
        "  Punkt 5, 6: Står i indholdsfortegnelsen, men ikke i referatet. Er det lukket,",
        "  eller mangler en side?",
        "  5 »Mødekalender«",
        "  6 »Klimaplan«",
        "  Punkt 2: Et kryds i et skema kan stå i flere kolonner. Slå det op i det",
        "  oprindelige dokument.",
        "  Tekst, som ikke hører til noget punkt. Måske mangler der en side.",
        "  »Udvalget drøftede oplægget.«",
        "  Punkt 7: En tabel stemmer ikke, og afrunding forklarer det ikke.",
        "  Row 3: 2 printed, 4 found.",
    ]


def test_rules_are_told_to_those_who_ask() -> None:
    minutes = items(
        decided("Godkendt."),
        explanations=(
            Explanation("/municipality", "municipality.most_named"),
            Explanation("/items/0/decisions/0/outcome", "outcome.approved"),
        ),
        findings=(Finding("routing_unclear", "One mark.", "1"),),
    )
    assert "outcome.approved" not in folded(minutes)
    told = folded(minutes, explain=True)
    assert "Udledt municipality ← municipality.most_named" in told
    assert "Budgetopfølgning Udledt: decisions/0/outcome ← outcome.approved" in told
    assert told.endswith("One mark. routing_unclear")


# --- what a terminal is given ----------------------------------------------------------------


def test_paper_has_no_styles() -> None:
    assert "\x1b" not in picture(items(decided("Godkendt.")), PAPER)


def test_a_terminal_has_colours_and_without_them_bold_and_faint_text() -> None:
    minutes = items(decided("Godkendt."))
    coloured = picture(minutes, Terminal(80, styled=True, coloured=True))
    plain = picture(minutes, Terminal(80, styled=True, coloured=False))
    assert "\x1b[32m● Godkendt" in coloured
    assert "\x1b[1mBudgetopfølgning" in coloured
    assert "\x1b[1mBudgetopfølgning" in plain
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", plain)
    assert ESCAPE.sub("", coloured) == ESCAPE.sub("", plain) == picture(minutes, PAPER)


ANYTHING = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x1b\x07\x08\x9b\u202e[]m31;\n\t"),
    max_size=60,
)


@st.composite
def meetings(draw: st.DrawFn) -> Minutes:
    """Minutes with anything at all in their texts."""

    def text() -> str:
        return draw(ANYTHING)

    return Minutes(
        municipality=text(),
        committee=text(),
        date=text(),
        place=text(),
        members=(Attendance(text(), text(), present=draw(st.booleans())),),
        items=tuple(
            Item(
                text(),
                text(),
                case_number=text(),
                decisions=(Decision(text(), "approved", committee=draw(st.none() | ANYTHING)),),
                votes=(Vote("for", (text(),)),),
                statements=(Statement((text(),), text()),),
                absent=(text(),),
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        findings=(Finding("text_unplaced", text(), text()), Finding(text(), text())),
        explanations=(Explanation(text(), text()),),
        source=Source(text(), "", ""),
    )


@given(meetings(), st.integers(40, 100), st.booleans())
@settings(max_examples=40)
def test_no_text_breaks_the_picture_or_commands_the_terminal(
    minutes: Minutes, width: int, styled: bool
) -> None:
    printed = picture(minutes, Terminal(width, styled, coloured=styled), explain=True)
    bare = ESCAPE.sub("", printed) if styled else printed
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", bare)
    assert all(cell_len(line) <= width for line in bare.splitlines())


@pytest.mark.parametrize("text", ["[" * 200_000, "**" * 200_000, "x " * 200_000])
def test_a_text_as_long_as_a_document_is_not_read_to_its_end(text: str) -> None:
    finding = Finding("text_unplaced", f"No items were found. Text: {text}")
    assert len(picture(items(decided(text), findings=(finding,)), PAPER)) < 2000
