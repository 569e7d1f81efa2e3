"""The head of a document: municipality, committee, term, kind, date, time, place, members."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..blocks import HEADING, ITEM, PAGE, TABLE, TEXT, Block
from ..danish import names
from ..danish.bodies import find_bodies, same_body
from ..danish.dates import find_dates, first_date, first_time, weekday_agrees
from ..model import Attendance, Kind
from .compose import plain
from .vocabulary import Vocabulary, key

_TERM: Final = re.compile(r"\(?\b((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)\b\)?")
_KIND_LINE: Final = re.compile(
    r"\b(?P<supplement>Tillægsdagsorden|Tillægsreferat|Supplerende dagsorden)\b|\b(?P<minutes>Referat|Beslutningsprotokol|Beslutningsreferat|Protokol|Beslutninger fra mødet|Mødereferat|Dagsorden med vedtagelser|Dagsorden med beslutninger|Lukket referat|Åbent referat)\b|\b(?P<agenda>Dagsorden|Mødeindkaldelse)\b",
    re.IGNORECASE,
)
_ARCHIVE: Final = re.compile(
    r"dagsordener? (?:og|/|&) referat|referater og|dagsordener|referater", re.IGNORECASE
)
_MUNICIPALITY: Final = re.compile(
    r"([A-ZÆØÅ][\wæøåÆØÅ]+(?:-[A-ZÆØÅ][\wæøå]+)?) ((?:Regions)?[Kk]ommune|KOMMUNE|Byråd|BYRÅD|[Kk]ommunalbestyrelse)(?:s|n|ns|et|ets)?\b"
)
_TOWN_HALL: Final = re.compile(r"([A-ZÆØÅ][\wæøå]+(?:-[A-ZÆØÅ][\wæøå]+)?) [Rr]ådhus")
_NO_NAME: Final = frozenset(
    "En Den Vores I Hver Denne Alle Ingen Egen Hele Anden Samme Nabo Begge Danmarks Landets Som Hvilken Andre Din Danske Kommunernes Kommunens Enhver Begge Min".split()
)
_TIME_OF_DAY: Final = re.compile(r"^(?:kl\.?\s*)?\d{1,2}[.:]\d{2}(?:\s*[-–]\s*\d{1,2}[.:]\d{2})?$")
_MEETING_OF: Final = re.compile(r"^(?:.*?\b(?:møde i|mødet i|fra|af|for|til|møde med)\s+)")
_PLACE_IN_LINE: Final = re.compile(
    r"\b(?:kl\.?\s*\d{1,2}[.:,]?\d{0,2}(?:\s*[-–]\s*\d{1,2}[.:]\d{2})?,?)\s+(?:i|på|,)\s+(?P<place>.+)$"
)
_CAPITALS: Final = re.compile(r"\b[A-ZÆØÅ]{4,}\b")
_HEAD_BLOCKS: Final = 120


@dataclass(slots=True)
class Head:
    """What the head says; `kind` is `None` where it does not say."""

    municipality: str | None = None
    committee: str | None = None
    term: str | None = None
    kind: Kind | None = None
    date: str | None = None
    start_time: str | None = None
    place: str | None = None
    members: tuple[Attendance, ...] = ()
    absent: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    used: frozenset[int] = frozenset()
    date_rule: str = ""


def read_head(blocks: Sequence[Block], end: int, vocabulary: Vocabulary) -> Head:
    """What the blocks before the first item (up to `end`) say of the meeting."""
    head = Head()
    facts = _facts(blocks, min(end, _HEAD_BLOCKS), vocabulary)
    lines = [
        plain(block.text)
        for block in blocks[: min(end, _HEAD_BLOCKS)]
        if block.kind in (TEXT, HEADING, ITEM) and block.text
    ]
    _meeting_line(head, lines, facts)
    _date_and_time(head, lines, facts)
    head.place = _place(facts, lines)
    _members(head, facts)
    return head


def _facts(blocks: Sequence[Block], end: int, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The head's labelled values by what they say (`date`, `place`, `members`, …)."""
    facts: dict[str, list[str]] = {}
    index = 0
    current: str | None = None
    while index < end:
        block = blocks[index]
        index += 1
        if block.kind == PAGE:
            continue
        if block.kind == TABLE:
            for row in block.rows:
                part = vocabulary.document.get(key(row[0])) if row else None
                if part and part != "contents" and len(row) > 1:
                    facts.setdefault(part, []).extend(cell for cell in row[1:] if cell)
            current = None
            continue
        part, rest = _labelled(block, vocabulary)
        if part == "contents":
            current = None
            continue
        if part is not None:
            current = part
            values = facts.setdefault(part, [])
            if rest:
                values.append(rest)
                if part not in ("members", "absent"):
                    current = None
            continue
        if current is None:
            continue
        text = plain(block.text)
        if current in ("members", "absent"):
            if (block.kind != HEADING and _is_names(text)) or (
                block.kind == ITEM and names.looks_like_name(text.split("(")[0].strip())
            ):
                facts[current].append(text)
            elif text.lower().strip(" .") in ("ingen", "-"):
                current = None
            else:
                current = None
        else:
            if block.kind != HEADING:
                facts[current].append(text)
            current = None
    return facts


def _is_names(text: str) -> bool:
    return len(text) < 600 and bool(names.split_persons(text))


def _labelled(block: Block, vocabulary: Vocabulary) -> tuple[str | None, str]:
    text = block.text
    if len(text) > 900:
        return None, ""
    part = vocabulary.document.get(key(text)) if len(text) < 40 else None
    if part is not None:
        return part, ""
    if text.startswith("**"):
        label, _, rest = text[2:].partition("**")
        part = vocabulary.document.get(key(label))
        if part is not None:
            return part, plain(rest).strip(" :")
    text = plain(text)
    label, colon, rest = text.partition(":")
    if colon and len(label) < 40:
        part = vocabulary.document.get(key(label))
        if part is not None:
            return part, rest.strip()
    first, _, rest = text.partition(" ")
    if (
        first
        in (
            "Mødedato",
            "Mødested",
            "Mødedeltagere",
            "Mødetidspunkt",
            "Mødetid",
            "Fraværende",
            "Afbud",
            "Udvalg",
            "Sted",
            "Dato",
            "Starttidspunkt",
            "Medlemmer",
            "STED",
            "DATO",
            "Tilstede",
        )
        and rest
    ):
        return vocabulary.document.get(key(first)), rest
    glued = re.match(r"(Mødedato|Mødested|Mødedeltagere|Mødetidspunkt)(?=[A-ZÆØÅ0-9])(.+)", text)
    if glued:
        return vocabulary.document.get(key(glued[1])), glued[2]
    return None, ""


def _meeting_line(head: Head, lines: Sequence[str], facts: dict[str, list[str]]) -> None:
    """Committee, term and kind, from the lines that name them first."""
    stated = " ".join(facts.get("committee", [])[:1])
    if stated:
        head.committee, head.term = _committee(stated)
        if head.committee is None and len(stated) < 90 and not any(c.isdigit() for c in stated):
            head.committee = stated.strip(" .")
    for line in lines[:60]:
        if len(line) > 240:
            continue
        match = None if _ARCHIVE.search(line) else _KIND_LINE.search(line)
        if match is not None and head.kind is None and _states_kind(line, match):
            head.kind = (
                "supplementary_agenda"
                if match["supplement"] and "referat" not in match["supplement"].lower()
                else ("minutes" if match["minutes"] or match["supplement"] else "agenda")
            )
        elif (
            match is not None
            and match["minutes"]
            and head.kind == "agenda"
            and _states_kind(line, match)
            and len(line) < 60
        ):
            head.kind = "minutes"
        if head.committee is None and not line.rstrip().endswith("."):
            committee, term = _committee(line)
            if committee is not None:
                head.committee, head.term = committee, term
                continue
        if head.committee is not None and head.term is None:
            committee, term = _committee(line)
            if term is not None and same_body(committee, head.committee):
                head.term = term


def _states_kind(line: str, match: re.Match[str]) -> bool:
    if len(line) < 40:
        return not re.search(
            r"godkendelse|indholdsfortegnelse|udskriv|hent|søg", line, re.IGNORECASE
        )
    return match.start() < 12 or bool(find_dates(line)) or bool(find_bodies(line))


def _committee(text: str) -> tuple[str | None, str | None]:
    term = _TERM.search(text)
    text = _CAPITALS.sub(lambda match: match[0].capitalize(), text)
    bodies = find_bodies(text)
    if not bodies:
        return None, None
    name = re.sub(r"^[\w-]+ Kommune,? (?=\w)", "", bodies[0].name)
    printed = f"{term[1]}-{term[2]}" if term and int(term[2]) - int(term[1]) in (2, 3, 4) else None
    return name, printed


def _date_and_time(head: Head, lines: Sequence[str], facts: dict[str, list[str]]) -> None:
    stated = facts.get("date", []) + facts.get("time", [])
    found: list[str] = []
    for text in stated:
        date = first_date(text)
        if date is not None and head.date is None:
            head.date, head.date_rule = date.isoformat(), "date.labelled"
            if weekday_agrees(text) is False:
                found.append(f"weekday:{text}")
        if date is not None:
            found.append(date.isoformat())
        if head.start_time is None:
            head.start_time = first_time(text)
    for text in lines[:60]:
        if len(text) > 240:
            continue
        date = first_date(text)
        if date is None:
            if (
                head.start_time is None
                and head.date is not None
                and (_TIME_OF_DAY.match(text) or text.lower().startswith("kl"))
            ):
                head.start_time = first_time(text)
            continue
        if _is_other_date(text):
            continue
        if head.date is None:
            head.date, head.date_rule = date.isoformat(), "date.first_line"
        if date.isoformat() == head.date and head.start_time is None:
            head.start_time = first_time(text)
        if _KIND_LINE.search(text) or text.lower().startswith(("mødedato", "**mødedato")):
            found.append(date.isoformat())
    for text in facts.get("time", []):
        if head.start_time is None:
            match = re.match(r"(?:kl\.?\s*)?(\d{1,2})[.:](\d{2})", text.strip())
            if match and int(match[1]) < 24 and int(match[2]) < 60:
                head.start_time = f"{int(match[1]):02d}:{match[2]}"
    head.dates = tuple(dict.fromkeys(found))


def _is_other_date(text: str) -> bool:
    return bool(
        re.search(
            r"publiceret|opdateret|dannet|udskrevet|offentliggjort|udsendt|frist",
            text,
            re.IGNORECASE,
        )
    )


def _place(facts: dict[str, list[str]], lines: Sequence[str]) -> str | None:
    for text in facts.get("place", []):
        text = text.strip(" .:*|")
        if text:
            return text
    for line in lines[:25]:
        if len(line) < 200:
            match = _PLACE_IN_LINE.search(line)
            if match and find_dates(line[: match.start("place")]):
                return match["place"].strip(" .")
    return None


def _members(head: Head, facts: dict[str, list[str]]) -> None:
    listed: list[Attendance] = []
    for line in facts.get("members", []):
        for person in names.split_persons(line):
            listed.append(Attendance(person.name, person.party, person.present))
    absent = [
        person.name
        for line in facts.get("absent", [])
        for person in names.split_persons(
            re.sub(r"\s[-–]\s.*(?:stedfortræder|mødte|deltog).*$", "", line)
        )
    ]
    head.absent = tuple(absent)
    says = bool(absent) or any(m.present is False for m in listed) or bool(facts.get("absent"))
    result: list[Attendance] = []
    for member in listed:
        away = member.present is False or any(
            names.same_person(member.name, name) for name in absent
        )
        result.append(
            Attendance(
                member.name,
                member.party,
                False if away else (True if says or _attending(facts) else None),
            )
        )
    head.members = tuple(dict.fromkeys(result))


def _attending(facts: dict[str, list[str]]) -> bool:
    return bool(facts.get("members"))


def municipality_of(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[str | None, str]:
    """The municipality that the document speaks of, and the rule that found it.

    The name most often printed before the word Kommune; one of the 98 goes before another.
    """
    counts: Counter[str] = Counter()
    halls: Counter[str] = Counter()
    for index, block in enumerate(blocks):
        text = block.text
        if "ommun" in text or "yråd" in text or "OMMUNE" in text or "YRÅD" in text:
            for name, body in _MUNICIPALITY.findall(text):
                name = _municipal(name, vocabulary)
                if name in vocabulary.municipalities or (
                    name not in _NO_NAME and body.lower().startswith("kommune")
                ):
                    counts[name] += 1
        elif index < _HEAD_BLOCKS and len(text) < 120:
            match = _TOWN_HALL.search(text) if "ådhus" in text else None
            name = match[1] if match else text.rpartition(":")[2].strip()
            if name in vocabulary.municipalities:
                halls[name] += 1
    known = [(count, name) for name, count in counts.items() if name in vocabulary.municipalities]
    if known:
        best = max(count for count, _ in known)
        return _basic(
            next(name for count, name in known if count == best)
        ), "municipality.most_named"
    named = [
        (name, count) for name, count in counts.most_common(1) if count >= 2 or len(counts) == 1
    ]
    if named:
        return named[0][0], "municipality.named"
    if len(halls) == 1:
        return _basic(next(iter(halls))), "municipality.town_hall"
    return None, ""


def _municipal(name: str, vocabulary: Vocabulary) -> str:
    if name in vocabulary.municipalities:
        return name
    if name.isupper() and name.capitalize() in vocabulary.municipalities:
        return name.capitalize()
    if name.endswith("s") and name[:-1] in vocabulary.municipalities:
        return name[:-1]
    return name


def _basic(name: str) -> str:
    return {"Københavns": "København"}.get(name, name)
