"""What the house refuses, in words for the person who asked."""

from __future__ import annotations

from sagsgang.minutes.words import Words


class Refused(Exception):
    """Something that cannot be done now; `words` tell why, and what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.danish)
        self.words = words
