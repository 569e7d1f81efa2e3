"""Where the items of a document begin, and what stands at their head.

Publishers number items in many ways, or not at all, and lists inside the items look like
items. So no single mark decides: every line that could begin an item gets evidence for and
against, and the best chain of rising numbers is taken (a shortest path over candidates). A
document without such a chain is divided by its contents, its case numbers and the order in
which its fixed labels return.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ..blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block
from ..danish import case_numbers
from ..danish.dates import find_dates
from .compose import plain
from .labels import Label
from .vocabulary import Vocabulary, key

_PREFIXED: Final = re.compile(
    r"(?P<word>(?:Dagsordens)?[Pp]unkt|PUNKT|P[Kk][Tt]\.?|Sag|SAG|N[Rr]\.?|[A-ZÆØÅ]{2,3}(?= \d{1,3}\.))\s*(?P<nr>nr\.?)?\s*:?\s*"
    r"(?P<number>\d{1,4}[a-z]?)(?P<sep>\s*[:.)–-]|\s*$|\s+|(?=[A-ZÆØÅ]))\s*(?P<title>.*)$"
)
_NUMBERED: Final = re.compile(
    r"(?P<number>\d{1,4})(?P<sep>\s*[.:)]\s*|\s+[-–]\s+|\s+|(?=[A-ZÆØÅ][a-zæøå]))(?P<title>\S.*)?$"
)
_CLOSED_START: Final = re.compile(
    r"(?-i:[Ll]ukket (?=[A-ZÆØÅ]))|(?:\(?lukke(?:t|de)\)?(?:\s*(?:dagsordens)?punkt|\s*sag)?|closed)\s*(?:[:.–-]\s*|$)",
    re.IGNORECASE,
)
_CLOSED_END: Final = re.compile(
    r"\s*[-–,(\[]?\s*\(?(?:lukket(?: sag| punkt| dagsordenspunkt)?)\)?[\].]*\s*$", re.IGNORECASE
)
_OPEN_START: Final = re.compile(
    r"(?-i:[Åå]bent (?=[A-ZÆØÅ]))|(?:\(?åben(?:t)?\)?(?:\s*(?:dagsordens)?punkt|\s*sag)?)\s*[:.–-]\s*",
    re.IGNORECASE,
)
_OPEN_END: Final = re.compile(
    r"\s*[-–(\[]\s*\(?(?:åben|åbent)(?: sag| punkt)?\)?[\].]*\s*$", re.IGNORECASE
)
_LEADERS: Final = re.compile(
    r"^(?P<title>.*?)\s*(?:\.{3,}|…{2,}|(?:\. ){3,}|\t)[\s.]*(?P<page>\d+)?$"
)
_ALONE: Final = re.compile(r"(?P<number>\d{1,4})(?P<sep>[.:)])?(?P<title>)$")
_DOTTED: Final = re.compile(r"(?P<number>\d{1,4})(?P<sep>[.:)]?\s+)(?P<title>[A-ZÆØÅ].*)$")
_INITIALS: Final = frozenset("PpSNnDA§ØKHTBMVU")
DIGIT: Final = re.compile(r"\d")
_CASE_WORDS: Final = (
    "Sagsid",
    "Sagsnr",
    "Sagsnummer",
    "Sags nr",
    "J.nr",
    "Journalnr",
    "Dok.nr",
    "Punktoplysninger",
)
_WINDOW: Final = 48
_LOOK: Final = 4


@dataclass(frozen=True, slots=True)
class Start:
    """Where an item begins: its head's blocks, from `first` up to the body at `body`."""

    first: int
    body: int
    number: str | None
    title: str | None
    closed: bool
    case_number: case_numbers.CaseNumber | None
    rule: str


class Candidate(NamedTuple):
    """A line that could begin an item."""

    index: int
    number: int
    printed: str
    title: str
    score: float
    rule: str
    prefixed: bool


class Entry(NamedTuple):
    """A line of the table of contents."""

    title: str | None
    page: int | None
    closed: bool
    number: str | None
    index: int


_BUTTON: Final = re.compile(r"\s*(?:Åbn/luk punkt|Kopier link|Se alle bilag|Fold ud|Læs op)$")


def strip_closed(title: str) -> tuple[str, bool | None]:
    """A title without its marks of a closed or open item, and what the marks said."""
    title = _BUTTON.sub("", title)
    lowered = title.lower()
    if "lukke" in lowered or "closed" in lowered:
        match = _CLOSED_START.match(title)
        if match:
            return title[match.end() :].strip(), True
        match = _CLOSED_END.search(title)
        if match and match.start() >= 0 and len(title) - match.start() < 40:
            return title[: match.start()].strip(" -–,"), True
    if "åben" in lowered:
        match = _OPEN_START.match(title)
        if match:
            return title[match.end() :].strip(), False
        match = _OPEN_END.search(title)
        if match:
            return title[: match.start()].strip(), False
    return title, None


# --- the table of contents -----------------------------------------------------------------


def find_contents(
    blocks: Sequence[Block], labels: dict[int, Label], vocabulary: Vocabulary
) -> tuple[list[Entry], int]:
    """The table of contents' entries and the index of the block after it (0: there is none)."""
    heading = -1
    limit = min(len(blocks), 400)
    for index in range(limit):
        block = blocks[index]
        if (
            block.kind in (TEXT, HEADING)
            and len(block.text) < 40
            and vocabulary.document.get(key(block.text)) == "contents"
        ):
            heading = index
            break
    leaders = [
        i
        for i in range(limit)
        if blocks[i].kind in (TEXT, ITEM, HEADING) and _has_leaders(blocks[i].text)
    ]
    if heading < 0 and len(leaders) < 2:
        return [], 0
    if leaders and (heading < 0 or leaders[0] - heading < 6):
        return _leader_entries(blocks, heading + 1 if heading >= 0 else leaders[0], leaders)
    return _plain_entries(blocks, heading + 1, labels, vocabulary)


def _has_leaders(text: str) -> bool:
    return (
        "..." in text and _LEADERS.match(text) is not None and text.rstrip()[-1:] in "0123456789."
    )


def _leader_entries(
    blocks: Sequence[Block], first: int, leaders: list[int]
) -> tuple[list[Entry], int]:
    entries: list[Entry] = []
    last = leaders[-1]
    pending = ""
    for index in range(first, len(blocks)):
        block = blocks[index]
        if block.kind == PAGE:
            continue
        if index > last:
            break
        text = (
            f"{block.marker} " if block.kind == ITEM and block.marker != "-" else ""
        ) + block.text
        match = _LEADERS.match(text) if _has_leaders(text) else None
        if match is None and entries and block.kind == TEXT:
            match = _cut_off(text, entries[-1].page)
        if match is None:
            pending = f"{pending} {text}".strip() if len(text) < 200 else ""
            continue
        title = f"{pending} {match['title']}".strip()
        pending = ""
        entries.append(_entry(title, int(match["page"]) if match["page"] else None, index))
    return entries, last + 1


def _cut_off(text: str, page: int | None) -> re.Match[str] | None:
    """An entry too long for leaders: `… der er fordrevet fi 13`."""
    match = re.match(r"(?P<title>.{50,}\S)\s+(?P<page>\d{1,3})$", text)
    if match is None or page is None or not page <= int(match["page"]) <= page + 40:
        return None
    return match


def _entry(text: str, page: int | None, index: int) -> Entry:
    text = plain(text).strip()
    number = None
    mark = re.match(r"(åben|åbent|lukket)\s+(?=\d)", text, re.IGNORECASE)
    shut = mark is not None and mark[1].lower() == "lukket"
    text = text[mark.end() :] if mark else text
    match = _PREFIXED.match(text)
    if match and (match["sep"].strip() or match["title"]):
        number, text = match["number"], match["title"].strip()
    else:
        match = _NUMBERED.match(text)
        if match and match["title"] and (match["sep"].strip() or len(match["number"]) < 4):
            number, text = match["number"], match["title"].strip()
    title, closed = strip_closed(text)
    return Entry(title or None, page, bool(closed) or shut, number, index)


def _plain_entries(
    blocks: Sequence[Block], first: int, labels: dict[int, Label], vocabulary: Vocabulary
) -> tuple[list[Entry], int]:
    """Contents without leaders: short lines up to where the first of them comes again."""
    entries: list[Entry] = []
    seen: set[str] = set()
    closed_group = False
    index = first
    while index < len(blocks):
        block = blocks[index]
        if block.kind == PAGE or _is_noise(block, vocabulary):
            index += 1
            continue
        if block.kind == TABLE:
            break
        mark = vocabulary.groups.get(key(block.text), "none")
        if mark != "none":
            closed_group = mark is True
            index += 1
            continue
        text = (
            f"{block.marker} " if block.kind == ITEM and block.marker != "-" else ""
        ) + block.text
        label = labels.get(index)
        if len(text) > 220 or vocabulary.document.get(key(block.text)) not in (None, "contents"):
            break
        if (label is not None and label.fixed and (not entries or block.kind != ITEM)) or (
            entries and case_numbers.whole_line(block.text) is not None
        ):
            # What stands just before a label or a case number is the first item, not an entry.
            if label is None or label.kind != "absence":
                near = index - 2
                while entries and entries[-1].index >= near:
                    index = entries.pop().index
            break
        entry = _entry(text, None, index)
        name = key(entry.title or "")
        if name in seen and name:
            break
        seen.add(name)
        if (
            entries
            and entry.number is None
            and block.text.islower()
            and len(entries[-1].title or "") > 40
        ) or (entries and entry.number is None and entries[-1].number and block.text[:1].islower()):
            previous = entries.pop()
            entry = previous._replace(title=f"{previous.title or ''} {block.text}")
        entries.append(entry._replace(closed=entry.closed or closed_group))
        index += 1
    if len(entries) < 2:
        return [], 0
    numbered = [entry for entry in entries if entry.number]
    if numbered and len(numbered) * 2 >= len(entries):
        # What stands unnumbered among numbered entries is no entry (menus, dates, places).
        last = max(entry.index for entry in numbered)
        return [e for e in entries if e.number], last + 1
    return entries, index


def _is_noise(block: Block, vocabulary: Vocabulary) -> bool:
    text = block.text
    if len(text) > 200:
        return False
    return key(text) in vocabulary.noise or text.startswith(vocabulary.noise_starts)


# --- numbered items ------------------------------------------------------------------------


class Evidence:
    """What stands after a line that could begin an item: looked up once per document."""

    def __init__(
        self,
        blocks: Sequence[Block],
        labels: dict[int, Label],
        entries: Sequence[Entry],
        vocabulary: Vocabulary,
    ) -> None:
        self.blocks = blocks
        self.labels = labels
        self.vocabulary = vocabulary
        self.titles = {_title_key(e.title): e for e in entries if e.title}
        self.prefixes = {name[:24] for name in self.titles if len(name) >= 24}

    def after(self, index: int) -> float:
        """How much the next few blocks speak for an item's head at `index`."""
        looked = 0
        position = index + 1
        while looked < _LOOK and position < len(self.blocks):
            block = self.blocks[position]
            if block.kind == PAGE:
                position += 1
                continue
            looked += 1
            if block.kind == TABLE:
                return 0.0
            label = self.labels.get(position)
            if label is not None and label.fixed:
                return 3.0 if looked == 1 else 2.0
            text = block.text
            if len(text) < 200:
                if self.is_fact(text) or text.startswith(_CASE_WORDS):
                    return 3.5 if looked == 1 else 2.5
                mark = self.vocabulary.groups.get(key(text), "none")
                if mark in (True, False):
                    return 2.5
                if find_mark(text) is not None:
                    return 2.5
            if len(text) > 250 or looked > 1 and block.kind == ITEM:
                return 0.0
            position += 1
        return 0.0

    def before(self, index: int) -> float:
        """How much a heading just above speaks for an item: a group of items, a table's head."""
        for block in self.blocks[max(index - 2, 0) : index]:
            if block.kind in (TEXT, HEADING) and len(block.text) < 40:
                name = key(block.text)
                if (
                    name in self.vocabulary.groups
                    or self.vocabulary.document.get(name) == "contents"
                ):
                    return 1.5
        return 0.0

    def titled_below(self, index: int) -> bool:
        """Whether a title and then a label or fact stand below a number that stands alone."""
        if index + 2 >= len(self.blocks):
            return False
        title, following = self.blocks[index + 1], self.blocks[index + 2]
        if title.kind not in (TEXT, HEADING) or index + 1 in self.labels or len(title.text) > 250:
            return False
        label = self.labels.get(index + 2)
        return (
            (label is not None and label.fixed)
            or self.is_fact(following.text)
            or following.text.startswith(_CASE_WORDS)
        )

    def is_fact(self, text: str) -> bool:
        """Whether a line is a case number or another fact of an item's head."""
        return case_numbers.whole_line(text) is not None

    def contents(self, title: str) -> bool:
        """Whether the contents have the title (whole, or as far as they print it)."""
        name = _title_key(title)
        if not name:
            return False
        return name in self.titles or (len(name) >= 24 and name[:24] in self.prefixes)


def _title_key(title: str) -> str:
    return re.sub(r"[^a-zæøå0-9]+", " ", plain(title).lower()).strip()


def find_mark(text: str) -> bool | None:
    """Whether a short line says that the item is closed (true) or open (false)."""
    if len(text) > 120:
        return None
    lowered = text.lower()
    if "dagsorden" in lowered:
        return None
    if "åben" in lowered and (
        lowered.endswith(("åben", "åbent", "åben sag", "åbent punkt")) or lowered.startswith("åben")
    ):
        return False if len(text) < 24 or DIGIT.search(text) is not None else None
    if "lukket" in lowered and lowered.strip(" .()").endswith(
        ("lukket", "lukket sag", "lukket punkt")
    ):
        return True if len(text) < 24 or DIGIT.search(text) is not None else None
    return None


def candidates(evidence: Evidence, first: int) -> list[Candidate]:
    """Every line from `first` on that could begin a numbered item, with its score."""
    found: list[Candidate] = []
    for index in range(first, len(evidence.blocks)):
        block = evidence.blocks[index]
        kind = block.kind
        if kind == ITEM:
            marker = block.marker
            if marker[0].isdigit():
                if block.text.startswith("at ") or (
                    index
                    and _goes_on_a_list(evidence, index, marker[:-1])
                    and not evidence.contents(block.text)
                ):
                    continue
                match = _NUMBERED.match(f"{marker} {block.text}") if block.level <= 2 else None
            elif marker == "-" and len(block.text) < 300 and block.text[:1] in "PpSND0123456789":
                match = (
                    _PREFIXED.match(block.text)
                    or _ALONE.match(block.text)
                    or _DOTTED.match(block.text)
                )
            else:
                continue
        elif kind == TEXT or kind == HEADING:
            text = block.text
            if len(text) > 400:
                continue
            initial = text[0]
            if initial in _INITIALS:
                match = _PREFIXED.match(text)
            elif initial.isdigit():
                match = _NUMBERED.match(text)
            elif initial in "([*":
                match = _NUMBERED.match(plain(text).strip("([ "))
            else:
                continue
        else:
            continue
        if match is not None:
            candidate = _weigh(index, block, match, evidence)
            if candidate is not None:
                found.append(candidate)
    return found


def _weigh(index: int, block: Block, match: re.Match[str], evidence: Evidence) -> Candidate | None:
    groups = match.groupdict()
    title = plain(groups.get("title") or "").strip()
    sep, number = groups["sep"] or "", groups["number"]
    word = groups.get("word")
    score = 0.0
    if word is not None:
        strict = sep.strip() != ""
        if word.startswith(("N", "n")):
            score -= 1.5
        if strict or block.kind == HEADING or not title:
            score += 3.0
        elif title[0].isupper() or title[0].isdigit():
            score += 1.5
        else:
            return None
        if word in ("Sag", "SAG") and not title:
            score -= 2.0
    elif _looks_like_date_or_amount(number, sep, title, block.text):
        return None
    else:
        score += 0.0 if sep.strip() else -0.75
        if not sep:
            score -= 0.5
    if not title and word is None:
        # The number stands alone: its line break is the separator, its title the next line.
        score += 1.75 if evidence.titled_below(index) else 0.0
    if block.kind == HEADING:
        score += 2.0
    elif block.strong:
        score += 1.0
    elif block.kind == ITEM:
        score -= 1.0
    after = evidence.after(index)
    if title:
        score += _title_weight(title)
    elif word is None:
        score -= 2.0 if not after else 0.5
    score += after
    known = bool(title) and evidence.contents(strip_closed(title)[0] or title)
    if known:
        score += 3.0
    elif title and evidence.vocabulary.is_standing(title):
        score += 2.5
    if word is not None and word.isupper() and word not in ("PUNKT", "SAG", "PKT"):
        number = f"{word} {number}"
        score -= 1.5
    _, closed = strip_closed(title)
    if closed is not None:
        score += 1.5
    score += evidence.before(index)
    if not after and not known and word is None:
        score -= 1.5
    rule = "item.word" if word else "item.number"
    return Candidate(
        index, int(re.sub(r"\D", "", number)), number, title, score, rule, word is not None
    )


def _goes_on_a_list(evidence: Evidence, index: int, number: str) -> bool:
    """Whether the line goes on a numbered list: the block before it is the point before."""
    blocks = evidence.blocks
    if blocks[index].kind != ITEM or not number.isdigit() or index == 0:
        return False
    before = blocks[index - 1]
    if before.kind != ITEM or before.marker.rstrip(".)") != str(int(number) - 1):
        return False
    return not evidence.vocabulary.is_standing(before.text)


def _title_weight(title: str) -> float:
    weight = 0.0
    first = title[0]
    if first.islower():
        weight -= 4.0 if title.startswith(("at ", "og ")) else 1.5
    size = len(title)
    if size > 220:
        weight -= 2.0
    last = title[-1]
    if last in ":;,":
        weight -= 1.5
    elif last == "." and size > 60:
        weight -= 1.0
    return weight


_ORDINAL: Final = re.compile(r"\d{1,2}\. [a-zæøå]{2}")
_MONTHS: Final = re.compile(
    r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|oct|nov|dec)[a-zæøå]*\b|(?:pct|procent|kr|mio|mia|timer|uger|måneder|år|dage|stk|km|m2|personer|borgere|medlemmer|stemmer)\b",
    re.IGNORECASE,
)


def _looks_like_date_or_amount(number: str, sep: str, title: str, text: str) -> bool:
    if not title:
        return len(number) == 4 and 1980 <= int(number) <= 2060
    if _MONTHS.match(title):
        return True
    if title[0].isdigit() and not sep.isspace():
        return _ORDINAL.match(title) is None
    if title[:1] in ",%/+" or (not sep.strip() and title[:1].islower()):
        return True
    if len(number) == 4 and (not sep.strip() or 1980 <= int(number) <= 2060):
        return True
    return False


def best_chain(found: Sequence[Candidate]) -> tuple[list[Candidate], float]:
    """The chain of rising numbers with the highest score.

    Each link to the next number adds to it, a jump takes away. Only the last few chains are
    looked at for each candidate, so that time stays linear.
    """
    ends: list[tuple[float, int]] = []
    previous: list[int] = []
    best_at, best = -1, 0.0
    latest: dict[int, int] = {}
    for position, candidate in enumerate(found):
        total = candidate.score + (0.5 if candidate.number == 1 else 0.0)
        link = -1
        reach = range(max(0, position - _WINDOW), position)
        exact = latest.get(candidate.number - 1)
        options = reach if exact is None or exact in reach else (*reach, exact)
        for other in options:
            before = found[other]
            step = candidate.number - before.number
            if step <= 0:
                continue
            gain = 1.5 if step == 1 else (-0.5 if step <= 4 else -2.0 - min(step, 40) * 0.05)
            if before.prefixed != candidate.prefixed:
                gain -= 2.0
            value = ends[other][0] + gain + candidate.score
            if value > total:
                total, link = value, other
        ends.append((total, position))
        previous.append(link)
        if latest.get(candidate.number) is None or ends[latest[candidate.number]][0] <= total:
            latest[candidate.number] = position
        if total > best:
            best, best_at = total, position
    chain: list[Candidate] = []
    while best_at >= 0:
        chain.append(found[best_at])
        best_at = previous[best_at]
    chain.reverse()
    return chain, best
