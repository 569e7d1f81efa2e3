"""Who was absent under an item, and who took part in its treatment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..danish import names
from ..model import Participant
from .compose import plain
from .decisions import sentences
from .sections import Part

_ABSENT: Final = re.compile(
    r"^(?P<who>.{3,400}?)\s+(?:deltog ikke\b|deltager ikke\b|var fraværende|er fraværende|var ikke til ?stede|havde meldt (?:afbud|forfald)|"
    r"har meldt (?:afbud|forfald)|fraværende|var forhindret|udeblev|ved afbud|havde afbud|med afbud|meldte afbud|har afbud|- ?afbud|: ?afbud|var ikke mødt)"
)
_LABELLED: Final = re.compile(
    r"^(?:fraværende|afbud|ikke til ?stede|fravær|afbud fra|fravær og stedfortræder|fraværende med afbud|fraværende uden afbud|der var afbud fra|ved afbud)\s*(?:var|fra|er)?\s*[:\-–]?\s*(?P<who>.+)$",
    re.IGNORECASE,
)
_NOBODY: Final = re.compile(
    r"^(?:ingen|intet|-|–|alle (?:medlemmer )?(?:var )?(?:mødt|til stede)|)\.?$", re.IGNORECASE
)
_SUBSTITUTE: Final = re.compile(
    r"\s*[-–,]?\s*(?:i stedet (?:for|mødte|deltog)|(?:som )?stedfortræder|mødte som|deltog som|deltog i stedet).*$|\s+[-–]\s+[^-–]+?(?:\([A-ZÆØÅ]\))?\s+(?:mødte|deltog) (?:som|i stedet).*$",
    re.IGNORECASE,
)
_BEFORE_LIST: Final = re.compile(
    r"^.*?\b(?:medlem(?:merne)?|rådmand|borgmester|formand)\s+(?=[A-ZÆØÅ])", re.IGNORECASE
)
_ELSEWHERE: Final = re.compile(r"(?:punkt(?:erne)?|pkt\.?|sag(?:erne)?)\s*\d", re.IGNORECASE)


def absent_of(parts: Sequence[Part], roster: Sequence[str]) -> list[str]:
    """Persons recorded as absent in the item, each once, in order of first mention.

    Absence is stated in sections of its own, in sentences of the decision, or in a line of
    names within it. A person who was away under other, named items is not absent here.
    """
    found: list[str] = []
    for part in parts:
        if part.kind == "absence":
            for block in part.blocks:
                for line in (block.text, *(cell for row in block.rows for cell in row)):
                    _add(found, _listed(plain(line)), roster)
        elif part.kind == "decision":
            for block in part.blocks:
                if block.text:
                    _add(found, _in_decision(plain(block.text)), roster)
    return found


def absent_in_sentences(text: str) -> list[str]:
    """Persons whom the sentences of a text record as absent, as printed."""
    return _in_decision(text)


def _in_decision(text: str) -> list[str]:
    lowered = text.lower()
    if not any(
        word in lowered
        for word in (
            "deltog",
            "deltager",
            "fravær",
            "afbud",
            "til stede",
            "tilstede",
            "forfald",
            "forhindret",
            "udeblev",
            "mødt",
        )
    ):
        return []
    found: list[str] = []
    for sentence in sentences(text):
        labelled = _LABELLED.match(sentence)
        if labelled is not None:
            found.extend(_listed(labelled["who"]))
            continue
        match = _ABSENT.match(sentence)
        if match is None or _elsewhere(sentence):
            continue
        who = re.split(r",\s*(?:idet|da|mens)\s+|:\s*", match["who"])[-1]
        found.extend(_names(who))
    return found


def _elsewhere(sentence: str) -> bool:
    return _ELSEWHERE.search(sentence) is not None and "dette punkt" not in sentence


def _listed(text: str) -> list[str]:
    text = text.strip(" .:*")
    if _NOBODY.match(text):
        return []
    sentence = _ABSENT.match(text)
    if sentence is not None:
        return [] if _elsewhere(text) else _names(sentence["who"])
    labelled = _LABELLED.match(text)
    if labelled is not None:
        text = labelled["who"]
    if (
        re.search(r"\b(?:deltog|mødte|deltager)\b", text)
        and "stedfortræder" not in text.lower()
        and "i stedet" not in text.lower()
    ):
        return []
    pieces = re.split(r"(?<=\))\s+[-–]\s+(?=[A-ZÆØÅ])", text)
    kept = [
        piece
        for piece in pieces
        if not re.search(
            r"\b(?:mødte|deltog|stedfortræder|deltager|i stedet)\b", piece, re.IGNORECASE
        )
    ]
    if not kept:
        return (
            _names(_SUBSTITUTE.sub("", text))
            if not re.match(r"^[^-–,(]+ (?:deltog|mødte|deltager) ", text)
            else []
        )
    return [name for piece in kept for name in _names(piece)]


def _names(text: str) -> list[str]:
    persons = names.split_persons(text.strip(" .:*"))
    if not persons:
        match = _BEFORE_LIST.match(text)
        persons = names.split_persons(text[match.end() :]) if match else []
    return [person.name for person in persons]


def _add(found: list[str], new: Sequence[str], roster: Sequence[str]) -> None:
    for name in new:
        name = names.in_roster(name, roster)
        if not any(names.same_person(name, other) for other in found):
            found.append(name)


# --- participants --------------------------------------------------------------------------

_TAKES_PART: Final = re.compile(
    r"\s+(?:deltager|deltog|vil deltage|medvirker|præsenterer|fremlægger|gennemgår|orienterer|holder oplæg|giver)\b(?P<rest>[^.]*)"
)
_UNDER_ITEM: Final = re.compile(
    r"under (?:dette )?(?:punkt|sag|behandling)(?:et|en)?\b|i (?:mødet|behandlingen|punktet)|møde under|på mødet under|til (?:punktet|mødet)|ved punktet",
    re.IGNORECASE,
)
_OFFICE: Final = re.compile(
    r"(?:chef|leder|direktør|konsulent|rådgiver|koordinator|formand|forperson|sekretær|inspektør|specialist|ekspert|arkitekt|læge|medarbejder|revisor|ingeniør|planlægger|fuldmægtig|administrator|borgmester|forsker|lektor|professor|repræsentant|jurist|controller)(?:en|e|ne|er|erne)?\b",
    re.IGNORECASE,
)
_HINTS: Final = (
    "under punkt", "under dette", "under sag", "møde under", "i mødet", "ødet under", "På mødet", "På udvalgsmødet",
    "til punktet", "til mødet",
)  # fmt: skip


def participants_of(parts: Sequence[Part]) -> list[Participant]:
    """Those who take part under the item, from a section made for it or from a sentence.

    A sentence counts when somebody with an office takes part, or presents, under this item.
    """
    found: list[Participant] = []
    for part in parts:
        if part.kind == "participants":
            for block in part.blocks:
                found.extend(_from_list(plain(block.text)))
        elif part.kind in ("presentation", "summary", "other"):
            for block in part.blocks:
                text = block.text
                if any(hint in text for hint in _HINTS):
                    for sentence in sentences(plain(text)):
                        found.extend(_from_sentence(sentence))
    unique: list[Participant] = []
    for person in found:
        if person not in unique and not any(
            person.name and person.name == other.name for other in unique
        ):
            unique.append(person)
    return unique


def _from_list(text: str) -> list[Participant]:
    """`Name, role, og Name, role.` or `role Name`."""
    text = text.strip().rstrip(".")
    if not text or _NOBODY.match(text):
        return []
    found: list[Participant] = []
    for piece in re.split(r"[,;]\s*(?:og\s+|samt\s+)?|\s+-\s+", text):
        piece = piece.strip()
        if not piece:
            continue
        waiting = bool(found) and found[-1].name is not None and found[-1].role is None
        if waiting and piece[:1].islower():
            found[-1] = Participant(found[-1].name, piece)
            continue
        name, role = _name_and_role(piece)
        if name is not None:
            found.append(Participant(name, role))
        elif waiting:
            found[-1] = Participant(found[-1].name, piece)
        elif found and found[-1].role is not None and not _OFFICE.search(piece):
            found[-1] = Participant(found[-1].name, f"{found[-1].role}, {piece}")
        elif _OFFICE.search(piece):
            found.append(Participant(None, piece))
    return _split_joined(found)


def _split_joined(found: list[Participant]) -> list[Participant]:
    """A role that runs into the next person (`leder af X og Bo Dam`) is parted."""
    result: list[Participant] = []
    for person in found:
        match = re.match(r"^(.*?)\s+og\s+([A-ZÆØÅ].*)$", person.role or "")
        if match and names.looks_like_name(match[2]):
            result.append(Participant(person.name, match[1]))
            result.append(Participant(match[2], None))
        else:
            result.append(person)
    return result


def _from_sentence(sentence: str) -> list[Participant]:
    match = _TAKES_PART.search(sentence)
    if match is None or not _UNDER_ITEM.search(match["rest"]):
        return _office_will_speak(sentence)
    if len(sentence) > 600:
        return []
    subject = sentence[: match.start()].strip()
    if "udvalg" in subject.lower().split(" ")[0]:
        return []
    return _subjects(subject)


def _subjects(subject: str) -> list[Participant]:
    """Persons in the subject of a sentence: `Role, Name, og role Name fra Unit`."""
    found: list[Participant] = []
    spans = names.find_persons(subject)
    position = 0
    for place, (name, start, end) in enumerate(spans):
        if not _is_person(name):
            continue
        before = re.sub(r"^(?:[\s,]*(?:og|samt)\s+|[\s,]+)", "", subject[position:start]).strip(
            " ,"
        )
        after_end = spans[place + 1][1] if place + 1 < len(spans) else len(subject)
        after = subject[end:after_end]
        tail = ""
        comma_before = subject[:start].rstrip().endswith(",")
        if before and not comma_before:
            unit = re.match(
                r"\s+((?:fra|i|ved|hos|for)\s+.+?)(?=\s+og\s+[a-zæøå]|\s+samt\s+|,\s*og\s+|,|$)",
                after,
            )
            if unit:
                tail = unit[1]
                position = end + unit.end()
            else:
                position = end
        elif before:
            position = end
        else:
            role = re.match(r",\s*(.+?)(?:,\s*og\s+|,\s*$|\s+og\s+(?=[A-ZÆØÅ])|$)", after)
            if role:
                before = role[1].strip(" ,")
                position = end + role.end()
            else:
                unit = re.match(r"\s+((?:fra|i|ved|hos)\s+[^,]+?)(?=\s+og\s+|,|$)", after)
                before = unit[1] if unit else ""
                position = end + (unit.end() if unit else 0)
        role_text = " ".join(filter(None, (before, tail))) or None
        found.append(Participant(name, role_text))
    if not found and _OFFICE.search(subject) and len(subject) < 120:
        found.append(Participant(None, subject))
    return found


def _is_person(name: str) -> bool:
    return names.looks_like_name(name) and " " in name


_WILL_SPEAK: Final = re.compile(
    r"^(?:På|Under|Til) (?:udvalgs|byråds)?(?:mødet|møde|punktet|udvalgsmødet)\s+(?:vil\s+)?(?:(?P<verb>giver|holder|fremlægger|præsenterer|orienterer|deltager)\s+)?(?P<who>[A-ZÆØÅ].+?)\s+(?:give|holde|orientere|fremlægge|præsentere|deltage|en status|et oplæg|oplæg|sagen)\b"
)


def _office_will_speak(sentence: str) -> list[Participant]:
    """`På mødet vil centerlederen af … give et oplæg`: the office is named, or the person."""
    match = _WILL_SPEAK.match(sentence)
    if match is None or not _OFFICE.search(match["who"]) or len(match["who"]) > 120:
        return []
    who = match["who"].strip()
    people = _subjects(who)
    return people or [Participant(None, who)]


def _name_and_role(piece: str) -> tuple[str | None, str | None]:
    piece = re.sub(r"^og\s+", "", piece)
    if names.looks_like_name(piece) and not _OFFICE.search(piece):
        return piece, None
    spans = [span for span in names.find_persons(piece) if _is_person(span[0])]
    if len(spans) != 1:
        return None, None
    name, start, end = spans[0]
    role = f"{piece[:start].strip(' ,(')} {piece[end:].strip(' ,()')}".strip()
    return name, role or None
