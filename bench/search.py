"""How well and how quickly Danish is searched: the judged queries, and the reading of words.

Recall and precision are of the judged sets in tests/archive/search. Speed is that of
this machine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from statistics import mean

from tests.archive.search import judging

from bench import synthetic
from bench.measuring import Row
from sagsgang.archive.search.analyser import Analyser
from sagsgang.archive.search.entries import Content, content_of
from sagsgang.archive.search.terms import Writer


def rows(quick: bool) -> Iterator[Row]:
    """What the judged queries find, and how long the terms of 24,000 items take."""
    yield from judged_rows()
    yield from term_rows(meetings=200 if quick else 2000)


def judged_rows() -> Iterator[Row]:
    """Recall and precision of both sets of queries, and of a search for their letters."""
    analyser = Analyser()
    for name, field in (("judged", "employment"), ("judged_apart", "other fields")):
        texts = judging.texts(name)
        indexed = judging.index(texts, analyser)
        ours = judging.scores(partial(_found, indexed, analyser), texts, name)
        letters = judging.scores(partial(_with_letters, texts), texts, name)
        told = f"{field}: {len(ours)} queries, {len(texts)} texts"
        for scores, by, wanted in ((ours, "search", 90), (letters, "letters anywhere", None)):
            recall, precision = mean(s.recall for s in scores), mean(s.precision for s in scores)
            yield Row(f"recall ({told})", 100 * recall, "%", by, at_least=wanted)
            yield Row(f"precision ({told})", 100 * precision, "%", by, at_least=wanted)


def _found(indexed: list[frozenset[str]], analyser: Analyser, query: str) -> set[int]:
    return judging.search(query, indexed, analyser)


def _with_letters(texts: list[str], query: str) -> set[int]:
    return judging.substring(query, texts)


def term_rows(meetings: int) -> Iterator[Row]:
    """Seconds that making terms takes, in a process that has met no word before."""
    contents = list(_contents(meetings))
    writer = Writer(Analyser())
    for name in ("every word new", "every word met before"):
        start = time.process_time()
        words = sum(len(writer.terms(content).words) for content in contents)
        seconds = time.process_time() - start
        what = f"terms of {len(contents)} items, {words / 1e6:.1f} million words ({name})"
        yield Row(what, seconds, "s")


def _contents(meetings: int) -> Iterator[Content]:
    for minutes in synthetic.archive(synthetic.Size.of(meetings)):
        names = (minutes.municipality or "", minutes.committee or "")
        for item in minutes.items:
            yield content_of(item, item.decisions[0].text if item.decisions else "", names)
