"""The vocabulary: labels, phrases and printed forms, read from TOML tables.

A municipality extends it with a file of its own in the same shape (see the developer
documentation); tables add to the built-in ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple, cast

from ..model import Outcome, SectionKind


class VocabularyError(ValueError):
    """A vocabulary file is wrong; the message says where and what to do."""


class SectionWord(NamedTuple):
    """What a heading opens, and whether it does so in every document."""

    kind: SectionKind
    fixed: bool


@dataclass(frozen=True, slots=True, eq=False)
class OutcomeRule:
    """A rule for decisions' wordings; `name` is what an explanation cites."""

    name: str
    outcome: Outcome
    whole: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None
    examples: tuple[str, ...] = ()

    def matches(self, sentence: str) -> bool:
        """Whether a sentence (without final full stop) has one of the rule's wordings."""
        if self.whole is not None and self.whole.fullmatch(sentence):
            return True
        return self.anywhere is not None and self.anywhere.search(sentence) is not None


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The tables, arranged for looking up."""

    sections: Mapping[str, SectionWord]
    matrix: frozenset[str]
    facts: Mapping[str, str]
    document: Mapping[str, str]
    groups: Mapping[str, bool | None]
    noise: frozenset[str]
    noise_starts: tuple[str, ...]
    signature: frozenset[str]
    outcomes: tuple[OutcomeRule, ...]
    municipalities: frozenset[str]
    standing: tuple[str, ...]
    """Beginnings of the titles of items that return at every meeting."""
    glued: re.Pattern[str] = field(repr=False)
    label_words: frozenset[str] = field(default=frozenset(), repr=False)
    """First words of labels, for cheap rejection."""

    def is_standing(self, title: str) -> bool:
        """Whether a title is that of an item that returns at every meeting."""
        return key(title).startswith(self.standing)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The form in which labels are compared: `**Resumé:**` → `resume`."""
    return text.strip(" *_:#.").lower().replace("é", "e").replace("–", "-")


@cache
def builtin() -> Vocabulary:
    """The vocabulary that ships with the program."""
    return _arrange(
        [_load_builtin(name) for name in ("labels.toml", "phrases.toml", "municipalities.toml")]
    )


def extended(*files: Path) -> Vocabulary:
    """The built-in vocabulary with the tables of `files` added.

    Raises:
        VocabularyError: a file cannot be read, or says what the built-in tables deny.
    """
    tables = [
        _load_builtin(name) for name in ("labels.toml", "phrases.toml", "municipalities.toml")
    ]
    for file in files:
        try:
            tables.append(tomllib.loads(file.read_text("utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise VocabularyError(
                f"Ordlisten {file} kan ikke læses: {error}. Ret filen, og prøv igen."
            ) from error
    return _arrange(tables)


def _load_builtin(name: str) -> dict[str, Any]:
    return tomllib.loads(
        resources.files("sagsgang.minutes.vocabulary").joinpath(name).read_text("utf-8")
    )


def _arrange(tables: Iterable[Mapping[str, Any]]) -> Vocabulary:
    sections: dict[str, SectionWord] = {}
    matrix: set[str] = set()
    facts: dict[str, str] = {}
    document: dict[str, str] = {}
    groups: dict[str, bool | None] = {}
    noise: set[str] = set()
    starts: list[str] = []
    signature: set[str] = set()
    rules: list[OutcomeRule] = []
    standing: list[str] = []
    municipalities: set[str] = set()
    for table in tables:
        for kind, words in table.get("sections", {}).items():
            for fixed in (True, False):
                for word in words.get("fixed" if fixed else "loose", ()):
                    _add_section(sections, word, SectionWord(cast(SectionKind, kind), fixed))
            matrix.update(key(word) for word in words.get("matrix", ()))
        for fact, words in table.get("item_facts", {}).items():
            facts.update((key(word), fact) for word in words)
        for part, words in table.get("document", {}).items():
            if part in ("closed_marks", "open_marks", "groups"):
                value = {"closed_marks": True, "open_marks": False, "groups": None}[part]
                groups.update((key(word), value) for word in words)
            elif part == "signature":
                signature.update(key(word) for word in words)
            elif part == "standing":
                standing.extend(key(word) for word in words)
            else:
                for word in words:
                    document.setdefault(key(word), part)
        noise.update(key(word) for word in table.get("noise", {}).get("lines", ()))
        starts.extend(table.get("noise", {}).get("starts", ()))
        own = [_rule(entry) for entry in table.get("outcome", ())]
        rules = own + rules
        municipalities.update(table.get("municipalities", {}).get("names", ()))
    fixed_labels = [word for word, what in sections.items() if what.fixed]
    return Vocabulary(
        sections=sections,
        matrix=frozenset(matrix),
        facts=facts,
        document=document,
        groups=groups,
        noise=frozenset(noise),
        noise_starts=tuple(starts),
        signature=frozenset(signature),
        standing=(*standing, *signature),
        outcomes=tuple(rules),
        municipalities=frozenset(municipalities),
        glued=_glued_pattern(fixed_labels),
        label_words=frozenset(word.split(" ", 1)[0] for word in (*sections, *facts)),
    )


def _add_section(sections: dict[str, SectionWord], word: str, what: SectionWord) -> None:
    known = sections.get(key(word))
    if known is not None and known != what:
        raise VocabularyError(
            f"Overskriften »{word}« åbner allerede et afsnit af typen {known.kind}; "
            f"den kan ikke også åbne {what.kind}. Fjern den ene."
        )
    sections[key(word)] = what


def _rule(entry: Mapping[str, Any]) -> OutcomeRule:
    def compiled(patterns: Iterable[str]) -> re.Pattern[str] | None:
        joined = "|".join(f"(?:{pattern})" for pattern in patterns)
        return re.compile(joined, re.IGNORECASE) if joined else None

    try:
        return OutcomeRule(
            name=f"outcome.{entry['name']}",
            outcome=cast(Outcome, entry["outcome"]),
            whole=compiled(entry.get("is", ())),
            anywhere=compiled(entry.get("has", ())),
            examples=tuple(entry.get("examples", ())),
        )
    except (KeyError, re.error) as error:
        raise VocabularyError(f"En regel for udfald er forkert skrevet: {error}.") from error


def _glued_pattern(labels: Iterable[str]) -> re.Pattern[str]:
    """Matches a label that lost the line break after it: `BeslutningGodkendt.`"""
    words = sorted(
        {label for label in labels if label.isalpha() and len(label) > 4}, key=len, reverse=True
    )
    capital = "|".join(re.escape(word[0].upper() + word[1:]).replace("e", "[eé]") for word in words)
    return re.compile(rf"({capital})(?=[A-ZÆØÅ])(.+)")
