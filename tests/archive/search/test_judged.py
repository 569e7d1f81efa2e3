"""The judged queries: how much is found, and how much of it was asked for."""

from __future__ import annotations

import re

import pytest
from tests.archive.search import judging

from sagsgang.archive.search.analyser import Analyser

ANALYSER = Analyser()
PROBES = (
    "ledig kontanthjælp job borger sygedagpenge beskæftigelse integration modtager indsats "
    "virksomhed budget uddannelse kommune udvalg arbejdsmarked refusion fleksjob ydelse misbrug "
    "rådgiver reform pension analyse revision projekt løntilskud forløb behandling"
).split()


def mean(values) -> float:
    values = list(values)
    return sum(values) / len(values)


def test_the_judged_queries_are_answered():
    texts = judging.texts()
    indexed = judging.index(texts, ANALYSER)
    scores = judging.scores(lambda query: judging.search(query, indexed, ANALYSER), texts)
    assert len(texts) >= 300
    assert all(score.relevant for score in scores), [s.query for s in scores if not s.relevant]
    assert mean(score.recall for score in scores) >= 0.98
    assert mean(score.precision for score in scores) >= 0.97
    assert [score.query for score in scores if score.recall < 0.9] == []


@pytest.mark.parametrize("name", ["judged", "judged_apart"])
def test_they_are_answered_better_than_by_letters_alone(name):
    texts = judging.texts(name)
    indexed = judging.index(texts, ANALYSER)
    ours = judging.scores(lambda query: judging.search(query, indexed, ANALYSER), texts, name)
    letters = judging.scores(lambda query: judging.substring(query, texts), texts, name)
    assert mean(s.recall for s in ours) > mean(s.recall for s in letters)
    assert mean(s.precision for s in ours) > mean(s.precision for s in letters)


def test_real_documents_give_what_their_letters_give(seeds):
    texts = [paragraph for path in seeds for paragraph in judging.paragraphs(path)]
    indexed = judging.index(texts, ANALYSER)
    recalls = []
    for probe in PROBES:
        letters = judging.substring(probe, texts)
        found = judging.search(probe, indexed, ANALYSER)
        recalls.append(len(found & letters) / len(letters))
        # What is found beyond the letters is another form of the word, not another word.
        assert len(found - letters) <= max(2, 0.4 * len(letters)), probe
    assert mean(recalls) >= 0.95


def test_real_documents_give_the_compounds_of_a_word(seeds):
    texts = [paragraph for path in seeds for paragraph in judging.paragraphs(path)]
    indexed = judging.index(texts, ANALYSER)
    for query, compound in [
        ("ledig", "ledighed"),
        ("ledig", "nyledige"),
        ("kontanthjælp", "kontanthjælpsmodtagere"),
        ("kontanthjælp", "kontanthjælpsreformen"),
    ]:
        having = {n for n, text in enumerate(texts) if re.search(compound, text, re.IGNORECASE)}
        assert having
        assert having <= judging.search(query, indexed, ANALYSER)
