"""The judged queries and their texts, and how well a search answers them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sagsgang import samples
from sagsgang.archive.search.analyser import Analyser, left_out
from sagsgang.archive.search.query import Query
from sagsgang.archive.search.tokens import forms

_BETWEEN = re.compile(r"\n\s*\n")


class Score(NamedTuple):
    """Of the relevant texts, how many were found; of the found ones, how many were relevant."""

    query: str
    relevant: set[int]
    found: set[int]

    @property
    def recall(self) -> float:
        return len(self.relevant & self.found) / len(self.relevant) if self.relevant else 1.0

    @property
    def precision(self) -> float:
        return len(self.relevant & self.found) / len(self.found) if self.found else 1.0


@cache
def _judged(name: str) -> dict:
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


def paragraphs(path: Path) -> list[str]:
    """What stands between empty lines."""
    text = path.read_text(encoding="utf-8")
    return [paragraph for paragraph in _BETWEEN.split(text) if paragraph.strip()]


def texts(name: str = "judged") -> list[str]:
    """The texts that the queries of a set are judged on."""
    printed = [paragraph for path in samples.paths() for paragraph in paragraphs(path)]
    return [*_judged(name)["sentences"], *printed]


def queries(name: str = "judged") -> list[tuple[str, frozenset[str]]]:
    """Each query of a set with the words that answer it."""
    return [(query["text"], frozenset(query["answers"])) for query in _judged(name)["queries"]]


def relevant(answers: frozenset[str], among: list[str]) -> set[int]:
    """The texts that have one of the words."""
    return {
        number
        for number, text in enumerate(among)
        if any(form.rstrip("-") in answers for form in forms(text))
    }


def index(among: Iterable[str], analyser: Analyser) -> list[frozenset[str]]:
    """What each text is found under."""
    found = []
    for text in among:
        analysed = list(analyser.text(text))
        keys = {key for _, word in analysed for key in word.keys}
        keys |= {part.lemma for _, word in analysed for part in word.parts}
        found.append(frozenset(keys) | set(left_out(forms(text), analyser.word)))
    return found


def search(text: str, indexed: list[frozenset[str]], analyser: Analyser) -> set[int]:
    """The texts that every word of the query finds."""
    wanted = Query.parse(text, analyser).wanted
    return {
        number
        for number, keys in enumerate(indexed)
        if all(not keys.isdisjoint(clause.words[0]) for clause in wanted)
    }


def substring(text: str, among: list[str]) -> set[int]:
    """The texts that have the query's letters anywhere."""
    return {number for number, other in enumerate(among) if text.lower() in other.lower()}


def scores(find: Callable[[str], set[int]], among: list[str], name: str = "judged") -> list[Score]:
    """How `find` answers each judged query of a set."""
    return [Score(text, relevant(answers, among), find(text)) for text, answers in queries(name)]
