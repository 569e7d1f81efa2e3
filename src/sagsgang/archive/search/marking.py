"""Where a text answers a query: the words to mark, and the passage to show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from .analyser import Analysed, Analyser
from .query import Clause, Query
from .tokens import forms

__all__ = ["Piece", "answered", "excerpt", "mark", "spans"]

_DOTS: Final = "…"
Span = tuple[int, int]


class Piece(NamedTuple):
    """A piece of a text as it stands, unescaped, and whether it answers the query."""

    text: str
    marked: bool


def spans(text: str, query: Query, analyser: Analyser) -> list[Span]:
    """Start and end of what answers `query` in `text`: in order, without overlap.

    A word inside a compound is marked alone: langtids[ledige].
    """
    analysed = list(analyser.text(text))
    found = sorted(span for clause in query.wanted for span in _found(clause, analysed))
    merged: list[Span] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def answered(text: str, query: Query, analyser: Analyser) -> int:
    """How many of the clauses that `query` wants have an answer in `text`; quicker than `spans`."""
    printed = forms(text)
    words = [analyser.word(form) for form in set(printed)]
    keys = {key for word in words for key in word.keys}
    keys.update(part.lemma for word in words for part in word.parts)
    order = [analyser.word(form).keys[0] for form in printed]
    return sum(
        bool(_phrase_at(clause, order)) if clause.kind == "phrase" else _answers(clause, keys)
        for clause in query.wanted
    )


def mark(text: str, query: Query, analyser: Analyser) -> list[Piece]:
    """The whole of `text` in pieces; the template escapes and marks them."""
    return _pieces(text, spans(text, query, analyser), 0, len(text))


def excerpt(text: str, query: Query, analyser: Analyser, length: int = 240) -> list[Piece]:
    """The passage of about `length` characters that answers most of `query`, in pieces.

    Where nothing answers it, the passage is the beginning of the text.
    """
    text = " ".join(text.split())
    found = spans(text, query, analyser)
    start, end = _passage(text, found, length)
    pieces = _pieces(text, found, start, end)
    before = [Piece(f"{_DOTS} ", False)] if start else []
    after = [Piece(f" {_DOTS}", False)] if end < len(text) else []
    return [*before, *pieces, *after]


def _found(clause: Clause, analysed: Sequence[Analysed]) -> Iterator[Span]:
    if clause.kind == "phrase":
        yield from _phrases(clause, analysed)
        return
    for token, word in analysed:
        if _answers(clause, word.keys):
            yield token.start, token.end
            continue
        plain = token.end - token.start == len(token.form)
        for part in word.parts:
            if _answers(clause, (part.lemma,)):
                yield (
                    (token.start + part.start, token.start + part.end)
                    if plain
                    else (token.start, token.end)
                )


def _answers(clause: Clause, keys: Collection[str]) -> bool:
    wanted = clause.words[0]
    if clause.kind == "prefix" and any(key.startswith(wanted[0]) for key in keys):
        return True
    return any(key in keys for key in wanted)


def _phrases(clause: Clause, analysed: Sequence[Analysed]) -> Iterator[Span]:
    order = [word.keys[0] for _, word in analysed]
    for at in _phrase_at(clause, order):
        yield analysed[at].token.start, analysed[at + len(clause.words) - 1].token.end


def _phrase_at(clause: Clause, order: list[str]) -> list[int]:
    """Where in a row of keys the words of a phrase stand one after the other."""
    wanted = [keys[0] for keys in clause.words]
    last = len(order) - len(wanted) + 1
    return [at for at in range(last) if order[at : at + len(wanted)] == wanted]


def _passage(text: str, found: list[Span], length: int) -> Span:
    """The stretch of whole words, at most `length` long, that most of the spans lie in."""
    if len(text) <= length:
        return 0, len(text)
    best = max(found, key=lambda span: _inside(found, span[0], length), default=(0, 0))
    start = max(0, min(best[0] - length // 4, len(text) - length))
    end = min(len(text), start + length)
    if start:
        start = _word_start(text, start, best[0])
    if end < len(text):
        end = max(text.rfind(" ", start, end), best[1]) if " " in text[best[1] : end] else end
    return start, end


def _word_start(text: str, start: int, latest: int) -> int:
    space = text.find(" ", start, latest)
    return start if space < 0 else space + 1


def _inside(found: list[Span], start: int, length: int) -> int:
    return sum(start <= span[0] and span[1] <= start + length * 3 // 4 for span in found)


def _pieces(text: str, found: list[Span], start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for left, right in found:
        left, right = max(left, start), min(right, end)
        if left >= right:
            continue
        pieces += [Piece(text[at:left], False), Piece(text[left:right], True)]
        at = right
    pieces.append(Piece(text[at:end], False))
    return [piece for piece in pieces if piece.text]
