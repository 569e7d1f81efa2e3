"""The vocabulary's tables: what they say holds, does not contradict itself, and can be extended."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from sagsgang.minutes import VocabularyError, extended, read_bytes
from sagsgang.minutes.blocks import TEXT, Block
from sagsgang.minutes.reader.absence import absent_of
from sagsgang.minutes.reader.decisions import outcome_of
from sagsgang.minutes.reader.dissent import referrals_of, statements_of
from sagsgang.minutes.reader.participants import participants_of
from sagsgang.minutes.reader.recommendations import recommendation_of
from sagsgang.minutes.reader.references import decided_by
from sagsgang.minutes.reader.sections import Part
from sagsgang.minutes.reader.sentences import bare
from sagsgang.minutes.reader.vocabulary import builtin, check
from sagsgang.minutes.reader.votes import votes_of

FOLDER = resources.files("sagsgang.minutes.vocabulary")
OUTCOMES = tomllib.loads(FOLDER.joinpath("outcomes.toml").read_text("utf-8"))
PHRASES = tomllib.loads(FOLDER.joinpath("phrases.toml").read_text("utf-8"))
RULE_EXAMPLES = [
    pytest.param(rule["name"], rule["outcome"], example, id=f"{rule['name']}-{example}")
    for rule in OUTCOMES["outcome"]
    for example in rule["examples"]
]


def examples(table: str) -> list[Any]:
    return [pytest.param(one, id=one["text"]) for one in PHRASES[table]["examples"]]


def part(kind: Any, text: str, label: str = "") -> Part:
    return Part(kind, label, [Block(TEXT, line) for line in text.split("\n")])


# --- outcomes ------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", OUTCOMES["outcome"], ids=lambda rule: rule["name"])
def test_every_outcome_rule_has_examples(rule: dict[str, Any]) -> None:
    assert rule["examples"]


@pytest.mark.parametrize(("name", "outcome", "example"), RULE_EXAMPLES)
def test_an_example_is_taken_by_its_own_rule(name: str, outcome: str, example: str) -> None:
    """So no rule is out of reach behind the rules before it."""
    rule = builtin().outcome_rule(bare(example))

    assert rule is not None
    assert (rule.name, rule.outcome) == (f"outcome.{name}", outcome)


@pytest.mark.parametrize(("name", "outcome", "example"), RULE_EXAMPLES)
def test_a_decision_of_one_example_has_its_outcome(name: str, outcome: str, example: str) -> None:
    ruled = outcome_of(example, "", builtin())

    assert ruled is not None
    assert ruled.outcome == outcome


def test_the_common_tables_do_not_contradict_one_another() -> None:
    check(builtin())


# --- what is said of persons and cases -----------------------------------------------------


@pytest.mark.parametrize("example", examples("absence") + examples("substitutes"))
def test_absence(example: dict[str, Any]) -> None:
    found = absent_of([part("decision", example["text"])], (), builtin(), example.get("item"))

    assert found == example["absent"]


@pytest.mark.parametrize("example", examples("votes"))
def test_votes(example: dict[str, Any]) -> None:
    choices = ("for", "against", "abstain")
    expected = {choice: example[choice] for choice in choices if choice in example}

    found = votes_of(example["text"], (), builtin())

    assert {vote.choice: list(vote.voters) for vote in found} == expected


@pytest.mark.parametrize("example", examples("dissent"))
def test_dissent(example: dict[str, Any]) -> None:
    found = statements_of(example["text"], (), builtin())

    assert [name for statement in found for name in statement.by] == example["by"]
    assert all(statement.text is None for statement in found)


@pytest.mark.parametrize("example", examples("statements"))
def test_statements(example: dict[str, Any]) -> None:
    (statement,) = statements_of(example["text"], (), builtin())

    assert list(statement.by) == example["by"]
    assert statement.text == example["said"]


@pytest.mark.parametrize("example", examples("referral"))
def test_referral(example: dict[str, Any]) -> None:
    assert referrals_of(example["text"], (), builtin()) == example["by"]


@pytest.mark.parametrize("example", examples("participants"))
def test_participants(example: dict[str, Any]) -> None:
    found = participants_of([part("presentation", example["text"])], builtin())
    expected = [(person.get("name"), person["role"]) for person in example["persons"]]

    assert [(person.name, person.role) for person in found] == expected


@pytest.mark.parametrize("example", examples("recommendation"))
def test_recommendation(example: dict[str, Any]) -> None:
    found = recommendation_of([part("recommendation", example["text"], "Indstilling")], builtin())

    assert found is not None
    assert (found.by, list(found.points)) == (example.get("by"), example["points"])


@pytest.mark.parametrize("example", examples("decided_by"))
def test_decided_by(example: dict[str, Any]) -> None:
    settled = decided_by([part("summary", example["text"])], builtin())

    assert settled is not None
    assert settled[0] == example["body"]


# --- a municipality's own file -------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "lindvig.toml"


def refused(file: Path, text: str) -> str:
    """The message with which a vocabulary file is refused."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as error:
        extended(file)
    return str(error.value)


def test_a_label_under_two_kinds_is_refused(own: Path) -> None:
    message = refused(own, '[sections.summary]\nfixed = ["Bilag"]')

    assert "»Bilag«" in message
    assert "attachments" in message
    assert "summary" in message
    assert "lindvig.toml" in message


def test_a_label_that_is_both_fixed_and_loose_is_refused(own: Path) -> None:
    message = refused(own, '[sections.decision]\nloose = ["Beslutning"]')

    assert "»Beslutning« i [sections.decision]" in message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[sections.minutes]\nfixed = ["Referat"]', "»minutes«"),
        ('[absense]\nsaid = ["mangler"]', "[absense]"),
        ('[absence]\nsays = ["mangler"]', "»says«"),
        ('[absence]\nsaid = "mangler"', "»said«"),
        ('[absence]\nsaid = ["var (ikke"]', "»var (ikke«"),
        ('[absence]\nsaid = ["(var) (ikke)"]', "»(var) (ikke)«"),
        ('[absence]\nsaid = [""]', "»«"),
        ('[absence]\nsaid = ["a*b"]', "»a*b«"),
        ('[votes]\nfor = ["stem(te/mer) imod/mod/nej"]', "[votes]"),
        ('[votes]\nfor = ["stemte imod"]', "votes.against"),
        ('[votes]\nabstain = ["stemmer (blankt) ja"]', "votes.for"),
        ('[[outcome]]\nname = "x"\noutcome = "adopted"\nexamples = ["Ja."]', "»adopted«"),
        ('[[outcome]]\noutcome = "approved"\nis = ["ja"]\nexamples = ["Ja."]', "lindvig.toml"),
        ('[[outcome]]\nname = "yes"\noutcome = "approved"\nis = ["ja"]', "»outcome.yes«"),
        ("[absence", "lindvig.toml"),
    ],
)
def test_a_file_out_of_shape_is_refused_with_what_and_where(
    own: Path, text: str, said: str
) -> None:
    message = refused(own, text)

    assert said in message
    assert message.endswith(".")


def test_a_file_that_is_not_there_is_refused(own: Path) -> None:
    with pytest.raises(VocabularyError, match=r"lindvig\.toml kan ikke læses"):
        extended(own)


def test_a_rule_that_does_not_read_its_own_example_is_refused(own: Path) -> None:
    message = refused(
        own,
        '[[outcome]]\nname = "yes"\noutcome = "approved"\nis = ["ja"]\nexamples = ["Jo tak."]',
    )

    assert "»Jo tak.«" in message
    assert "læses ikke" in message


def test_a_rule_that_takes_another_rules_example_is_refused(own: Path) -> None:
    message = refused(
        own,
        '[[outcome]]\nname = "no"\noutcome = "rejected"\nis = ["udsat"]\nexamples = ["Udsat."]',
    )

    assert "»Udsat.«" in message
    assert "»outcome.postponed«" in message
    assert "»outcome.no«" in message


def test_two_rules_of_one_name_are_refused(own: Path) -> None:
    message = refused(
        own,
        '[[outcome]]\nname = "noted"\noutcome = "noted"\nis = ["set"]\nexamples = ["Set."]',
    )

    assert "»outcome.noted«" in message
    assert "lindvig.toml" in message


MINUTES = """Referat Socialudvalget
Mødedato: 4. marts 2026
Punkt 1: Budget
Sagen i en nøddeskal
Der er råd.
Beslutning
Bifaldet.
Ida Holm holdt ferie.
"""


def test_a_municipalitys_own_words_take_effect(own: Path) -> None:
    own.write_text(
        """
        [sections.summary]
        fixed = ["Sagen i en nøddeskal"]

        [absence]
        said = ["holdt ferie"]

        [[outcome]]
        name = "applauded"
        outcome = "approved"
        is = ["bifaldet"]
        examples = ["Bifaldet."]
        """,
        encoding="utf-8",
    )
    (plain,) = read_bytes(MINUTES.encode()).items
    minutes = read_bytes(MINUTES.encode(), vocabulary=extended(own))
    (item,) = minutes.items
    rules = {one.path: one.rule for one in minutes.explanations}

    assert [section.kind for section in plain.sections] == ["presentation", "decision"]
    assert plain.decisions[0].outcome == "other"
    assert plain.absent == ()
    assert [section.kind for section in item.sections] == ["summary", "decision"]
    assert item.decisions[0].outcome == "approved"
    assert item.absent == ("Ida Holm",)
    assert rules["/items/0/decisions/0/outcome"] == "outcome.applauded"
