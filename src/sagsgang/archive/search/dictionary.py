"""The Danish dictionary: simplemma's 788,000 forms of 117,000 words.

It is read where it lies, at some microseconds a word, as all of it in memory would take 100 MB in
every process. Whether a word is one at all is asked far more often, for all that may be parts of
a compound; for that the words themselves, without their forms, are shipped as a list:

    python -m sagsgang.archive.search.dictionary

writes it anew from the simplemma that is installed.
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

__all__ = ["lemma_of", "noun_in_er", "own_words"]

_LANGUAGE: Final = "da"
_LIST: Final = Path(__file__).with_name("own_words.xz")
_SHORTEST: Final = 2


@cache
def _forms() -> Mapping[str, str]:
    return LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(_LANGUAGE)


def lemma_of(form: str) -> str | None:
    """The word that `form` is a form of, as the dictionary has it; `None` for unknown forms."""
    return _forms().get(form)


def noun_in_er(form: str) -> str | None:
    """The noun that a form in -er may be, which the dictionary gives as a verb ("modtager").

    Only a noun takes -ne: "modtagerne" is of "modtager", "priserne" of "pris".
    """
    return lemma_of(f"{form}ne") if form.endswith("er") else None


@cache
def own_words() -> frozenset[str]:
    """The words of the dictionary in their own form, in small letters."""
    return frozenset(lzma.decompress(_LIST.read_bytes()).decode().split("\n"))


def gathered_words() -> list[str]:
    """The same from the installed dictionary, in order; takes some seconds."""
    from simplemma.strategies.dictionaries import DEFAULT_DICTIONARY_FACTORY

    forms = DEFAULT_DICTIONARY_FACTORY.get_dictionary(_LANGUAGE)
    return sorted(
        word
        for word in set(forms.values())
        if len(word) >= _SHORTEST and word.isalpha() and word.islower()
    )


if __name__ == "__main__":
    _LIST.write_bytes(lzma.compress("\n".join(gathered_words()).encode(), preset=9))
