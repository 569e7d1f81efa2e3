"""How hard a text is to read: long sentences, and LIX.

LIX is the number of words for each sentence, and the share of words of more than six letters in
percent, added (C.H. Björnsson, "Läsbarhet", 1968). 55 and more is very hard: legal text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ..model import Minutes, SectionKind
from ..words import Words
from .remark import Passage, Remark, quoted, sections

HARD: Final = 65
LONG_SENTENCE: Final = 45
"""Words."""
_ENOUGH: Final = 80
"""Words that a text must have for its LIX to say anything."""
_LONG_WORD: Final = 7
_READ: Final[frozenset[SectionKind]] = frozenset(
    ("summary", "presentation", "economy", "hearing", "procedure", "law", "other")
)
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE_END: Final = re.compile(
    r"(?<=[^\d\s][.!?:])\s+(?=[A-ZÆØÅ„“»\"(])|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)"
)
_NO_SENTENCE: Final = re.compile(r"^\s*(?:\||#{1,6}\s|```)")
_ABBREVIATIONS: Final = re.compile(
    r"\b(?:bl\.a|f\.eks|fx|ca|pct|mio|mia|kr|jf|nr|stk|inkl|ekskl|hhv|vedr|mv|m\.fl|m\.m|dvs|pga|evt|kap|art|tlf|max|min|d)\.",
    re.IGNORECASE,
)


class Readability(NamedTuple):
    """Words, sentences and LIX of a text; LIX is 0 where there are no words."""

    words: int
    sentences: int
    lix: int


def readability(text: str) -> Readability:
    """How hard a text is to read; tables and headings are left out."""
    found = [_WORD.findall(sentence) for sentence in sentences(text)]
    found = [words for words in found if words]
    words = [word for sentence in found for word in sentence]
    if not words:
        return Readability(0, 0, 0)
    long = sum(len(word) >= _LONG_WORD for word in words)
    lix = len(words) / len(found) + 100 * long / len(words)
    return Readability(len(words), len(found), round(lix))


def sentences(text: str) -> list[str]:
    """The sentences of a text; a list's entries are sentences too."""
    prose = "\n".join(line for line in text.split("\n") if not _NO_SENTENCE.match(line))
    unbroken = _ABBREVIATIONS.sub(lambda match: match[0].replace(".", "\u2024"), prose)
    parts = _SENTENCE_END.split(unbroken)
    return [part.replace("\u2024", ".").strip() for part in parts if part.strip()]


def check(minutes: Minutes) -> Iterator[Remark]:
    """Remarks on the texts that citizens and members are to read; decisions are let be."""
    for item in minutes.items:
        if item.closed:
            continue
        kinds = {section.label: section.kind for section in item.sections}
        for passage in sections(item):
            if kinds[passage.place] in _READ:
                yield from _long_sentences(passage)
                yield from _hard(passage)


def _long_sentences(passage: Passage) -> Iterator[Remark]:
    for sentence in sentences(passage.text):
        count = len(_WORD.findall(sentence))
        if count > LONG_SENTENCE:
            words = Words(
                f"Sætningen har {count} ord. Del den, så den kan læses højt uden at miste pusten.",
                f"The sentence has {count} words. Divide it.",
            )
            yield Remark(
                "sentence_long", "advice", words, passage.item, passage.place, quoted(sentence)
            )


def _hard(passage: Passage) -> Iterator[Remark]:
    found = readability(passage.text)
    if found.words >= _ENOUGH and found.lix >= HARD:
        words = Words(
            f"Teksten er meget svær at læse (lixtal {found.lix}). Kortere sætninger og kortere ord "
            "hjælper.",
            f"The text is very hard to read (LIX {found.lix}). Shorter sentences and words help.",
        )
        yield Remark("text_hard", "advice", words, passage.item, passage.place)
