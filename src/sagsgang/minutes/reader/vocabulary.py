"""The vocabulary: labels, phrases and printed forms, read from TOML tables.

A municipality extends it with a file of its own in the same shape (see the developer
documentation); tables add to the built-in ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from itertools import permutations
from pathlib import Path
from typing import Any, Final, NamedTuple, cast, get_args

from ..model import Choice, Outcome, SectionKind
from .forms import FORM_TABLES, Forms, forms_of
from .phrases import PhraseError, Phrases, as_printed, words_of
from .sentences import bare

_BUILTIN: Final = (
    "labels.toml", "items.toml", "outcomes.toml", "phrases.toml", "municipalities.toml",
)  # fmt: skip
_LABEL_TABLES: Final = FORM_TABLES | {
    "sections", "item_facts", "noise", "document", "municipalities", "outcome",
}  # fmt: skip
"""Tables of labels, printed forms and rules; all others hold phrases."""
_ROOM_FOR_MARKS: Final = 8
_GROUP_MARKS: Final = {"closed_marks": True, "open_marks": False, "groups": None}
_ASIDES: Final = (
    "absence.said", "absence.labels", "substitutes.instead_of", "attendance.said", "votes.against",
    "votes.abstain", "votes.listed_abstain", "dissent.said", "statements.names", "referral.said",
)  # fmt: skip
"""Phrases of sentences that say who was there and who disagreed, not what was decided."""


class VocabularyError(ValueError):
    """A vocabulary file is wrong; the message says where and what to do."""


class SectionWord(NamedTuple):
    """What a heading opens, and whether it does so in every document."""

    kind: SectionKind
    fixed: bool


class Wording:
    """Phrases for a sentence: for the whole of it (`is`), for a part of it (`has`)."""

    __slots__ = ("_has", "_is", "_unless_begins")

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._is = Phrases(table.get("is", ()))
        self._has = Phrases(table.get("has", ()))
        self._unless_begins = Phrases(table.get("unless_begins", ()))

    @property
    def words(self) -> Sequence[str]:
        """Words of which a sentence that is worded so has at least one; see `Phrases.words`."""
        return (*self._is.words, *self._has.words)

    def matches(self, sentence: str) -> bool:
        """Whether a sentence (without number and final full stop) is worded so."""
        if not (self._is.texts and self._is.fit(sentence)) and self._has.find(sentence) is None:
            return False
        return not self._unless_begins.texts or self._unless_begins.opening(sentence) is None


@dataclass(frozen=True, slots=True, eq=False)
class OutcomeRule:
    """A rule for decisions' wordings; `name` is what an explanation cites."""

    name: str
    outcome: Outcome
    wording: Wording
    examples: tuple[str, ...] = ()


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
    outcome_words: Mapping[str, Sequence[int]] = field(repr=False)
    """For each word of their wordings the places of the rules that it may lead to."""
    municipalities: frozenset[str]
    standing: tuple[str, ...]
    """Beginnings of the titles of items that return at every meeting."""
    glued: re.Pattern[str] = field(repr=False)
    forms: Forms = field(repr=False)
    longest_label: int = 0
    """How long a line with a label alone can be, with its marks and mark-up."""
    phrases: Mapping[str, Phrases] = field(default_factory=dict, repr=False)
    """Lists of phrases by table and name: `phrases["votes.against"]`."""

    def is_standing(self, title: str) -> bool:
        """Whether a title is that of an item that returns at every meeting."""
        return key(title).startswith(self.standing)

    def outcome_rule(self, sentence: str) -> OutcomeRule | None:
        """The first rule that has the wording of a sentence."""
        places = set(self.outcome_words.get("", ()))
        for word in self.outcome_words.keys() & words_of(sentence):
            places.update(self.outcome_words[word])
        rules = (self.outcomes[place] for place in sorted(places))
        return next((rule for rule in rules if rule.wording.matches(sentence)), None)


class _File(NamedTuple):
    """A vocabulary file's name and tables."""

    name: str
    tables: Mapping[str, Any]


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The form in which labels are compared: `**Resumé:**` → `resume`."""
    return text.strip(" *_:#.").lower().replace("é", "e").replace("–", "-")


@cache
def builtin() -> Vocabulary:
    """The vocabulary that ships with the program."""
    return _arrange(_builtin_files())


def extended(*paths: Path) -> Vocabulary:
    """The built-in vocabulary with the tables of the files at `paths` added.

    Raises:
        VocabularyError: a file cannot be read, is not in shape, or denies what another says.
    """
    common = _builtin_files()
    own = [_load(path) for path in paths]
    for file in own:
        _check_shape(file, common)
    try:
        vocabulary = _arrange([*common, *own])
        check(vocabulary)
    except VocabularyError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise VocabularyError(
            f"Ordlisten {', '.join(file.name for file in own)} har ikke den form, en ordliste "
            f"skal have ({error}). Sammenlign den med vejledningen om ordlister."
        ) from error
    return vocabulary


def check(vocabulary: Vocabulary) -> None:
    """Looks for rules and phrases that contradict one another.

    Raises:
        VocabularyError: a rule for outcomes has no example, an example of a rule is read
            otherwise, or a phrase for one choice in a vote is one for another choice.
    """
    _check_outcomes(vocabulary)
    for kind in ("votes.", "votes.listed_"):
        for choice, other in permutations(get_args(Choice), 2):
            phrases = vocabulary.phrases[f"{kind}{choice}"]
            for text in phrases.texts:
                if vocabulary.phrases[f"{kind}{other}"].fit(as_printed(text)):
                    raise VocabularyError(
                        f"»{text}« står i listen {kind}{choice}, men læses også som "
                        f"{kind}{other}. Fjern det ene sted."
                    )


def _check_outcomes(vocabulary: Vocabulary) -> None:
    for rule in vocabulary.outcomes:
        if not rule.examples:
            raise VocabularyError(f"Reglen »{rule.name}« har intet eksempel. Giv den mindst ét.")
        for example in rule.examples:
            first = vocabulary.outcome_rule(bare(example))
            if first is None or first.outcome != rule.outcome:
                by = f"af reglen »{first.name}« som {first.outcome}" if first else "ikke"
                raise VocabularyError(
                    f"Eksemplet »{example}« hører til reglen »{rule.name}« og skal læses som "
                    f"{rule.outcome}, men læses {by}. Ret den ene af reglerne."
                )


def _builtin_files() -> list[_File]:
    folder = resources.files("sagsgang.minutes.vocabulary")
    return [
        _File(name, tomllib.loads(folder.joinpath(name).read_text("utf-8"))) for name in _BUILTIN
    ]


def _load(path: Path) -> _File:
    try:
        return _File(path.name, tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(
            f"Ordlisten {path} kan ikke læses: {error}. Ret filen, og prøv igen."
        ) from error


# --- the shape of a file -----------------------------------------------------------------------


def _check_shape(file: _File, common: Sequence[_File]) -> None:
    """A file has only tables and lists that the common files have."""
    for name, table in file.tables.items():
        if name == "outcome":
            continue
        known = {word for one in common for word in one.tables.get(name, ())}
        if not known:
            raise VocabularyError(
                f"Tabellen [{name}] i {file.name} kendes ikke. "
                "Se efter, om navnet er stavet rigtigt."
            )
        for word, value in table.items() if isinstance(table, dict) else [(name, table)]:
            lists = value.values() if name == "sections" and isinstance(value, dict) else [value]
            if word not in known or not all(_is_list(one) for one in lists):
                raise VocabularyError(
                    f"»{word}« i tabellen [{name}] i {file.name} er ikke en af dens lister af ord: "
                    f"{', '.join(sorted(known))}."
                )
            if any("" in one for one in lists):
                raise VocabularyError(
                    f"Listen »{word}« i tabellen [{name}] i {file.name} har et tomt ord, »«. "
                    "Fjern det."
                )


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str | dict) for word in value)


# --- arranging -----------------------------------------------------------------------------


def _arrange(files: Sequence[_File]) -> Vocabulary:
    sections = _sections(files)
    outcomes = _outcomes(files)
    facts = {key(word): fact for fact, word in _words(files, "item_facts")}
    document = list(_words(files, "document"))
    signature = [key(word) for part, word in document if part == "signature"]
    noise = list(_words(files, "noise"))
    matrix = [
        word
        for file in files
        for words in file.tables.get("sections", {}).values()
        for word in words.get("matrix", ())
    ]
    return Vocabulary(
        sections=sections,
        matrix=frozenset(key(word) for word in matrix),
        facts=facts,
        document=_parts_of_document(document),
        groups={key(word): _GROUP_MARKS[part] for part, word in document if part in _GROUP_MARKS},
        noise=frozenset(key(word) for part, word in noise if part == "lines"),
        noise_starts=tuple(word for part, word in noise if part == "starts"),
        signature=frozenset(signature),
        standing=(*(key(word) for part, word in document if part == "standing"), *signature),
        outcomes=outcomes,
        outcome_words=_outcome_words(outcomes),
        municipalities=frozenset(word for _, word in _words(files, "municipalities")),
        glued=_glued_pattern(word for word, what in sections.items() if what.fixed),
        forms=forms_of([file.tables for file in files]),
        longest_label=max(map(len, sections), default=0) + _ROOM_FOR_MARKS,
        phrases=_phrases(files),
    )


def _words(files: Iterable[_File], table: str) -> Iterator[tuple[str, str]]:
    """The words of a table over all files, each with the name of its list."""
    for file in files:
        for name, words in file.tables.get(table, {}).items():
            for word in words:
                if isinstance(word, str):
                    yield name, word


def _sections(files: Iterable[_File]) -> dict[str, SectionWord]:
    sections: dict[str, SectionWord] = {}
    for file in files:
        for kind, words in file.tables.get("sections", {}).items():
            if kind not in get_args(SectionKind):
                raise VocabularyError(f"Afsnit af typen »{kind}« kendes ikke ({file.name}).")
            for name in ("fixed", "loose"):
                what = SectionWord(cast(SectionKind, kind), name == "fixed")
                for word in words.get(name, ()):
                    _add_section(sections, word, what, file.name)
    return sections


def _add_section(sections: dict[str, SectionWord], word: str, what: SectionWord, file: str) -> None:
    known = sections.setdefault(key(word), what)
    if known.kind != what.kind:
        raise VocabularyError(
            f"Overskriften »{word}« åbner allerede et afsnit af typen {known.kind}; "
            f"den kan ikke også åbne {what.kind} ({file}). Fjern den ene."
        )
    if known != what:
        raise VocabularyError(
            f"Overskriften »{word}« i [sections.{what.kind}] står både som fast og som løs "
            f"overskrift ({file}). Fjern den ene."
        )


def _parts_of_document(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The part of the document that a heading opens; the first table that names it decides."""
    parts: dict[str, str] = {}
    for part, word in words:
        if part not in (*_GROUP_MARKS, "signature", "standing"):
            parts.setdefault(key(word), part)
    return parts


def _phrases(files: Sequence[_File]) -> dict[str, Phrases]:
    lists: dict[str, list[str]] = {}
    for table in _phrase_tables(files):
        owners: dict[str, str] = {}
        for name, phrase in _words(files, table):
            owner = owners.setdefault(phrase, name)
            if owner != name:
                raise VocabularyError(
                    f"»{phrase}« står både under {owner} og {name} i tabellen [{table}]. "
                    "Fjern det ene sted."
                )
            lists.setdefault(f"{table}.{name}", []).append(phrase)
    lists["asides"] = [phrase for name in _ASIDES for phrase in lists[name]]
    return {name: _checked(name, phrases) for name, phrases in lists.items()}


def _phrase_tables(files: Iterable[_File]) -> list[str]:
    tables = dict.fromkeys(table for file in files for table in file.tables)
    return [table for table in tables if table not in _LABEL_TABLES]


def _checked(name: str, phrases: Iterable[str]) -> Phrases:
    try:
        return Phrases(phrases)
    except PhraseError as error:
        raise VocabularyError(f"{error} Det står i listen {name}.") from error


def _outcomes(files: Sequence[_File]) -> tuple[OutcomeRule, ...]:
    """The rules in the order in which they are tried: the last file's own go first."""
    rules: list[OutcomeRule] = []
    names: dict[str, str] = {}
    for file in files:
        own = [_rule(entry, file.name) for entry in file.tables.get("outcome", ())]
        for rule in own:
            if rule.name in names:
                raise VocabularyError(
                    f"Der er to regler med navnet »{rule.name}« ({names[rule.name]} og "
                    f"{file.name}). Giv den ene et andet navn."
                )
            names[rule.name] = file.name
        rules = own + rules
    return tuple(rules)


def _outcome_words(rules: Sequence[OutcomeRule]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, rule in enumerate(rules):
        for word in dict.fromkeys(rule.wording.words):
            places.setdefault(word, []).append(place)
    return places


def _rule(entry: Mapping[str, Any], file: str) -> OutcomeRule:
    name, outcome = entry.get("name"), entry.get("outcome")
    if not name or outcome not in get_args(Outcome):
        raise VocabularyError(
            f"En regel for udfald i {file} har navnet »{name}« og udfaldet »{outcome}«. Den skal "
            f"have et navn og et af udfaldene {', '.join(get_args(Outcome))}."
        )
    try:
        return OutcomeRule(
            name=f"outcome.{name}",
            outcome=cast(Outcome, outcome),
            wording=Wording(entry),
            examples=tuple(entry.get("examples", ())),
        )
    except PhraseError as error:
        raise VocabularyError(f"{error} Det står i reglen »{name}« i {file}.") from error


def _glued_pattern(labels: Iterable[str]) -> re.Pattern[str]:
    """What matches a label that lost the line break after it, as in `BeslutningGodkendt`."""
    words = sorted(
        {label for label in labels if label.isalpha() and len(label) > 4}, key=len, reverse=True
    )
    capital = "|".join(re.escape(word[0].upper() + word[1:]).replace("e", "[eé]") for word in words)
    return re.compile(rf"({capital})(?=[A-ZÆØÅ])(.+)")
