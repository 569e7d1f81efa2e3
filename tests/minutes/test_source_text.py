"""Markdown and plain text as blocks: what each printed form becomes, and where it stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block
from sagsgang.minutes.sources import text as source
from sagsgang.minutes.sources.text import blocks_of_text, normalise, read_text
from sagsgang.minutes.sources.text_furniture import without_furniture


def kinds(text: str) -> list[str]:
    return [block.kind for block in blocks_of_text(text)]


def texts(text: str) -> list[str]:
    return [block.text for block in blocks_of_text(text)]


def only(text: str) -> Block:
    (block,) = blocks_of_text(text)
    return block


# --- headings, paragraphs, emphasis ----------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "level", "title"),
    [
        ("# Referat", 1, "Referat"),
        ("###### Beslutning", 6, "Beslutning"),
        ("## **Beslutning**", 2, "Beslutning"),
        ("## Beslutning ##", 2, "Beslutning"),
        ("##Beslutning", 2, "Beslutning"),
        ("   ## Punkt 1: Budget", 2, "Punkt 1: Budget"),
    ],
)
def test_headings_have_a_level_and_no_marks(line: str, level: int, title: str) -> None:
    block = only(line)

    assert (block.kind, block.level, block.text, block.strong) == (HEADING, level, title, True)


def test_marks_without_a_heading_print_nothing() -> None:
    assert texts("##\n\nTekst") == ["Tekst"]


@pytest.mark.parametrize(
    "line", ["**Beslutning**", "<b>Beslutning</b>", "<strong>Beslutning</strong>"]
)
def test_a_line_in_bold_is_strong_and_loses_the_marks(line: str) -> None:
    block = only(line)

    assert (block.kind, block.text, block.strong) == (TEXT, "Beslutning", True)


def test_bold_inside_a_line_stays() -> None:
    block = only("**Mødested:** Rådhuset, **lokale 2**")

    assert (block.text, block.strong) == ("**Mødested:** Rådhuset, **lokale 2**", False)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (r"Sag 1\. \*haster\*", "Sag 1. *haster*"),
        ("Job &amp; Vækst&nbsp;2026", "Job & Vækst 2026"),
        ("Linje<br>skift", "Linje skift"),
        ('<span class="x">Tekst</span> <u>her</u>', "Tekst her"),
        ("for   mange \t mellemrum", "for mange mellemrum"),
        ("2 < 3 og 4 > 3", "2 < 3 og 4 > 3"),
        ("Råd\u200bhuset\x00", "Rådhuset"),
        ("[se](javascript:alert)", "[se] (javascript:alert)"),
    ],
)
def test_escapes_entities_and_stray_tags_are_undone(line: str, text: str) -> None:
    assert only(line).text == text


@pytest.mark.parametrize("line", ["---", "* * *", "___", "=====", "- - -"])
def test_a_rule_prints_nothing(line: str) -> None:
    assert texts(f"Over\n{line}\nUnder") == ["Over", "Under"]


def test_a_blank_line_above_is_a_gap() -> None:
    blocks = blocks_of_text("Et\nTo\n\nTre")

    assert [block.gap for block in blocks] == [True, False, True]


# --- paragraphs that are broken over lines ---------------------------------------------------


def test_a_line_goes_on_in_lower_case() -> None:
    text = "Forvaltningen har undersøgt, om tilbuddet kan\nflyttes til rådhuset."

    assert texts(text) == ["Forvaltningen har undersøgt, om tilbuddet kan flyttes til rådhuset."]


@pytest.mark.parametrize(
    "following",
    [
        "Sagen afsluttes i udvalget.",
        "at udvalget godkender planen",
        "a) en ny plan",
        "- en ny plan",
        "# en overskrift",
        "| en | tabel |",
        "en\ttabel\ther",
    ],
)
def test_a_new_beginning_is_a_line_of_its_own(following: str) -> None:
    text = f"Forvaltningen har undersøgt, om tilbuddet kan\n{following}"

    assert len(blocks_of_text(text)) == 2


def test_a_short_line_does_not_go_on() -> None:
    assert texts("Beslutning\ngodkendt") == ["Beslutning", "godkendt"]


def test_a_suspended_hyphen_goes_on_after_a_short_line() -> None:
    assert texts("Børne-\nog Ungeudvalget") == ["Børne- og Ungeudvalget"]


def test_a_hard_break_goes_on_whatever_follows() -> None:
    assert texts("Ida Holm  \nBo Lind") == ["Ida Holm Bo Lind"]


def test_hard_wrapped_text_goes_on_in_capitals_too() -> None:
    sentence = (
        "Dette er en linje, som et program har brudt, fordi den ikke kan\n"
        "være på siden, og den går derfor videre på den næste linje, som\n"
        "Lindvig Kommune også har skrevet.\n\n"
    )

    assert texts(sentence * 4) == [sentence.replace("\n", " ").strip()] * 4


def test_headings_and_numbers_stand_alone_in_hard_wrapped_text() -> None:
    sentence = (
        "Dette er en linje, som et program har brudt, fordi den ikke kan\n"
        "være på siden, og den går derfor videre på den næste linje, der ender her.\n"
    )
    heads = ("Beslutning i Udvalget for Job den 5. maj 2025", "Beslutning", "Bilag:", "22/1733")

    assert texts("".join(f"{sentence}{head}\n" for head in heads)) == [
        line for head in heads for line in (sentence.replace("\n", " ").strip(), head)
    ]


def test_a_hard_wrapped_line_that_cannot_be_whole_goes_on() -> None:
    sentence = (
        "Dette er en linje, som et program har brudt, fordi den ikke kan\n"
        "være på siden, og den går derfor videre på den næste linje, der ender her.\n\n"
    )
    for end in ("og", "mellem", "Jobcentret,"):
        title = f"Evaluering af et samarbejde, der har varet i ganske mange år, {end}"
        assert texts(f"{sentence * 4}{title}\nUddannelsen\n")[-1] == f"{title} Uddannelsen"


def test_a_long_title_in_hard_wrapped_text_ends_before_a_short_heading() -> None:
    sentence = (
        "Dette er en linje, som et program har brudt, fordi den ikke kan\n"
        "være på siden, og den går derfor videre på den næste linje, der ender her.\n\n"
    )
    title = "Anmodning fra et medlem om at få en sag om udearealer på dagsordenen"

    assert texts(f"{sentence * 4}{title}\nResume\n")[-2:] == [title, "Resume"]


def test_without_wrapping_a_capital_begins_a_line() -> None:
    text = (
        "Dette er en lang linje om budgettet, som ender helt uden punktum her\n"
        "Lindvig Kommune har skrevet en linje mere, som heller ikke ender"
    )

    assert len(blocks_of_text(text)) == 2


def test_broken_words_are_put_together() -> None:
    assert texts("Borgerråd-\ngiveren taler. Børne-\nog Ungeudvalget.") == [
        "Borgerrådgiveren taler. Børne- og Ungeudvalget."
    ]


# --- lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("- Budget", "-"),
        ("* Budget", "-"),
        ("• Budget", "-"),
        ("● Budget", "-"),
        ("\uf0b7 Budget", "-"),
        ("o Budget", "-"),
        ("1. Budget", "1."),
        ("12) Budget", "12)"),
        ("a) Budget", "a)"),
        ("(b) Budget", "(b)"),
        ("A. Budget", "A."),
    ],
)
def test_list_items_lose_their_marker(line: str, marker: str) -> None:
    block = only(line)

    assert (block.kind, block.marker, block.text) == (ITEM, marker, "Budget")


@pytest.mark.parametrize(
    "line",
    [
        "6. september 2018",
        "12. dec. 2024 kl. 16.00",
        "1.612,1 mio. kr.",
        "I alt 12 borgere",
        "A kan ikke tiltræde.",
        "-5 procent",
        "57.Godkendelse",
    ],
)
def test_what_only_looks_like_a_list_is_text(line: str) -> None:
    assert only(line).kind == TEXT


def test_depth_comes_from_the_indent() -> None:
    blocks = blocks_of_text("- Et\n  - To\n    - Tre\n\t- Fire")

    assert [block.level for block in blocks] == [0, 1, 2, 2]


def test_a_list_item_goes_on_over_lines() -> None:
    text = "1. at Beskæftigelsesudvalget godkender den plan, som\nforvaltningen har lavet"

    assert texts(text) == [
        "at Beskæftigelsesudvalget godkender den plan, som forvaltningen har lavet"
    ]


# --- tables ----------------------------------------------------------------------------------


def test_lines_of_tabs_are_a_table() -> None:
    block = only("År\tBudget\tForbrug\n2024\t1,2\t**1,3**")

    assert (block.kind, block.rows) == (
        TABLE,
        (("År", "Budget", "Forbrug"), ("2024", "1,2", "1,3")),
    )


def test_a_column_of_labels_is_a_table_from_two_lines_on() -> None:
    assert only("Budget\t1,2\nForbrug\t1,3").rows == (("Budget", "1,2"), ("Forbrug", "1,3"))


@pytest.mark.parametrize(
    "line", ["Mødested\tRådhuset", "1. Godkendelse af dagsorden\t3", "Budget ........\t12"]
)
def test_a_label_and_its_value_are_no_table(line: str) -> None:
    assert only(line).kind != TABLE


def test_pipes_are_a_table_without_the_line_below_the_header() -> None:
    block = only("| År | Budget |\n|----|:--:|\n| 2024 | 1,2 |")

    assert block.rows == (("År", "Budget"), ("2024", "1,2"))


def test_an_escaped_pipe_is_part_of_its_cell() -> None:
    assert only(r"| a \| b | c |").rows == (("a | b", "c"),)


def test_a_row_that_lost_its_other_cells_keeps_its_words() -> None:
    assert texts("Resultater i 2024 |\n--- |\n") == ["Resultater i 2024"]


# --- pages and offsets -----------------------------------------------------------------------


def test_form_feeds_are_page_breaks() -> None:
    stream = read_text(b"Side et\n\fSide to\n\n\f\nSide tre")

    assert stream.pages == 3
    assert [(block.kind, block.page) for block in stream.blocks] == [
        (TEXT, 1),
        (PAGE, 2),
        (TEXT, 2),
        (PAGE, 3),
        (TEXT, 3),
    ]


def test_text_without_form_feeds_has_no_pages() -> None:
    stream = read_text(b"Tekst")

    assert (stream.pages, stream.blocks[0].page) == (None, None)


def test_offsets_point_at_the_lines() -> None:
    text = "# Titel\n\nEn linje.\n| a | b |\n| c | d |\n- punkt"
    found = [text[block.start : block.end] for block in blocks_of_text(text)]

    assert found == ["# Titel", "En linje.", "| a | b |\n| c | d |", "- punkt"]


# --- bytes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    stream = read_text("Rådhuset på Ærø".encode(encoding))

    assert [block.text for block in stream.blocks] == ["Rådhuset på Ærø"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_are_the_same(end: str) -> None:
    assert texts(f"Et{end}{end}To") == ["Et", "To"]


def test_letters_with_loose_accents_become_one_letter() -> None:
    assert texts(unicodedata.normalize("NFD", "Rådhuset")) == ["Rådhuset"]


@pytest.mark.parametrize(
    ("text", "media_type"),
    [("# Titel", "text/markdown"), ("Et **ord**", "text/markdown"), ("Et ord", "text/plain")],
)
def test_the_media_type_tells_whether_there_are_marks(text: str, media_type: str) -> None:
    assert read_text(text.encode()).media_type == media_type


# --- very long texts -------------------------------------------------------------------------


def test_a_long_text_is_read_in_pieces_that_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# Årets gang\n\nEn linje på dansk, æøå.\n- punkt\n\n" * 40
    whole = read_text(text.encode())
    monkeypatch.setattr(source, "_PIECE", 101)

    assert read_text(text.encode()) == whole


def test_after_very_many_lines_the_rest_is_one_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BLOCKS", 3)
    stream = read_text(b"Et\nTo\nTre\nFire\nFem")

    assert [block.text for block in stream.blocks] == ["Et", "To", "Tre", "Fire Fem"]
    assert [code for code, _ in stream.notes] == ["text_undivided"]


# --- properties ------------------------------------------------------------------------------

LINES = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8"), max_size=30),
        st.sampled_from(
            ["", "# Titel", "**fed**", "- punkt", "1. punkt", "a\tb\tc", "| a | b |", "|---|",
             "---", "\f", "\fny side", "ord " * 20, "x" * 60, "linje  ", "en lang linje, " * 5]
        ),
    ),
    max_size=30,
).map("\n".join)  # fmt: skip


@given(LINES)
def test_every_word_of_a_text_is_in_a_block(text: str) -> None:
    """Letters and figures are never lost, whatever the marks around them."""
    blocks = blocks_of_text(text)
    printed = "".join(block.text + block.marker + "".join(sum(block.rows, ())) for block in blocks)
    plain = normalise(text)
    lines = plain.split("\n")
    if "<" in plain or "&" in plain or "".join(without_furniture(lines)[0]) != "".join(lines):
        return  # tags and entities are undone, running heads left out

    assert sorted(filter(str.isalnum, printed)) == sorted(filter(str.isalnum, plain))


@given(LINES)
def test_blocks_stand_in_order_inside_the_text(text: str) -> None:
    blocks = blocks_of_text(text)
    size = len(normalise(text))

    assert all(0 <= block.start <= block.end <= size for block in blocks)
    assert [block.start for block in blocks] == sorted(block.start for block in blocks)


@given(LINES)
def test_blocks_are_as_promised(text: str) -> None:
    """No line breaks, no doubled spaces, no empty block but a page break."""
    for block in blocks_of_text(text):
        assert block.text == " ".join(block.text.split())
        assert (block.kind == TABLE) == bool(block.rows)
        assert block.text or block.kind in (TABLE, PAGE)
        assert (block.kind == ITEM) == bool(block.marker)
        assert block.level > 0 or block.kind != HEADING


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    assert read_text(data).blocks is not None


# --- running heads and feet --------------------------------------------------------------------


def paged(foot: str, head: str = "") -> str:
    """Four pages; the title runs over the foot of the first."""
    bodies = ("Plan for unge i Lindvig, jf. Byrådets\n", "møde i maj\n", "Budget\n", "Eventuelt\n")
    return "Byrådet i Lindvig\n\n" + "".join(
        f"{'' if n == 1 else head}{body}{foot.format(n=n)}\n\f" for n, body in enumerate(bodies, 1)
    )


@pytest.mark.parametrize(
    "foot",
    [
        "Byrådet den 5. februar 2025    Side {n} af 4",
        "Byrådet 05-02-2025, s. {n}",
        "Møde i Byrådet i Lindvig    {n}",
        "{n}",
        "{n}/4",
    ],
)
def test_lines_that_count_the_pages_are_no_text(foot: str) -> None:
    texts = [block.text for block in read_text(paged(foot).encode()).taken()]

    assert [text for text in texts if text] == [
        "Byrådet i Lindvig", "Plan for unge i Lindvig, jf. Byrådets", "møde i maj", "Budget",
        "Eventuelt",
    ]  # fmt: skip


def test_a_heading_on_every_page_is_no_text_but_offsets_stay() -> None:
    text = paged("", "Byrådet i Lindvig\n").replace("\nBudget", "\nBudget for 2025")
    blocks = [block for block in read_text(text.encode()).taken() if block.text]

    assert [block.text for block in blocks].count("Byrådet i Lindvig") == 1
    assert all(block.text == text[block.start : block.end].strip() for block in blocks)


def test_numbered_lines_that_differ_stay() -> None:
    text = "".join(f"Beslutning i Byrådet, pkt. {n}\nGodkendt {n} gange\n\n" for n in range(1, 6))

    assert sum(bool(block.text) for block in read_text(text.encode()).taken()) == 10
