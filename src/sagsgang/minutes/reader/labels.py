"""Which blocks are headings of the publisher's own: the fixed labels that open a section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..blocks import HEADING, ITEM, TEXT, Block
from ..danish.bodies import find_bodies
from ..danish.dates import find_dates
from ..model import SectionKind
from .vocabulary import Vocabulary, key

_BOLD_PREFIX: Final = re.compile(r"\*\*([^*]{2,70}?)\s*:?\*\*\s*:?\s*(.*)", re.DOTALL)
_RECOMMENDS: Final = re.compile(
    r"(?:.{0,120}?\S )?(?:indstiller|indstilles|foreslår|anbefaler|foreslås)"
    r"(?:(?: det)? (?:til|over ?for) [^.:]{3,120}?)?(?:,? ?at)?\s*[:,]?(?:,? ?at)?\s*[:,]?"
)
_DECISION_WORD: Final = re.compile(
    r"(?:(?:Beslutning(?:er|\(er\))?|Afgørelse|Behandling|Behandlet|Drøftelse|BESLUTNING)\b"
    r"|.{3,70}s? beslutning (?:i|på|fra|den)\b)"
)
_BODY_DATE_TAIL: Final = re.compile(
    r"[\s,.:;-]*(?:møde(?:t)?|den|d\.|pkt\.?|punkt|sag|nr\.?|kl\.?|[\d:.]+|mandag|tirsdag|onsdag|torsdag|fredag|\s|,|-)*:?\s*$",
    re.IGNORECASE,
)
_MIXED: Final = re.compile(r"[A-ZÆØÅ][a-zæøåé]{4,}[A-ZÆØÅ]")
_DIGIT: Final = re.compile(r"\d")
_BULLET: Final = "label.bullet"
_MAX_LABEL: Final = 90
_MAX_HEADING: Final = 180


class Label(NamedTuple):
    """A heading of the publisher's own, as printed, and the text that follows it on its line."""

    kind: SectionKind
    text: str
    rest: str
    fixed: bool
    rule: str
    committee: str | None = None
    date: str | None = None

    @property
    def key(self) -> str:
        """The form in which labels are compared."""
        return key(self.text)


def match_label(block: Block, vocabulary: Vocabulary) -> Label | None:
    """The label that a block is or begins with, or `None`."""
    kind, text = block.kind, block.text
    if kind not in (TEXT, HEADING) or not text:
        return _item_label(block, vocabulary) if kind == ITEM and len(text) < 100 else None
    size = len(text)
    if text[0] == "*" and not block.strong:
        match = _BOLD_PREFIX.match(text)
        return _with_rest(match[1], match[2], vocabulary) if match else None
    if size <= _MAX_LABEL:
        lowered = key(text)
        word = vocabulary.sections.get(lowered)
        if word is not None:
            return Label(word.kind, text.strip(" *_:"), "", word.fixed, "label.table")
    head = text[:75]
    colon = head.find(":")
    if colon > 2:
        label = _with_rest(text[:colon], text[colon + 1 :].strip(), vocabulary)
        if label is not None:
            return label
    if size <= _MAX_HEADING:
        return (
            _decision_heading(text)
            or _recommendation_line(text)
            or _glued(text, vocabulary)
            or _spaced(text, vocabulary)
        )
    return _glued(text, vocabulary) or (
        _spaced(text, vocabulary) if text.startswith("Beslutning") else None
    )


def _item_label(block: Block, vocabulary: Vocabulary) -> Label | None:
    """A label in a list: set in bold under a number, or a bullet of a page's outline."""
    word = vocabulary.sections.get(key(block.text))
    if word is not None and word.fixed:
        if block.marker[0].isdigit():
            return (
                Label(word.kind, block.text.strip(" *_:"), "", True, "label.numbered")
                if block.strong
                else None
            )
        if block.marker == "-":
            return Label(word.kind, block.text.strip(" *_:"), "", True, _BULLET)
    if block.marker == "-" and block.text.startswith("Beslutning"):
        label = _decision_heading(block.text)
        return label._replace(rule=_BULLET) if label else None
    return None


def _with_rest(label: str, rest: str, vocabulary: Vocabulary) -> Label | None:
    word = vocabulary.sections.get(key(label))
    if word is not None and word.kind == "decision" and rest:
        found = body_and_date(rest)
        if found is not None:
            return found._replace(text=f"{label}: {found.text}", rule="label.decision_of_body")
    if word is not None and (word.fixed or not rest):
        return Label(word.kind, label.strip(" *_:"), rest, word.fixed, "label.before_text")
    if word is None and label.startswith(("Beslutning", "BESLUTNING")):
        heading = _decision_heading(label)
        return heading._replace(rest=rest) if heading else None
    return None


def _decision_heading(text: str) -> Label | None:
    """`Beslutning i <body> den <date>`, `Beslutning fra <body>, <date>, pkt. 67:`."""
    if (
        "eslutning" not in text[:80]
        and "BESLUTNING" not in text[:12]
        and not text.startswith(("Behandl", "Afgørelse"))
    ):
        return None
    match = _DECISION_WORD.match(text)
    if match is None or text[match.end() : match.end() + 1] not in (" ", ":", ",", ""):
        return None
    if text.startswith(
        ("Beslutning om", "Beslutning vedr", "Beslutningen", "Behandling af", "Behandlet")
    ):
        return None
    dates, bodies = find_dates(text), find_bodies(text)
    if not dates and not bodies:
        return None
    if text.rstrip().endswith(".") and not dates:
        return None
    if bodies:
        tail = text[bodies[-1].end :]
        if not dates and len(tail.strip(" :.")) > 30:
            return None
    label = text.strip(" *_").rstrip(":").strip()
    return Label(
        "decision",
        label,
        "",
        True,
        "label.decision_of_body",
        bodies[0].name if bodies else None,
        dates[0].date.isoformat() if dates else None,
    )


def _recommendation_line(text: str) -> Label | None:
    """`Direktøren for X indstiller`: opens a recommendation though no heading is printed."""
    if not (
        "indstill" in text
        or "foreslå" in text
        or "anbefaler" in text
        or text.startswith("Indstilling ")
    ):
        return None
    if text.startswith("Indstilling ") and len(text) < 110 and not text.rstrip().endswith("."):
        if re.match(r"Indstilling (?:til|fra|om|ved|i) ", text) and (
            find_bodies(text) or len(text) < 60
        ):
            return Label("recommendation", text.strip(" *_:"), "", True, "label.recommendation_to")
        return None
    if _RECOMMENDS.fullmatch(text.strip(" *_")) and (text[0].isupper() or text[0].isdigit()):
        return Label(
            "recommendation", text.strip(" *_").rstrip(":").strip(), "", True, "label.recommends"
        )
    return None


def _glued(text: str, vocabulary: Vocabulary) -> Label | None:
    if _MIXED.match(text) is None:
        return None
    match = vocabulary.glued.match(text)
    if match is None:
        return None
    second = vocabulary.sections.get(key(match[2]))
    if second is not None:
        return Label(second.kind, match[2].strip(" *_:"), "", second.fixed, "label.glued")
    word = vocabulary.sections[key(match[1])]
    return Label(word.kind, match[1], match[2].strip(), word.fixed, "label.glued")


_DECIDES: Final = re.compile(
    r"(Beslutning(?:er)?(?: den)?)\s*:?\s+((?:Godkendt|Tiltrådt|Vedtaget|Taget|Drøftet|Tilbagesendes|Anbefales|Indstillingen|Udsat|Fremsendes|Oversendes|Ad|Til|Der|Intet|Ingen|Udvalget|Orienteringen|Sagen|Punktet)\b.*)",
    re.DOTALL,
)


def _spaced(text: str, vocabulary: Vocabulary) -> Label | None:
    """`Fraværende A, B`: a label and its text with nothing but a space between."""
    if text.startswith("Beslutning"):
        match = _DECIDES.match(text)
        if match is not None:
            return Label("decision", match[1], match[2], True, "label.decision_spaced")
    if not text.startswith(("Fraværende ", "Afbud ", "FRAVÆRENDE ", "Afbud fra ")) or text.endswith(
        "."
    ):
        return None
    word, _, rest = text.partition(" ")
    if rest.startswith("fra "):
        word, rest = f"{word} fra", rest[4:]
    if not rest[:1].isupper():
        return None
    return Label("absence", word, rest, True, "label.absence_spaced")


def body_and_date(text: str) -> Label | None:
    """A line that is nothing but a body and a date: some publishers' heading of a decision."""
    if len(text) > 120 or _DIGIT.search(text) is None:
        return None
    bodies = find_bodies(text)
    if len(bodies) != 1 or bodies[0].start > 4:
        return None
    dates = find_dates(text)
    if not dates or dates[0].start < bodies[0].end:
        return None
    rest = text[bodies[0].end : dates[0].start] + text[dates[0].end :]
    if not _BODY_DATE_TAIL.fullmatch(re.sub(r"^s(?: møde)?", "", rest)):
        return None
    return Label(
        "decision",
        text.strip(" *_").rstrip(":").strip(),
        "",
        True,
        "label.body_and_date",
        bodies[0].name,
        dates[0].date.isoformat(),
    )


def find_labels(blocks: Sequence[Block], vocabulary: Vocabulary) -> dict[int, Label]:
    """The labels of a document by the index of their block; loose ones not yet judged."""
    labels: dict[int, Label] = {}
    for index, block in enumerate(blocks):
        label = match_label(block, vocabulary)
        if label is not None:
            labels[index] = label
    bullets = [index for index, label in labels.items() if label.rule == _BULLET]
    kinds = {labels[index].kind for index in bullets}
    if bullets and not ("decision" in kinds and len(bullets) >= 3):
        # A list of topics that happen to be called as labels are.
        for index in bullets:
            del labels[index]
    return labels
