"""A set of minutes as a picture: head, members, items with what was decided, findings."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from ..minutes import Attendance, Decision, Finding, Item, Minutes, Reference, Step, finding_words
from . import wording
from .console import Terminal
from .harmless import harmless
from .language import say

# Narrower than this, an item's title stands below its outcome and not beside it.
_SIDE_BY_SIDE: Final = 64
_LONGEST_QUOTE: Final = 240
_MOST_READ: Final = 10 * _LONGEST_QUOTE
"""Characters that are looked at to make a quote; a text can be as long as a document."""
_LONGEST_LABEL: Final = 12
_SHORT_PARAGRAPH: Final = 160
_BEGINNING: Final = 40
_FEW_WORDS: Final = 3
_MARKUP: Final = re.compile(r"\*\*|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|\[([^\]\n]*)\]\([^)\s]*\)")
_QUOTES: Final = " \"'»«“”„"


def picture(minutes: Minutes, terminal: Terminal, *, explain: bool = False) -> str:
    """The picture, for a terminal (or paper) of a given width; it ends with a line break.

    With `explain`, each item tells which rules gave its derived values.
    """
    console = Console(
        file=io.StringIO(),
        width=terminal.width,
        force_terminal=terminal.styled,
        color_system="standard" if terminal.styled else None,
        no_color=not terminal.coloured,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    rules = _rules(minutes) if explain else {}
    absent = _usually_absent(minutes)
    for part in (
        _head(minutes),
        _facts([*_present(minutes.members), *_absence(minutes, absent)]),
        _facts(_explained(rules.get(""))),
        _items(minutes, terminal.width, rules, absent),
        _findings(minutes.findings, explain=explain),
    ):
        if part is not None:
            console.print(part)
            console.print()
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    return "".join(f"{line.rstrip()}\n" for line in printed.rstrip().split("\n"))


# --- the head --------------------------------------------------------------------------------


def _head(minutes: Minutes) -> Text:
    head = Text()
    if minutes.municipality:
        municipality = harmless(minutes.municipality)
        head.append(say(f"{municipality} Kommune", f"{municipality} Municipality") + "\n", "dim")
    committee = minutes.committee or say("(udvalget er ikke nævnt)", "(committee not named)")
    head.append(harmless(committee), "bold")
    if minutes.term:
        head.append(f" {harmless(minutes.term)}", "dim")
    unknown = say("(datoen er ikke nævnt)", "(date not given)")
    when = wording.moment(minutes.date, minutes.start_time) if minutes.date else unknown
    head.append(f"\n{wording.kind(minutes.kind)} · {harmless(when)}")
    if minutes.place:
        head.append(f" · {harmless(minutes.place)}")
    if minutes.source:
        head.append(f"\n{harmless(minutes.source.name)}", "dim")
    return head


def _present(members: Sequence[Attendance]) -> Iterator[tuple[str, str]]:
    groups = {
        True: say("Til stede", "Present"),
        False: say("Fraværende", "Absent"),
        None: say("Medlemmer", "Members"),
    }
    for present, label in groups.items():
        names = [_member(member) for member in members if member.present is present]
        if names:
            yield label, ", ".join(names)


def _usually_absent(minutes: Minutes) -> frozenset[str]:
    """Those whose absence several items record alike: it is told once, and not under each."""
    times = Counter(frozenset(item.absent) for item in minutes.items if item.absent)
    names, most = max(times.items(), key=lambda entry: entry[1], default=(frozenset[str](), 0))
    return names if most > 1 else frozenset()


def _absence(minutes: Minutes, absent: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The absence that is told once; not where the head says the same."""
    if not absent or absent == {one.name for one in minutes.members if one.present is False}:
        return
    alike = [item for item in minutes.items if frozenset(item.absent) == absent]
    names = _names(alike[0].absent)
    if len(alike) < len(minutes.items):
        names += f" ({say('punkt', 'item')} {_runs(minutes.items, alike)})"
    yield say("Fraværende", "Absent"), names


def _runs(items: Sequence[Item], some: Sequence[Item]) -> str:
    """The numbers of some of the items, neighbours as a run: `1–5, 8`."""
    chosen = {id(item) for item in some}
    runs: list[list[str]] = []
    unbroken = False
    for item in items:
        if id(item) in chosen:
            number = harmless(item.number or "–")
            if unbroken:
                runs[-1][1:] = [number]
            else:
                runs.append([number])
        unbroken = id(item) in chosen
    return ", ".join("–".join(run) for run in runs)


def _member(member: Attendance) -> str:
    if member.party is None:
        return harmless(member.name)
    party = say("uden for parti", "independent") if member.party == "independent" else member.party
    return f"{harmless(member.name)} ({harmless(party)})"


# --- the items -------------------------------------------------------------------------------


def _items(
    minutes: Minutes, width: int, rules: dict[str, list[str]], absent: frozenset[str]
) -> Grid | Text:
    if not minutes.items:
        return Text(say("Ingen punkter.", "No items."), "dim")
    wide = width >= _SIDE_BY_SIDE
    signs = [_sign(minutes, item) for item in minutes.items]
    grid = Grid.grid(padding=(0, 2, 0, 0), expand=False)
    grid.add_column(justify="right", no_wrap=True, max_width=8)
    if wide and any(sign for sign in signs):
        longest = max(len(sign.word) for sign in signs if sign)
        grid.add_column(no_wrap=True, min_width=longest + 2)
    grid.add_column(overflow="fold")
    over = {one.item: one.message for one in minutes.agenda_headings()}
    for place, (item, sign) in enumerate(zip(minutes.items, signs, strict=True)):
        if heading := over.pop(item.number, ""):
            grid.add_row(*[""] * (len(grid.columns) - 1), Text(harmless(heading), "dim"))
        told = _told(minutes, item, absent)
        told += [_labelled(label, text) for label, text in _explained(rules.get(str(place)))]
        _row(grid, item, sign, told, beside=len(grid.columns) == 3)
    return grid


def _row(
    grid: Grid, item: Item, sign: wording.Sign | None, told: Sequence[Text], *, beside: bool
) -> None:
    number = Text(harmless(item.number or "–"), "bold")
    outcome = Text(f"{sign.shape} {sign.word}", sign.style) if sign else Text()
    lines = [_title(item), *told]
    if beside:
        grid.add_row(number, outcome, Text("\n").join(lines))
    else:
        grid.add_row(number, Text("\n").join([outcome, *lines] if sign else lines))


def _title(item: Item) -> Text:
    if item.title:
        return Text(harmless(item.title), "bold")
    if item.closed:
        return Text(say("(lukket punkt)", "(closed item)"), "dim")
    return Text(say("(uden titel)", "(no title)"), "dim")


def _sign(minutes: Minutes, item: Item) -> wording.Sign | None:
    """What the item's outcome is shown as; an agenda decides nothing and shows nothing."""
    own = _own_decisions(minutes, item)
    outcome = next((decision.outcome for decision in own if decision.outcome), None)
    if outcome:
        return wording.outcome(outcome)
    if item.closed:
        return wording.CLOSED
    return wording.UNDECIDED if minutes.kind == "minutes" and not own else None


def _own_decisions(minutes: Minutes, item: Item) -> list[Decision]:
    """The decisions of the meeting itself: those that match the head, or name neither."""
    return [one for one in item.decisions if _is_own(minutes, one)]


def _is_own(minutes: Minutes, decision: Decision) -> bool:
    same = not decision.committee or _same_body(decision.committee, minutes.committee)
    return same and (not decision.date or decision.date == minutes.date)


def _same_body(one: str, other: str | None) -> bool:
    return one.casefold() == (other or "").casefold()


def _told(minutes: Minutes, item: Item, absent: frozenset[str]) -> list[Text]:
    """The lines below an item's title: what was decided, how they voted, what follows."""
    lines = [Text(f"»{quote}«") for quote in _quotes(minutes, item)]
    for told in (
        _votes(item),
        _dissent(item),
        _others(minutes, item),
        _facts_of(minutes, item, absent),
    ):
        lines += [_labelled(label, text) for label, text in told]
    particulars = " · ".join(_particulars(item))
    if particulars:
        lines.append(Text(particulars, "dim"))
    return lines


def _labelled(label: str, text: str) -> Text:
    return Text.assemble((f"{label}: ", "dim"), text)


def _quotes(minutes: Minutes, item: Item) -> Iterator[str]:
    """What was decided, quoted, where it says more than the outcome's own word."""
    for decision in _own_decisions(minutes, item):
        said = (one for one in decision.text.split("\n\n") if not _is_told_elsewhere(one, item))
        quote = _plain(" ".join(said))
        if len(quote.split()) > _FEW_WORDS:
            yield _cut(quote)


def _is_told_elsewhere(paragraph: str, item: Item) -> bool:
    """Whether a paragraph of a decision is what a line of its own tells.

    That is who was not there or wants the council to decide, a list of those who voted, or a
    statement.
    """
    names = (*item.absent, *item.referred_to_council_by)
    if len(paragraph) <= _SHORT_PARAGRAPH and _named(names, paragraph):
        return True
    if _named((name for vote in item.votes for name in vote.voters), paragraph) > 1:
        return True
    bare = paragraph.strip(_QUOTES)
    texts = [one.text.strip(_QUOTES) for one in item.statements if one.text]
    return any(bare in text or text[:_BEGINNING] in bare for text in texts)


def _named(names: Iterable[str], paragraph: str) -> int:
    """How many of the names stand in a paragraph; a family name is enough."""
    return sum(name.split()[-1] in paragraph for name in names if name.strip())


def _votes(item: Item) -> Iterator[tuple[str, str]]:
    for vote in item.votes:
        yield wording.choice(vote.choice), _names(vote.voters) or "–"


def _dissent(item: Item) -> Iterator[tuple[str, str]]:
    for statement in item.statements:
        by = _names(statement.by)
        if statement.text is None:
            yield say("Kan ikke tiltræde", "Dissenting"), by
        else:
            label = say(f"Særudtalelse fra {by}", f"Statement by {by}")
            yield label, f"»{_cut(_plain(statement.text))}«"
    if item.referred_to_council_by:
        yield (
            say("Begæret afgjort af byrådet", "Referred to the council by"),
            _names(item.referred_to_council_by),
        )


def _others(minutes: Minutes, item: Item) -> Iterator[tuple[str, str]]:
    """What other bodies, or this one at other meetings, have decided or are to decide."""
    for decision in item.decisions:
        if not _is_own(minutes, decision):
            outcome = wording.outcome(decision.outcome).word if decision.outcome else ""
            treatment = Reference(decision.committee, decision.date)
            yield (
                say("Også besluttet", "Also decided"),
                f"{_treatment(treatment)} {outcome}".strip(),
            )


def _facts_of(minutes: Minutes, item: Item, absent: frozenset[str]) -> Iterator[tuple[str, str]]:
    if item.absent and frozenset(item.absent) != absent:
        yield say("Fraværende", "Absent"), _names(item.absent)
    if item.decided_by and not _same_body(item.decided_by, minutes.committee):
        yield say("Afgøres af", "Settled by"), harmless(item.decided_by)
    if item.next_steps:
        steps = ", ".join(_treatment(step) for step in item.next_steps)
        yield say("Videre forløb", "Next"), steps


def _treatment(treatment: Reference | Step) -> str:
    date = wording.date(treatment.date) if treatment.date else ""
    return harmless(f"{treatment.committee or ''} {date}")


def _particulars(item: Item) -> Iterator[str]:
    if item.case_number:
        yield say("Sag ", "Case ") + harmless(item.case_number)
    if item.attachments:
        yield wording.number(
            len(item.attachments), ("bilag", "bilag"), ("attachment", "attachments")
        )
    if item.tables:
        yield wording.number(len(item.tables), ("tabel", "tabeller"), ("table", "tables"))


# --- findings and rules ----------------------------------------------------------------------


def _findings(findings: Sequence[Finding], *, explain: bool) -> Grid | None:
    """The findings, gathered by what they mean."""
    if not findings:
        return None
    grid = Grid.grid(padding=(0, 1, 0, 0))
    grid.add_column()
    grid.add_column(overflow="fold")
    grid.add_row(Text("!", "bold yellow"), Text(say("Fund", "Findings"), "bold"))
    codes = dict.fromkeys(finding.code for finding in findings)
    for code in codes:
        alike = [finding for finding in findings if finding.code == code]
        grid.add_row("", _finding(code, alike, explain=explain))
    return grid


def _finding(code: str, alike: Sequence[Finding], *, explain: bool) -> Text:
    items = list(dict.fromkeys(harmless(one.item) for one in alike if one.item))
    where = f"{say('Punkt', 'Item')} {', '.join(items)}: " if items else ""
    text = Text.assemble((where, "bold"), harmless(say(*finding_words.meaning(code))))
    for one in alike:
        detail = _cut(_plain(one.message)) if explain else _detail(one)
        if detail:
            place = f"{harmless(one.item)} " if one.item and len(items) > 1 else ""
            text.append(f"\n{place}{detail}", "dim")
    if explain:
        text.append(f"\n{harmless(code)}", "dim")
    return text


def _detail(finding: Finding) -> str:
    """What a finding's message adds to what its code means."""
    quoted = finding_words.quotes(finding)
    if quoted:
        return " / ".join(f"»{_cut(_plain(words))}«" for words in quoted)
    return _cut(_plain(finding_words.remark(finding)))


def _rules(minutes: Minutes) -> dict[str, list[str]]:
    """The rules that gave derived values: under each item's place, and under "" for the head."""
    rules: dict[str, list[str]] = {}
    for explanation in minutes.explanations:
        parts = explanation.path.strip("/").split("/")
        of_item = parts[0] == "items" and len(parts) > 2
        place, path = (parts[1], parts[2:]) if of_item else ("", parts)
        rules.setdefault(place, []).append(f"{'/'.join(path)} ← {explanation.rule}")
    return rules


def _explained(rules: Sequence[str] | None) -> Iterator[tuple[str, str]]:
    if rules:
        yield say("Udledt", "Derived"), ", ".join(dict.fromkeys(map(harmless, rules)))


# --- words on lines --------------------------------------------------------------------------


def _facts(facts: Iterable[tuple[str, str]]) -> Grid | None:
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(style="dim", min_width=_LONGEST_LABEL, no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in facts:
        grid.add_row(label, text)
    return grid if grid.row_count else None


def _names(names: Iterable[str]) -> str:
    return ", ".join(harmless(name) for name in names)


def _plain(markdown: str) -> str:
    """Text on one line, without its Markdown emphasis and the addresses of its links."""
    return harmless(_MARKUP.sub(lambda match: match[1] or "", markdown[:_MOST_READ]))


def _cut(text: str) -> str:
    """The text, or its beginning, cut between words."""
    if len(text) <= _LONGEST_QUOTE:
        return text
    return text[:_LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
