"""`Minutes` as one HTML page that stands alone.

The page is semantic and needs nothing beside it: no script, no font, no picture; its content
security policy allows its own style element and nothing else. Each value that the text states
has an element of its own, by whose class `html_reading` finds it again. What is read out of the
text (outcomes, votes, who settles the case) is shown beside it, in elements of the class `shown`,
and not read back from there.

The sections stand in printed order. On a screen the style puts the decision first; on paper and
for a screen reader they come as printed.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from importlib import resources
from typing import Final, NamedTuple

from ..model import (
    FORMAT_VERSION,
    Attendance,
    Item,
    Minutes,
    Section,
)
from . import wording
from .contents import Link, anchors_of, links_of
from .json import line_of
from .pictures import NO_PICTURES, data_address
from .prose_html import UNSAYABLE, plain_html, prose_html
from .remainder import remainder

MARK: Final = '<meta name="sagsgang" content="minutes '

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
_COLON: Final = '<span class="colon">: </span>'
_RUNNING: Final = frozenset({"presentation", "economy", "law", "hearing", "procedure", "other"})


def to_html(minutes: Minutes, pictures: Mapping[str, bytes] = NO_PICTURES) -> str:
    """`minutes` as an HTML page; `html_reading` reads it back to equal minutes.

    The `pictures`, each by the title of its attachment, are in the page itself.
    """
    anchors = anchors_of(minutes.items)
    shown = {title: data_address(data) for title, data in pictures.items()}
    body = [
        '<body>\n<a class="skip shown" href="#punkter">Gå til punkterne</a>',
        *_head(minutes),
        *_contents(links_of(minutes), minutes.items, anchors),
        '<main id="punkter">',
    ]
    before = ""
    for item, anchor in zip(minutes.items, anchors, strict=True):
        heading = item.heading or ""
        if heading != before:
            body.append(f'<h2 class="group">{plain_html(heading)}</h2>' if heading else "<hr>")
        before = heading
        body += _item(item, anchor, shown)
    body += _findings(minutes, anchors)
    body += ["</main>", *_foot(minutes), "</body>\n</html>\n"]
    return "\n".join((*_document_head(minutes, bool(pictures)), *body))


def _document_head(minutes: Minutes, pictured: bool) -> Iterator[str]:
    title = UNSAYABLE.sub(" ", wording.headline(minutes))
    yield '<!doctype html>\n<html lang="da">\n<head>\n<meta charset="utf-8">'
    yield f'{MARK}{FORMAT_VERSION}">'
    policy = f"{_POLICY}; img-src data:" if pictured else _POLICY
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{escape(title, quote=False)}</title>"
    yield f"<style>\n{_style()}</style>\n</head>"


@cache
def _style() -> str:
    return resources.files(__package__).joinpath("page.css").read_text("utf-8")


def style_hash() -> str:
    """The page's style as a content security policy names it: `'sha256-…'`."""
    digest = hashlib.sha256(f"\n{_style()}".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _head(minutes: Minutes) -> Iterator[str]:
    kind = wording.KINDS[minutes.kind]
    over = _span("kind", kind) + _after(" · ", _span("municipality", minutes.municipality))
    committee = _span("committee", minutes.committee)
    title = committee + _after(" " if committee else "", _date(minutes.date))
    yield f'<header class="head">\n<p class="over">{over}</p>\n<h1>{title or kind}</h1>'
    facts = [
        ("Tidspunkt", "start_time", minutes.start_time, "kl. "),
        (wording.FACTS["place"], "place", minutes.place, ""),
        (wording.FACTS["term"], "term", minutes.term, ""),
    ]
    stated = [
        _fact(label, before + _span(name, value))
        for label, name, value, before in facts
        if value is not None
    ]
    if stated:
        yield f"<dl>\n{''.join(stated)}</dl>"
    if minutes.members:
        yield f'<section class="members"><h2>{wording.MEMBERS}</h2>\n<ul>'
        yield from map(_member, minutes.members)
        yield "</ul></section>"
    yield "</header>"


def _span(name: str, value: str | None) -> str:
    return "" if value is None else f'<span class="{name}">{plain_html(value)}</span>'


def _after(before: str, shown: str) -> str:
    return before + shown if shown else ""


def _date(value: str | None) -> str:
    said = wording.date_said(value) if value else None
    if value is None or said is None:
        return _span("date", value)
    return f'<span class="date"><time datetime="{value}">{said}</time></span>'


def _fact(label: str, value: str, style: str = "") -> str:
    return f"<div{style}><dt>{label}</dt><dd>{value}</dd></div>\n"


def _member(member: Attendance) -> str:
    parts = [_span("name", member.name)]
    if member.party == "independent":
        parts.append(f' (<span class="independent">{wording.INDEPENDENT}</span>)')
    elif member.party is not None:
        parts.append(f" ({_span('party', member.party)})")
    if member.present is not None:
        name = "present" if member.present else "away"
        parts.append(f", {_span(name, wording.PRESENCE[member.present])}")
    return f"<li>{''.join(parts)}</li>"


def _contents(links: Iterable[Link], items: tuple[Item, ...], anchors: list[str]) -> Iterator[str]:
    lines = [_contents_line(link, items, anchors) for link in links]
    if lines:
        yield f'<nav aria-labelledby="indhold"><h2 id="indhold">{wording.CONTENTS}</h2>\n<ol>'
        yield from lines
        yield "</ol></nav>"


def _contents_line(link: Link, items: tuple[Item, ...], anchors: list[str]) -> str:
    entry, place = link
    item = None if place is None else items[place]
    if entry is None:
        shown = plain_html(item.title or wording.ITEM) if item else ""
    else:
        shown = _span("title", entry.title) or wording.CLOSED
    if item is not None and place is not None:
        number = plain_html(item.number or "")
        shown = f'<a href="#{anchors[place]}"><b>{number}</b> {shown}</a>'
    if entry is None:
        return f"<li>{shown}</li>"
    page = (
        "" if entry.page is None else f' <small>s. <span class="page">{entry.page}</span></small>'
    )
    closed = ' <small class="closed">lukket</small>' if entry.closed else ""
    return f'<li class="entry">{shown}{page}{closed}</li>'


def _item(item: Item, anchor: str, pictures: Mapping[str, str]) -> Iterator[str]:
    shown = _shown_with(item)
    yield f'<article id="{anchor}">\n<header>\n<h2>{_heading(item)}</h2>'
    facts = "".join(_item_facts(item))
    if facts:
        yield f"<dl>\n{facts}</dl>"
    yield from shown[-1].outcomes
    yield from shown[-1].voting
    yield "</header>"
    for place, section in enumerate(item.sections):
        yield from _section(section, shown.get(place), pictures)
    yield "</article>"


def _heading(item: Item) -> str:
    """`Punkt 4: Lukket: Køb af jord`; the style sets the parts apart, and hides the colons."""
    number = _after(f"{wording.ITEM} ", _span("number", item.number))
    closed = f'<span class="closed">{wording.CLOSED}</span>' if item.closed else ""
    over = _COLON.join(filter(None, (number, closed)))
    over = over and f'<span class="over">{over}</span>'
    return _COLON.join(filter(None, (over, _span("title", item.title)))) or wording.ITEM


def _item_facts(item: Item) -> Iterator[str]:
    if item.case_number is not None:
        yield _fact(wording.CASE_NUMBER, _span("case_number", item.case_number))
    if item.decided_by is not None:
        yield _fact("Afgøres af", plain_html(item.decided_by), ' class="shown"')


def _voting(item: Item) -> list[str]:
    """Who voted how and, where no section says it, who was absent; as shown with a decision."""
    told = [(wording.CHOICES[vote.choice], vote.voters) for vote in item.votes]
    if all(section.kind != "absence" for section in item.sections):
        told.append((wording.PRESENCE[False].capitalize(), item.absent))
    facts = "".join(_fact(label, plain_html(", ".join(who))) for label, who in told if who)
    return [f'<dl class="shown">\n{facts}</dl>'] if facts else []


class _Shown(NamedTuple):
    """What is shown with a decision: its outcomes above its text, the voting below."""

    outcomes: list[str]
    voting: list[str]


def _shown_with(item: Item) -> dict[int, _Shown]:
    """What is shown with each section that decides, by its place; -1 is the item's head."""
    shown = {-1: _Shown([], [])}
    free = [n for n, section in enumerate(item.sections) if section.kind == "decision"]
    for decision in item.decisions:
        place = next((n for n in free if item.sections[n].text.strip() == decision.text), -1)
        mark = shown.setdefault(place, _Shown([], []))
        if decision.outcome is not None:
            word = wording.OUTCOMES[decision.outcome]
            mark.outcomes.append(f'<p class="outcome {decision.outcome} shown">{word}</p>')
        if place >= 0:
            free.remove(place)
    # With several decisions, the votes are those of the meeting's own, which one of them is.
    only = max(shown) if len(shown) == 2 else -1
    shown[only].voting.extend(_voting(item))
    return shown


def _section(section: Section, shown: _Shown | None, pictures: Mapping[str, str]) -> Iterator[str]:
    yield f'<section class="{section.kind}">'
    if section.label:
        yield f"<h3>{plain_html(section.label)}</h3>"
    yield from shown.outcomes if shown else ()
    text = prose_html(
        section.text,
        themes=section.kind in _RUNNING,
        figures=pictures,
        level=4 if section.label else 3,
    )
    yield f'<div class="text">{text}</div>'
    yield from shown.voting if shown else ()
    yield "</section>"


def _findings(minutes: Minutes, anchors: list[str]) -> Iterator[str]:
    if not minutes.findings:
        return
    places: dict[str | None, str] = {}
    for item, anchor in zip(minutes.items, anchors, strict=True):
        places.setdefault(item.number, anchor)
    yield f'<section class="findings"><h2>{wording.FINDINGS}</h2>'
    yield f"<p>{wording.FINDINGS_TOLD}</p>\n<ul>"
    for finding in minutes.findings:
        number = _span("number", finding.item)
        if number:
            number = f"{wording.ITEM} {number}"
            if finding.item in places:
                number = f'<a href="#{places[finding.item]}">{number}</a>'
        code = f'<code class="code">{plain_html(finding.code)}</code>'
        yield f"<li><p>{_after('', number)} {code}</p>"
        yield f'<div class="text">{prose_html(finding.message)}</div></li>'
    yield "</ul></section>"


def _foot(minutes: Minutes) -> Iterator[str]:
    data = remainder(minutes)
    items = ",\n".join(map(line_of, data.pop("items")))
    shown = escape(f'{line_of(data)[:-1]},"items":[\n{items}\n]}}', quote=False)
    yield "<footer>"
    if minutes.source is not None:
        yield f'<p class="source">Læst fra {plain_html(minutes.source.name)}</p>'
    yield f'<details class="data"><summary>{wording.DATA}</summary>'
    yield f'<p>{wording.DATA_TOLD}</p>\n<pre tabindex="0">{shown}</pre></details>\n</footer>'
