"""How the index was built, and the analyser that reads and writes it.

An index is written with one lexicon: the dictionary that comes with the program, and words that
were learnt from the archive when the index was last built. What comes in later is read with the
same; only building the index again learns more.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.utils import timezone

from .analyser import Analyser
from .beforehand import Learnt
from .models import SearchState
from .terms import Writer

__all__ = ["analyser", "is_outdated", "learnt", "program", "put", "writer"]

_READING: Final = (
    "analyser.py", "compounds.py", "dictionary.py", "lexicon.py", "own_words.xz", "terms.py",
    "tokens.py", "words.py", "words.toml",
)  # fmt: skip
"""What the terms of a text depend on."""


@lru_cache(maxsize=1)
def program() -> str:
    """A hash of what the program itself brings to the reading of words."""
    digest = hashlib.sha256(version("simplemma").encode())
    for name in _READING:
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()


def is_outdated() -> bool:
    """Whether the index was written by a program that reads words in another way."""
    state = SearchState.objects.first()
    return state is not None and state.fingerprint != program()


def put(words: dict[str, int]) -> None:
    """Notes that the index is being built now, with these words."""
    SearchState.objects.update_or_create(
        pk=1, defaults={"fingerprint": program(), "learnt": words, "built_at": timezone.now()}
    )
    _kept.clear()


def learnt() -> Learnt:
    """The words that the index was built with; kept until it is built again."""
    built = next(iter(SearchState.objects.values_list("built_at", flat=True)[:1]), None)
    known = _kept.get("learnt")
    stamp = built.isoformat() if built else ""
    if known is None or known.built != stamp:
        state = SearchState.objects.first()
        known = _kept["learnt"] = Learnt(stamp, state.learnt if state else {})
    return known


def writer() -> Writer:
    """What writes terms to the index as it was built."""
    return learnt().writer


def analyser() -> Analyser:
    """What reads queries for the index as it was built."""
    return writer().analyser


_kept: dict[str, Learnt] = {}
