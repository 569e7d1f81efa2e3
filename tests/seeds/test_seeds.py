"""The five real documents, read and compared with what a reader of flesh and blood found there.

The documents lie beside the project and are no part of it; the tests are skipped where they
are absent. A failure names the document, the item and the aspect: `test_item[003-47-tables]`.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

import pytest

import sagsgang.minutes

from .expected import (
    DOUBTFUL_HYPHENS,
    HEAD_ASPECTS,
    ITEM_ASPECTS,
    NUMBERS,
    OPTIONAL_FINDINGS,
    RESIDUE,
    Resolver,
    comparable,
    comparable_aspect,
    comparable_point,
    differences,
    fixture,
    hyphened_words,
)

FIXTURES = {number: fixture(number) for number in NUMBERS}
ITEMS = [
    (number, item["number"]) for number, document in FIXTURES.items() for item in document["items"]
]


class Documents:
    """The real documents, each read once."""

    def __init__(self, paths: list[Path]) -> None:
        self.paths = {path.name[:3]: path for path in paths}
        self.readings: dict[str, dict[str, Any] | None] = {}

    def text(self, number: str) -> str:
        if number not in self.paths:
            pytest.skip(f"the real document {number} is not beside the project (../shared/seeds)")
        return self.paths[number].read_text("utf-8")

    def read(self, number: str) -> dict[str, Any]:
        """What the reader makes of a document, in the contract's shape."""
        self.text(number)
        self.readings[number] = None
        reading = sagsgang.minutes.read(self.paths[number]).to_dict()
        self.readings[number] = reading
        return reading

    def reading(self, number: str) -> dict[str, Any]:
        """The same, read once: where that failed, `test_reads` has told why."""
        reading = self.readings[number] if number in self.readings else self.read(number)
        if reading is None:
            fail(["the document could not be read"])
        return reading

    def item(self, number: str, item: str) -> dict[str, Any]:
        items = self.reading(number)["items"]
        found = [one for one in items if one["number"] == item]
        if len(found) != 1:
            fail([f"item {item} was read {len(found)} times"])
        return found[0]

    def resolver(self, number: str) -> Resolver:
        return Resolver(self.text(number))


@pytest.fixture(scope="session")
def documents(seeds: list[Path]) -> Documents:
    return Documents(seeds)


@pytest.fixture(scope="session")
def examples(project: Path) -> dict[str, Any]:
    path = project.parent / "shared" / "contract" / "examples.json"
    if not path.exists():
        pytest.skip("the contract's examples are not beside the project (../shared/contract)")
    return json.loads(path.read_text("utf-8"))


def fail(lines: list[str]) -> NoReturn:
    pytest.fail("\n".join(lines), pytrace=False)


def same(expected: Any, got: Any) -> None:
    lines = differences(expected, got)
    if lines:
        fail(lines)


@pytest.mark.parametrize("number", NUMBERS)
def test_reads(documents: Documents, number: str) -> None:
    assert documents.read(number)["source"]["name"] == documents.paths[number].name


def test_fifty_items_are_printed_and_two_are_missing(documents: Documents) -> None:
    readings = [documents.reading(number) for number in NUMBERS]
    codes = [finding["code"] for reading in readings for finding in reading["findings"]]

    assert sum(len(reading["items"]) for reading in readings) == 50
    assert codes.count("item_missing") == 2


@pytest.mark.parametrize("number", NUMBERS)
def test_item_numbers(documents: Documents, number: str) -> None:
    expected = [item["number"] for item in FIXTURES[number]["items"]]

    same(expected, [item["number"] for item in documents.reading(number)["items"]])


@pytest.mark.parametrize("aspect", HEAD_ASPECTS)
@pytest.mark.parametrize("number", NUMBERS)
def test_head(documents: Documents, number: str, aspect: str) -> None:
    expected = documents.resolver(number).head(FIXTURES[number]["head"])

    same(
        comparable_aspect(aspect, expected[aspect]),
        comparable_aspect(aspect, documents.reading(number)[aspect]),
    )


@pytest.mark.parametrize("aspect", ITEM_ASPECTS)
@pytest.mark.parametrize(("number", "item"), ITEMS)
def test_item(documents: Documents, number: str, item: str, aspect: str) -> None:
    described = next(one for one in FIXTURES[number]["items"] if one["number"] == item)
    expected = documents.resolver(number).item(described)
    got = documents.item(number, item)

    if aspect == "sections":
        same(*(labels(one) for one in without_empty_sections(expected, got)))
    elif aspect == "texts":
        same(*(texts(one) for one in without_empty_sections(expected, got)))
    else:
        same(
            comparable_aspect(aspect, expected[aspect]),
            comparable_aspect(aspect, got[aspect]),
        )


def without_empty_sections(
    expected: dict[str, Any], got: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Both sides' sections; a label with nothing under it may make an empty section or none."""
    empty = {one["label"] for one in expected["sections"] if not one["text"]}
    return (
        [one for one in expected["sections"] if one["text"]],
        [one for one in got["sections"] if one["text"].strip() or one["label"] not in empty],
    )


def labels(sections: list[dict[str, Any]]) -> list[str]:
    return [f"{one['label']} ({one['kind']})" for one in sections]


def texts(sections: list[dict[str, Any]]) -> dict[str, str]:
    """Each section's text by its label, and which section of that label it is."""
    count: Counter[str] = Counter()
    found = {}
    for section in sections:
        count[section["label"]] += 1
        found[f"{section['label']} {count[section['label']]}"] = comparable(section["text"])
    return found


@pytest.mark.parametrize("number", NUMBERS)
def test_findings(documents: Documents, number: str) -> None:
    findings = FIXTURES[number].get("findings", [])
    expected = Counter((one["code"], one["item"] or None) for one in findings)
    got = Counter((one["code"], one["item"]) for one in documents.reading(number)["findings"])
    extra = got - expected
    for free in OPTIONAL_FINDINGS.get(number, set()):
        del extra[free]

    lines = [f"missing: {code}, item {item}" for code, item in (expected - got).elements()]
    lines += [f"too many: {code}, item {item}" for code, item in extra.elements()]
    if lines:
        fail(lines)


@pytest.mark.parametrize("number", NUMBERS)
def test_hyphens(documents: Documents, number: str) -> None:
    """Hyphens that line breaks left are undone, all others kept."""
    doubtful = DOUBTFUL_HYPHENS.get(number, set())
    printed = hyphened_words(documents.text(number))
    kept = {word for word in printed if not RESIDUE.match(word)} - doubtful
    got = set().union(*(hyphened_words(one) for one in strings(documents.reading(number))))

    same(sorted(kept), sorted(got - doubtful))


def strings(value: Any) -> list[str]:
    """All texts of a reading but what it says of itself: its source and findings."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    if isinstance(value, dict):
        kept = [one for key, one in value.items() if key not in ("source", "findings", "kind")]
        return strings(kept)
    return []


# The contract's own examples, compared without going through a fixture.

EXAMPLE_HEAD = ("format_version", *HEAD_ASPECTS, "findings")
EXAMPLE_KEYS = ("number", *(aspect for aspect in ITEM_ASPECTS if aspect != "texts"))
WHOLE = "document 000, whole"
EXAMPLE_ITEMS = [
    *((WHOLE, "000", item["number"]) for item in FIXTURES["000"]["items"]),
    ("document 004, item 3 (votes, dissent, referral)", "004", "3"),
    ("document 003, item 48 (routing)", "003", "48"),
]


@pytest.mark.parametrize("key", EXAMPLE_HEAD)
def test_example_head(documents: Documents, examples: dict[str, Any], key: str) -> None:
    same(examples[WHOLE][key], documents.reading("000")[key])


def test_example_shape(documents: Documents, examples: dict[str, Any]) -> None:
    """Every key that the contract names is there, and no other."""
    example, got = examples[WHOLE], documents.reading("000")

    assert got.keys() == {*example, "source"}
    assert [item.keys() for item in got["items"]] == [item.keys() for item in example["items"]]
    assert set(EXAMPLE_HEAD) | {"items"} == example.keys()
    assert set(EXAMPLE_KEYS) == example["items"][0].keys()


@pytest.mark.parametrize("key", EXAMPLE_KEYS)
@pytest.mark.parametrize(
    ("name", "number", "item"),
    EXAMPLE_ITEMS,
    ids=[f"{number}-{item}" for _, number, item in EXAMPLE_ITEMS],
)
def test_example_item(
    documents: Documents, examples: dict[str, Any], name: str, number: str, item: str, key: str
) -> None:
    example = examples[name]
    if name == WHOLE:
        example = next(one for one in example["items"] if one["number"] == item)

    same(exemplary(key, example[key]), exemplary(key, documents.item(number, item)[key]))


def test_example_findings(documents: Documents, examples: dict[str, Any]) -> None:
    """An excerpt: the document has more findings than these."""
    got = [(one["code"], one["item"]) for one in documents.reading("003")["findings"]]

    for finding in examples["document 003, findings"]:
        assert (finding["code"], finding["item"]) in got


def exemplary(key: str, value: Any) -> Any:
    """A value as the examples print it: of a section's text only its start and end."""
    if key == "recommendation" and value:
        return {**value, "points": [comparable_point(point) for point in value["points"]]}
    if key == "sections":
        return [exemplary_section(section) for section in value]
    return value


def exemplary_section(section: dict[str, Any]) -> dict[str, str]:
    ends = {key: section[key] for key in ("starts", "ends") if key in section}
    if not ends:
        text = " ".join(section["text"].split())
        ends = {"starts": text[:60], "ends": text[-60:]}
    return {"label": section["label"].rstrip(":"), "kind": section["kind"], **ends}
