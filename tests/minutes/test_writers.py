"""What is written reads back equal; it is well made, and lets nothing active through."""

from __future__ import annotations

import itertools
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from sagsgang.minutes import (
    Attendance,
    ContentsEntry,
    Decision,
    Finding,
    Item,
    Minutes,
    Recommendation,
    Section,
    Source,
    Table,
    UnreadableDocument,
    Vote,
    read,
    read_bytes,
)
from sagsgang.minutes.model import Explanation
from sagsgang.minutes.reader.compose import pipes as pipes_of_the_reader
from sagsgang.minutes.writers import (
    from_html,
    from_json,
    from_markdown,
    json_pieces,
    read_own,
    to_html,
    to_json,
    to_markdown,
)
from sagsgang.minutes.writers.contents import anchors_of, links_of
from sagsgang.minutes.writers.escapes import block_text, slot, slot_value, text_block
from sagsgang.minutes.writers.html_reading import line_text, prose_text
from sagsgang.minutes.writers.markdown import plain_markdown
from sagsgang.minutes.writers.prose import (
    Grid,
    Listing,
    blocks_of,
    line_of,
    pieces_of,
    pipes,
    text_of,
)
from sagsgang.minutes.writers.prose_html import plain_html, prose_html
from sagsgang.minutes.writers.wording import date_meant, date_said

from . import generated

SAMPLES = Path(__file__).resolve().parents[2] / "src" / "sagsgang" / "samples"
LINKS = ("http://", "https://", "mailto:")


class Form(NamedTuple):
    """A form that minutes are written in, with the way back."""

    write: Callable[[Minutes], str]
    read: Callable[[str], Minutes | None]


FORMS = {
    "markdown": Form(to_markdown, from_markdown),
    "html": Form(to_html, from_html),
    "json": Form(to_json, from_json),
}
each_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
# Whole minutes are large values; making them takes longer than hypothesis expects of a test.
large = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def meeting(*items: Item, **values: object) -> Minutes:
    """A meeting of the invented committee."""
    head = {"municipality": "Lindvig", "committee": "Beskæftigelsesudvalget", "date": "2026-03-04"}
    return Minutes(items=items, **(head | values))  # type: ignore[arg-type]


def decided(text: str = "Godkendt.") -> Item:
    """An item with a summary, a table and a decision."""
    table = (("Ydelse", "2025", "2026"), ("Sygedagpenge", "711", "742"), ("I alt", "711", "742"))
    return Item(
        number="4",
        title="Status på sygedagpenge",
        case_number="15.00.00-A00-21-26",
        kle="15.00.00",
        sections=(
            Section("Resume", "summary", "Udvalget får en status.\n\n" + pipes(table)),
            Section("Indstilling", "recommendation", "Chefen indstiller, at\n\n1. det godkendes"),
            Section("Beslutning", "decision", text),
        ),
        recommendation=Recommendation("Chefen", ("det godkendes",)),
        decisions=(Decision(text, "approved"),),
        votes=(Vote("against", ("Ø",)),),
        absent=("Sune Brinkhede",),
        tables=(Table(table),),
    )


def page_of(minutes: Minutes) -> etree._Element:
    """The page as a parser sees it."""
    return parsed(to_html(minutes))


def parsed(page: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    return etree.fromstring(page.encode(), parser)


def fragment(html: str) -> etree._Element:
    """The element that holds a piece of HTML."""
    found = parsed(f"<!doctype html><html><body><div>{html}</div></body></html>").find("body/div")
    assert found is not None
    return found


# --- what is written reads back equal ------------------------------------------------------


@each_form
@large
@given(minutes=generated.minutes())
def test_what_is_written_reads_back_equal(form: Form, minutes: Minutes) -> None:
    written = form.write(minutes)
    again = form.read(written)
    assert again == minutes
    assert again is not None
    assert again.source == minutes.source
    assert list(again.agenda_headings()) == list(minutes.agenda_headings())
    assert form.write(again) == written


@each_form
@large
@given(minutes=generated.minutes())
def test_a_written_file_is_known_again(form: Form, minutes: Minutes) -> None:
    data = form.write(minutes).encode()
    again = read_bytes(data, "referat")
    assert again == minutes
    assert again.source is not None
    assert again.source.name == "referat"
    assert read_bytes(b"\xef\xbb\xbf" + data) == minutes


@each_form
def test_the_samples_read_back_equal(form: Form) -> None:
    samples = [path for path in SAMPLES.iterdir() if path.suffix in (".md", ".txt")]
    assert samples
    for path in samples:
        minutes = read(path)
        assert read_bytes(form.write(minutes).encode(), path.name) == minutes


@each_form
def test_the_real_documents_read_back_equal(form: Form, seeds: list[Path]) -> None:
    for path in seeds:
        minutes = read(path)
        assert read_bytes(form.write(minutes).encode(), path.name) == minutes


@each_form
def test_a_file_may_hold_half_a_character(form: Form) -> None:
    broken = "\ud800 Beslutning\udfff"
    minutes = meeting(
        Item("1", broken, sections=(Section(broken, "decision", broken),), absent=(broken,)),
        committee=broken,
    )
    written = form.write(minutes)
    assert read_bytes(written.encode("utf-8")) == minutes


def test_line_ends_may_be_those_of_windows() -> None:
    minutes = meeting(decided("Godkendt.\nIngen bemærkninger.\n\n- Ø var imod"))
    assert from_markdown(to_markdown(minutes).replace("\n", "\r\n")) == minutes


# --- light Markdown ------------------------------------------------------------------------


@given(generated.hostile() | generated.prose())
def test_light_markdown_is_divided_without_loss(text: str) -> None:
    assert text_of(blocks_of(text)) == text
    assert line_of(pieces_of(text)) == text


@given(generated.hostile() | generated.prose())
def test_light_markdown_comes_out_of_html_unchanged(text: str) -> None:
    assert prose_text(fragment(prose_html(text, themes=True))) == text
    assert line_text(fragment(plain_html(text))) == text


@given(generated.hostile() | generated.prose(), st.sampled_from(["", "·", "(),", ":", "."]))
def test_escapes_come_off_unchanged(text: str, marks: str) -> None:
    assert block_text(text_block(text)) == text
    for taken in (False, True):
        line = slot(text, marks, taken=taken)
        assert slot_value(line) == text
        assert "\n" not in line
        assert not set(marks) & set(line)


@given(generated.rows())
def test_tables_are_written_as_the_reader_writes_them(rows: tuple[tuple[str, ...], ...]) -> None:
    written = pipes_of_the_reader(rows)
    assert pipes(rows) == written
    assert blocks_of(written) == [Grid(0, rows)]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Godkendt.", "<p>Godkendt.</p>"),
        ("Én\nlinje", "<p>Én<br>linje</p>"),
        ("*a* **b** ***c***", "<p><em>a</em> <strong>b</strong> <strong><em>c</em></strong></p>"),
        ("2*3*4 og 5 * 6 * 7", "<p>2*3*4 og 5 * 6 * 7</p>"),
        ("**a *b**", "<p><strong>a *b</strong></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("4. a\n6. b", '<ol start="4"><li>a</li><li value="6">b</li></ol>'),
        ("- a\n  1. b\n- c", "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"),
        ("15. september er en dato", "<p>15. september er en dato</p>"),
        (
            "[se her](https://lindvig.dk)",
            '<p><a href="https://lindvig.dk" rel="noreferrer">se her</a></p>',
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("<b>&amp;", "<p>&lt;b&gt;&amp;amp;</p>"),
    ],
)
def test_light_markdown_as_html(text: str, html: str) -> None:
    assert prose_html(text) == html


def test_markers_that_a_browser_cannot_make_are_printed() -> None:
    list_ = fragment(prose_html("a) først\nb) så"))[0]
    assert (list_.tag, list_.get("class")) == ("ol", "printed")
    assert list_.xpath("string()") == "a) førstb) så"


def test_figures_stand_to_the_right_under_their_head_and_totals_apart() -> None:
    table = fragment(prose_html(pipes((("Ydelse", "Kr."), ("A", "1.204"), ("I alt", "1.204")))))
    assert table.xpath("//th[@scope='col']/text()") == ["Ydelse", "Kr."]
    assert table.xpath("//th[@scope='row']/text()") == ["A", "I alt"]
    assert table.xpath("//*[@class='figure']/text()") == ["Kr.", "1.204", "1.204"]
    assert table.xpath("//tr[@class='total']/th/text()") == ["I alt"]


def test_empty_cells_are_no_headers() -> None:
    table = fragment(prose_html(pipes((("", "2026"), ("", "7")))))
    assert table.xpath("//th/text()") == ["2026"]
    assert prose_text(table) == pipes((("", "2026"), ("", "7")))


@given(st.dates())
def test_a_date_is_said_and_meant(day: object) -> None:
    said = date_said(str(day))
    assert said is not None
    assert date_meant(said) == str(day)


# --- the Markdown document -----------------------------------------------------------------


def test_the_markdown_reads_well() -> None:
    minutes = meeting(
        decided(),
        Item("5", "Køb af en ejendom", closed=True),
        kind="agenda",
        term="2026-2029",
        members=(Attendance("Birthe Halkær", "A", True), Attendance("Mads Ulv", "independent")),
        contents=(
            ContentsEntry("Status på sygedagpenge", 3),
            ContentsEntry("Køb af en ejendom", None, True),
        ),
        findings=(Finding("item_unlisted", "Ikke i indholdet.", "5"),),
    )
    shown = to_markdown(minutes).partition("\n## Data\n")[0]
    assert (
        shown
        == """\
<!-- sagsgang minutes 1 -->

# Dagsorden · Beskæftigelsesudvalget 2026-2029 · 4. marts 2026

- **Kommune:** Lindvig
- **Udvalg:** Beskæftigelsesudvalget
- **Funktionsperiode:** 2026-2029
- **Mødedato:** 4. marts 2026

## Mødedeltagere

- Birthe Halkær (A), til stede
- Mads Ulv (uden for parti)

## Indhold

- Status på sygedagpenge ..... 3
- Lukket: Køb af en ejendom

## Punkt 4: Status på sygedagpenge

- **Sagsnummer:** 15.00.00-A00-21-26

### Resume

Udvalget får en status.

| Ydelse | 2025 | 2026 |
| --- | --- | --- |
| Sygedagpenge | 711 | 742 |
| I alt | 711 | 742 |

### Indstilling

Chefen indstiller, at

1. det godkendes

### Beslutning

Godkendt.

## Punkt 5: Lukket: Køb af en ejendom

## Fund

Det, som ikke kunne placeres, eller som ikke stemmer.

### item_unlisted · Punkt 5

Ikke i indholdet.
"""
    )


class Seen(NamedTuple):
    """What CommonMark makes of a document."""

    headings: list[str]
    kinds: set[str]
    addresses: set[str]


def as_commonmark(text: str) -> Seen:
    reader = MarkdownIt("commonmark")
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    tokens = reader.parse(text)
    inside = [child for token in tokens for child in token.children or ()]
    return Seen(
        [token.tag for token in tokens if token.type == "heading_open" and token.level == 0],
        {token.type for token in (*tokens, *inside)},
        {str(token.attrs.get("href")) for token in inside if token.type == "link_open"},
    )


@large
@given(generated.minutes())
def test_others_see_the_same_headings_in_the_markdown_and_nothing_active(minutes: Minutes) -> None:
    mark, _, text = to_markdown(minutes).partition("\n")
    assert mark == "<!-- sagsgang minutes 1 -->"
    seen = as_commonmark(text)
    expected = ["h1"] + ["h2"] * (bool(minutes.members) + bool(minutes.contents))
    overs = ["", *(item.heading or "" for item in minutes.items)]
    for before, item in zip(overs, minutes.items, strict=False):
        expected += ["h1"] * ((item.heading or "") != before) + ["h2"]
        expected += ["h3" for section in item.sections if section.label]
    expected += (["h2"] + ["h3"] * len(minutes.findings)) * bool(minutes.findings)
    assert seen.headings == [*expected, "h2"]
    assert not seen.kinds & {"html_block", "html_inline", "image"}
    assert all(address.lower().startswith(LINKS) for address in seen.addresses)


def test_data_do_not_repeat_the_text() -> None:
    data = json.loads(to_markdown(meeting(decided())).rpartition("```json\n")[2].rstrip("`\n"))
    item = data["items"][0]
    assert item["kinds"] == ["summary", "recommendation", "decision"]
    assert item["decisions"] == [
        {"section": 2, "outcome": "approved", "committee": None, "date": None}
    ]
    assert item["tables"] == [{"section": 0, "table": 0, "caption": None}]
    assert not {"number", "title", "case_number", "sections"} & set(item)


# --- the HTML page -------------------------------------------------------------------------

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer"),
    *(
        "article",
        "section",
        "div",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "br",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
    ),
    *("dd", "table", "thead", "tbody", "tr", "th", "td", "a", "em", "strong", "b", "span"),
    *("small", "code", "time", "details", "summary", "pre"),
}
ATTRIBUTES = {
    *("aria-label", "aria-labelledby", "charset", "class", "content", "data-code", "data-gap"),
    *("data-indent", "datetime", "hidden", "href", "http-equiv", "id", "lang", "name", "rel"),
    *("role", "scope", "start", "tabindex", "value"),
}


@large
@given(generated.minutes())
def test_the_page_is_well_made_and_nothing_in_it_is_active(minutes: Minutes) -> None:
    page = page_of(minutes)
    elements = list(page.iter())
    assert {str(element.tag) for element in elements} <= ELEMENTS
    assert {name for element in elements for name in element.keys()} <= ATTRIBUTES  # noqa: SIM118
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for address in page.xpath("//@href"):
        assert address.startswith(LINKS) or address[1:] in ids
    levels = [
        int(element.tag[1]) for element in elements if element.tag in ("h1", "h2", "h3", "h4")
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert len(page.findall("body/main/article")) == len(minutes.items)
    assert len(page.findall("body/nav/ol/li/a")) == len(minutes.items)


def test_the_page_stands_alone_under_a_strict_policy() -> None:
    page = to_html(meeting(decided()))
    assert page.startswith('<!doctype html>\n<html lang="da">')
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in page
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style


def test_the_page_tells_title_outcome_and_votes() -> None:
    page = page_of(meeting(decided()))
    assert page.findtext("head/title") == "Referat · Beskæftigelsesudvalget · 4. marts 2026"
    assert page.xpath("string(//h1)") == "Beskæftigelsesudvalget 4. marts 2026"
    assert page.xpath("string(//article/@id)") == "punkt-4"
    assert page.xpath("string(//h2[ancestor::article])") == "Punkt 4: Status på sygedagpenge"
    decision = "//section[@class='decision']"
    assert page.xpath(f"{decision}/p[@class='outcome approved shown']/text()") == ["Godkendt"]
    assert page.xpath(f"{decision}//dt/text()") == ["Stemte imod", "Fraværende"]
    assert page.xpath(f"{decision}//dd/text()") == ["Ø", "Sune Brinkhede"]


def test_sections_stand_in_printed_order() -> None:
    assert page_of(meeting(decided())).xpath("//article/section/h3/text()") == [
        "Resume",
        "Indstilling",
        "Beslutning",
    ]


def test_hostile_text_is_shown_as_text() -> None:
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    item = Item(attack, attack, attack, sections=(Section(attack, "decision", attack),))
    minutes = meeting(
        replace(item, decisions=(Decision(attack, "other"),), absent=(attack,), decided_by=attack),
        committee=attack,
        place=attack,
        members=(Attendance(attack, attack),),
        contents=(ContentsEntry(attack),),
        findings=(Finding(attack, attack, attack),),
        source=Source(attack, attack, attack),
    )
    page = to_html(minutes)
    assert "<script" not in page
    assert "<img" not in page
    assert page_of(minutes).xpath("//article/section/h3/text()") == [attack]


def test_the_contents_lead_to_the_items_they_speak_of() -> None:
    items = (
        Item("1", "Godkendelse"),
        Item("2", "Status på sygedagpenge i Lindvig"),
        Item("3", None),
    )
    minutes = meeting(
        *items,
        contents=(
            ContentsEntry("Status på sygedagpenge i ...", 3),
            ContentsEntry("Er ikke i referatet", 9),
        ),
    )
    assert [link.item for link in links_of(minutes)] == [0, 1, None, 2]
    lines = page_of(minutes).xpath("//nav//li")
    assert [line.xpath("string(a/@href)") for line in lines] == [
        "#punkt-1",
        "#punkt-2",
        "",
        "#punkt-3",
    ]
    assert [line.xpath("string()") for line in lines][1:3] == [
        "2 Status på sygedagpenge i ... s. 3",
        "Er ikke i referatet s. 9",
    ]


@given(st.lists(st.sampled_from(["1", "1-2", "1.2", "2", "", "Ø", "1 2", None]), max_size=8))
def test_no_two_items_have_the_same_anchor(numbers: list[str | None]) -> None:
    anchors = anchors_of([Item(number, None) for number in numbers])
    assert len(set(anchors)) == len(numbers)
    assert all(re.fullmatch(r"punkt-[a-z0-9-]+", anchor) for anchor in anchors)


# --- JSON ----------------------------------------------------------------------------------


@large
@given(generated.minutes())
def test_json_is_the_contract_on_one_line(minutes: Minutes) -> None:
    line = to_json(minutes)
    assert line.splitlines() == [line]
    plain = json.dumps(minutes.to_dict())
    assert json.loads(line, object_pairs_hook=list) == json.loads(plain, object_pairs_hook=list)


@pytest.mark.parametrize("sections", [1, 1000])
def test_json_comes_in_pieces_much_shorter_than_the_whole(sections: int) -> None:
    item = replace(decided(), sections=(Section("Bilag", "other", "Oversigt."),) * sections)
    long = meeting(*[item] * (2000 // sections))
    pieces = list(json_pieces(long))
    assert "".join(pieces) == to_json(long)
    assert max(map(len, pieces)) * 100 < len(to_json(long))


def test_a_long_text_in_json_is_a_piece_by_itself() -> None:
    text = "Godkendt. 🎉 " * 10_000
    long = meeting(decided(text), findings=(Finding("text_unplaced", text),))
    pieces = list(json_pieces(long))
    assert pieces.count(json.dumps(text, ensure_ascii=False)) == 3
    assert json.loads("".join(pieces)) == long.to_dict()


def test_json_explains_when_asked() -> None:
    minutes = replace(meeting(), explanations=(Explanation("/date", "date.labelled"),))
    assert "explain" not in json.loads(to_json(minutes))
    explained = to_json(minutes, explain=True)
    assert json.loads(explained)["explain"] == [{"path": "/date", "rule": "date.labelled"}]
    assert from_json(explained) == minutes


# --- what was changed, or is not ours ------------------------------------------------------


@pytest.mark.parametrize("write", [to_markdown, to_html], ids=["markdown", "html"])
def test_a_changed_text_is_read_anew(write: Callable[[Minutes], str]) -> None:
    written = write(meeting(decided(), replace(decided(), number="5", title="Klager")))
    assert written.count("Godkendt.") == 2
    changed = read_bytes(written.replace("Godkendt.", "Sagen udsættes.", 1).encode())
    assert [item.number for item in changed.items] == ["4", "5"]
    assert [item.decisions[0].text for item in changed.items] == ["Sagen udsættes.", "Godkendt."]
    assert [item.decisions[0].outcome for item in changed.items] == ["postponed", "approved"]
    assert changed.date == "2026-03-04"


def test_the_text_alone_reads_as_any_markdown() -> None:
    minutes = meeting(decided())
    text = plain_markdown(to_markdown(minutes))
    assert "json" not in text
    assert "sagsgang" not in text
    [item], [expected] = read_bytes(text.encode()).items, minutes.items
    assert (item.number, item.title, item.kle) == (expected.number, expected.title, expected.kle)
    assert item.sections == expected.sections
    assert item.decisions == expected.decisions
    assert item.tables == expected.tables


@large
@given(generated.minutes(), st.sampled_from(list(FORMS)), st.data())
def test_a_damaged_file_gives_minutes_or_says_what_is_wrong(
    minutes: Minutes, name: str, data: st.DataObject
) -> None:
    written = FORMS[name].write(minutes)
    first = data.draw(st.integers(0, len(written)))
    last = data.draw(st.integers(first, min(len(written), first + 200)))
    damaged = written[:first] + data.draw(generated.hostile()) + written[last:]
    try:
        found: object = read_own(damaged.encode("utf-8", "replace"))
    except UnreadableDocument as problem:
        found = problem
    assert isinstance(found, Minutes | bytes | UnreadableDocument)


@each_form
def test_a_document_of_a_later_form_is_refused_in_words(form: Form) -> None:
    written = form.write(meeting(decided()))
    later = re.sub(r'(minutes |"format_version":")1', r"\g<1>2", written)
    with pytest.raises(UnreadableDocument, match=r"format 2.*Opdatér programmet"):
        read_bytes(later.encode())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda line: line + "\n" + line, "mere end ét referat"),
        (lambda line: line[:-9], "ikke hel"),
        (lambda line: line.replace('"closed":false', '"closed":"nej"', 1), "/items/0/closed"),
        (lambda line: line.replace('"findings":[]', '"fund":[]'), "/findings"),
    ],
)
def test_faulty_json_is_refused_in_words(change: Callable[[str], str], says: str) -> None:
    with pytest.raises(UnreadableDocument, match=says):
        read_bytes(change(to_json(meeting(decided()))).encode(), "referat.json")


@pytest.mark.parametrize(
    "data",
    [b"", b"# Referat\n", b"<html><body><p>Referat</p></body></html>", b'{"Dagsordenpunkter": []}'],
)
def test_what_others_wrote_is_left_to_others(data: bytes) -> None:
    assert read_own(data) == data


# --- time ----------------------------------------------------------------------------------


def troubles() -> Iterator[str]:
    """Long texts that would take hours if any part took quadratic time."""
    size = 60_000
    pieces = ("*", "**a ", "\\", "[", "<", "<http://", "[x](http://", "&#", "&a", "![", "](", " ")
    lines = ("| a |\n", "| --- |\n", "- a\n", "#\n", "\\#\n", "\n")
    yield from (piece * (size // len(piece)) for piece in (*pieces, *lines))
    yield "".join(f"{' ' * (n % 40)}- a\n" for n in range(size // 20))
    yield "| a |\n" + "| --- |\n" * (size // 8)
    yield pipes((("a",) * (size // 4),)) + "\n| a |" * (size // 6)
    yield "* " * (size // 2) + "x"


@pytest.mark.parametrize("text", list(troubles()), ids=lambda text: repr(text[:12]))
def test_time_is_linear(text: str) -> None:
    minutes = meeting(Item("1", text, sections=(Section("Beslutning", "decision", text),)))
    begun = time.process_time()
    assert from_markdown(to_markdown(minutes)) == minutes
    assert from_html(to_html(minutes)) == minutes
    assert time.process_time() - begun < 20


def test_lists_of_any_depth_are_written() -> None:
    text = "\n".join(f"{'  ' * depth}- a" for depth in range(300))
    assert isinstance(blocks_of(text)[0], Listing)
    assert from_html(to_html(meeting(decided(text)))) == meeting(decided(text))
