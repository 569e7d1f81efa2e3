"""Minutes made up by hypothesis: every field, none and empty, natural and hostile.

`minutes()` is for any test of a rule that holds for all minutes. Its texts come in two kinds:
`prose()` is light Markdown as the reader leaves it (paragraphs, lists, tables, emphasis, links),
`hostile()` is what would break a document, or what no document should hold.
"""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from sagsgang.minutes import (
    Attachment,
    Attendance,
    ContentsEntry,
    Decision,
    Finding,
    Item,
    Minutes,
    Participant,
    Recommendation,
    Reference,
    RoutingMark,
    Section,
    Source,
    Statement,
    Step,
    Table,
    Vote,
)
from sagsgang.minutes.model import Choice, Kind, Outcome, SectionKind

Rows = tuple[tuple[str, ...], ...]

_WORDS = (
    "Udvalget godkender indstillingen sygedagpenge 2.061.637 kr. 43 pct. Ærø-området § 23 den "
    '15. september Direktionen indstiller, at »Ny start« O\'Hara "citat" R&D <b> 3 < 4 5*6 a_b '
    "Lindvig (A) punkt 4: jf. bilag 1) – - … Grønne; A|B C:\\mappe ~ `kode` 100%"
).split()
_TROUBLE = (
    *("*", "**", "***", "_", "|", "||", "\\", "\\\\", "<", ">", "&", '"', "'", "`", "```", "~~~"),
    *(
        "#",
        "##",
        "## Punkt 3: Nyt",
        "### Beslutning",
        "## Data",
        "## Fund",
        "# Referat",
        "Lukket: ",
    ),
    *("---", "===", "***", "* * *", "- ", "1. ", "a) ", "(b) ", "• ", "– ", "15. september", "1."),
    *("| a | b |", "| --- | --- |", "\n| --- |\n", "|  |", " | ", " ..... 3", " · Punkt 3", ": "),
    *("<script>alert(1)</script>", "</pre>", "</section>", "<!--", "-->", "<![CDATA[", "<?", "]]>"),
    *("&amp;", "&#65;", "&#0;", "&ZeroWidthSpace;", "&lt;", "\\&amp;", "\\<b>", "\\|", "\\#"),
    *("[x](https://lindvig.dk)", "<https://lindvig.dk/a?b=1&c=2>", "[x](javascript:alert(1))"),
    *("[<b>](https://lindvig.dk)", "<mailto:a@lindvig.dk>", "![x](https://lindvig.dk/x.png)"),
    *("[x]: javascript:alert(1)", "<javascript:alert(1)>", "](", "[", "]", "(", ")", "{", "}"),
    *("\n", "\n\n", "\n\n\n", " ", "  ", "\t", "\r", "\r\n", "\f", "\v", "\x00", "\x1b", "\x7f"),
    *("\x85", "\xa0", "\xad", "\u2028", "\u200b", "\ufeff", "\ufffe", "e\u0301", "Æ", "🗳"),
)
_ADDRESSES = st.sampled_from(
    ["https://lindvig.dk/bilag/1.pdf", "http://lindvig.dk/?a=1&b=%20", "mailto:post@lindvig.dk"]
)


def hostile() -> st.SearchStrategy[str]:
    """Text of any kind, most of it trouble."""
    pieces = st.lists(st.sampled_from(_TROUBLE) | st.sampled_from(_WORDS), max_size=8)
    return pieces.map("".join) | st.text(max_size=12)


def sentence() -> st.SearchStrategy[str]:
    """Some words on one line, without emphasis or links of its own."""
    return st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join)


def marked() -> st.SearchStrategy[str]:
    """A line of light Markdown: words, emphasis and links."""
    words = sentence()
    link = st.builds("[{}]({})".format, st.sampled_from(["bilag 1", "*se her*"]), _ADDRESSES)
    pieces = st.one_of(
        words,
        words.map("**{}**".format),
        words.map("*{}*".format),
        words.map("***{}***".format),
        link,
        _ADDRESSES.map("<{}>".format),
    )
    return st.lists(pieces, min_size=1, max_size=3).map(" ".join)


def rows(
    cells: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[tuple[tuple[str, ...], ...]]:
    """A table's rows, of one width; some cells are empty, some hold pipes."""
    cell = cells or st.one_of(
        st.just(""), st.sampled_from(["12", "-3,5", "1.204", "a|b"]), marked()
    )

    def of_width(width: int) -> st.SearchStrategy[tuple[tuple[str, ...], ...]]:
        row = st.tuples(*[cell] * width)
        return st.lists(row, min_size=1, max_size=3).map(tuple)

    return st.integers(1, 3).flatmap(of_width)


def pipes(table: Rows) -> str:
    """A table as the reader writes it into a section's text."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in table]
    return "\n".join([lines[0], "|" + " --- |" * len(table[0]), *lines[1:]])


def _listing() -> st.SearchStrategy[str]:
    marker = st.sampled_from(["-", "-", "1.", "2.", "3.", "a)", "b)", "(c)", "12)"])
    entry = st.builds("{}{} {}".format, st.sampled_from(["", "", "  ", "    "]), marker, marked())
    return st.lists(entry, min_size=1, max_size=5).map("\n".join)


def prose() -> st.SearchStrategy[str]:
    """The text of a section as the reader leaves it; it may be empty."""
    paragraph = st.lists(marked(), min_size=1, max_size=2).map("\n".join)
    block = st.one_of(paragraph, paragraph, _listing(), rows().map(pipes))
    return st.lists(block, max_size=4).map("\n\n".join)


def text() -> st.SearchStrategy[str]:
    """A value on one line, or what should have been one."""
    return sentence() | hostile()


def maybe(value: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    """A value or none."""
    return st.none() | value


def _few(value: st.SearchStrategy[object], most: int = 2) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(value, max_size=most).map(tuple)


def _date() -> st.SearchStrategy[str]:
    return st.dates().map(str) | st.sampled_from(["18. juni 2025", "2025-02-30", "primo 2026"])


def section() -> st.SearchStrategy[Section]:
    """A section; some have no label, some no text."""
    label = st.sampled_from(["Beslutning", "Sagsfremstilling", "Bilag", ""]) | text()
    kind = st.sampled_from(get_args(SectionKind))
    return st.builds(Section, label=label, kind=kind, text=prose() | hostile())


def _decision(sections: tuple[Section, ...]) -> st.SearchStrategy[Decision]:
    texts = st.sampled_from([part.text for part in sections]) if sections else prose()
    outcome = st.none() | st.sampled_from(get_args(Outcome))
    return st.builds(
        Decision,
        text=texts | hostile(),
        outcome=outcome,
        committee=maybe(text()),
        date=maybe(_date()),
    )


def _filled_item(sections: tuple[Section, ...]) -> st.SearchStrategy[Item]:
    names = _few(text())
    table = st.builds(Table, rows=rows() | _few(_few(text())), caption=maybe(text()))
    return st.builds(
        Item,
        number=maybe(st.integers(1, 400).map(str) | text()),
        title=maybe(text()),
        case_number=maybe(st.sampled_from(["15.00.00-A00-14-25", "22/18533"]) | text()),
        kle=maybe(st.just("15.00.00")),
        closed=st.booleans(),
        sections=st.just(sections),
        recommendation=st.none() | st.builds(Recommendation, by=maybe(text()), points=names),
        decisions=_few(_decision(sections)),
        votes=_few(st.builds(Vote, choice=st.sampled_from(get_args(Choice)), voters=names)),
        statements=_few(st.builds(Statement, by=names, text=maybe(text()))),
        referred_to_council_by=names,
        absent=names,
        participants=_few(st.builds(Participant, name=maybe(text()), role=maybe(text()))),
        decided_by=maybe(text()),
        routing=_few(st.builds(RoutingMark, code=text(), marked=st.none() | st.booleans())),
        related=_few(
            st.builds(Reference, committee=maybe(text()), date=maybe(_date()), item=maybe(text()))
        ),
        next_steps=_few(st.builds(Step, committee=maybe(text()), date=maybe(_date()))),
        attachments=_few(st.builds(Attachment, title=text())),
        author=maybe(text()),
        tables=_few(table),
    )


def item() -> st.SearchStrategy[Item]:
    """An item: closed and bare, with sections alone, or with all that can be read out of them."""
    sections = _few(section(), 4)
    bare = st.builds(Item, number=maybe(text()), title=maybe(text()), closed=st.booleans())
    over = maybe(st.just("Lukkede punkter") | text())
    filled = sections.flatmap(_filled_item)
    return st.builds(lambda one, heading: replace(one, heading=heading), bare | filled, over)


def _member() -> st.SearchStrategy[Attendance]:
    party = st.sampled_from([None, "A", "Ø", "independent", "uden for parti", ""]) | text()
    return st.builds(Attendance, name=text(), party=party, present=st.none() | st.booleans())


def minutes() -> st.SearchStrategy[Minutes]:
    """Whole minutes, natural and hostile in one."""
    entry = st.builds(
        ContentsEntry, title=maybe(text()), page=st.none() | st.integers(), closed=st.booleans()
    )
    finding = st.builds(
        Finding,
        code=st.just("total_differs") | text(),
        message=prose() | hostile(),
        item=maybe(text()),
    )
    source = st.builds(
        Source, name=text(), media_type=st.just("text/plain"), sha256=st.just("0" * 64)
    )
    return st.builds(
        Minutes,
        municipality=maybe(text()),
        committee=maybe(text()),
        term=maybe(st.just("2026-2029") | text()),
        kind=st.sampled_from(get_args(Kind)),
        date=maybe(_date() | text()),
        start_time=maybe(st.just("15:30") | text()),
        place=maybe(text()),
        members=_few(_member(), 3),
        contents=_few(entry, 3),
        items=_few(item(), 2),
        findings=_few(finding),
        source=st.none() | source,
    )
