"""The words that the search knows: a Danish dictionary, corrections to it, and counts."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from sagsgang import samples

from .dictionary import lemma_of, noun_in_er, own_words
from .tokens import forms

__all__ = ["Lexicon", "corrections", "function_words"]

_COMMON: Final = 100


@cache
def corrections() -> dict[str, Any]:
    """`words.toml`: forms, compounds and function words."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@cache
def function_words() -> frozenset[str]:
    """Words without a content of their own ("og", "til")."""
    return frozenset(corrections()["function"]["words"])


@cache
def _sample_counts() -> Mapping[str, int]:
    """How often each word stands in the shipped sample documents."""
    texts = [path.read_text(encoding="utf-8") for path in samples.paths()]
    counts: Counter[str] = Counter()
    for form, times in Counter(form for text in texts for form in forms(text)).items():
        counts[lemma_of(form) or form] += times
    return counts


@dataclass(frozen=True)
class Lexicon:
    """Words and how common they are.

    `learnt` are counts of words from an archive's own texts (`words.learnt`): those that are
    not in the dictionary may be parts of compounds too.
    """

    learnt: Mapping[str, int] = field(default_factory=dict)

    def lemmas(self, form: str) -> tuple[str, ...]:
        """The words that `form` (small letters) is a form of; empty where none is known."""
        return _lemmas(form)

    def is_word(self, form: str) -> bool:
        """Whether `form` is a word's own form, not an inflected one, or was learnt."""
        corrected = corrections()["forms"].get(form)
        if corrected:
            return form in corrected
        return form in own_words() or form in self.learnt

    def count(self, lemma: str) -> int:
        """How often `lemma` stands in the samples and in what was learnt; more if it is common."""
        bonus = _COMMON if lemma in corrections()["compounds"]["common"] else 0
        return bonus + _sample_counts().get(lemma, 0) + self.learnt.get(lemma, 0)


@lru_cache(maxsize=50_000)
def _lemmas(form: str) -> tuple[str, ...]:
    corrected = corrections()["forms"].get(form)
    if corrected:
        return tuple(corrected)
    found = [noun_in_er(form), lemma_of(form), lemma_of(form.capitalize())]
    lemmas = [_single(lemma.lower()) for lemma in found if lemma and not _odd(lemma, form)]
    own = [form] if form in own_words() else []  # "forældre", though it is of "forælder" too
    return _unique((*lemmas, *own))


def _single(lemma: str) -> str:
    """The lemma without a consonant too many: "hallen" is of "hal", not of "hall"."""
    doubled = len(lemma) > 2 and lemma[-1] == lemma[-2] and lemma[:-1] in own_words()
    return lemma[:-1] if doubled else lemma


def _odd(lemma: str, form: str) -> bool:
    """Whether the dictionary gives an abbreviation or several words, which nobody looks up."""
    return "." in lemma or " " in lemma or (len(lemma) < 2 <= len(form))


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
