"""The sample documents, read and compared with what was read in them by hand.

`expected/NN.json` has the contract's shape without `source`. A section's text stands there by its
first and last 40 characters, and a finding without its message. A failure names the document, the
item and the key: `test_item[03-item 12-tables]`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import sagsgang.minutes
from sagsgang import samples

EXPECTED = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).with_name("expected").glob("*.json"))
}
HEAD_KEYS = (
    "format_version",
    "municipality",
    "committee",
    "term",
    "kind",
    "date",
    "start_time",
    "place",
    "members",
    "contents",
)
ITEMS = [
    pytest.param(document, place, id=f"{document}-item {item['number'] or place + 1}")
    for document, expected in EXPECTED.items()
    for place, item in enumerate(expected["items"])
]
ITEM_KEYS = tuple(EXPECTED["01"]["items"][0])
SHOWN = 40


@cache
def reading(document: str) -> dict[str, Any]:
    """What the reader makes of a sample, in the contract's shape."""
    [path] = [path for path in samples.paths() if path.name.startswith(f"{document}-")]
    return sagsgang.minutes.read(path).to_dict()


def found_item(document: str, place: int) -> dict[str, Any]:
    """The item that was read: by its printed number, or by its place where it has none."""
    items: list[dict[str, Any]] = reading(document)["items"]
    number = EXPECTED[document]["items"][place]["number"]
    if number is None:
        return items[place]
    [item] = [item for item in items if item["number"] == number]
    return item


def plain(value: Any) -> Any:
    """`value` without emphasis, heading marks and white space that does not matter."""
    if isinstance(value, str):
        return " ".join(re.sub(r"^#{1,6} ", "", value, flags=re.MULTILINE).replace("*", "").split())
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value


def comparable(key: str, value: Any) -> Any:
    """`value` of an item, with what the contract leaves open taken away."""
    if key == "sections":
        return [section_ends(section) for section in value if section.get("text", "?").strip()]
    if key == "recommendation" and value:
        points = [re.sub(r"(?:[.,]| og)*$", "", plain(point)) for point in value["points"]]
        return {"by": value["by"], "points": points}
    if key == "decisions":
        return [
            {**decision, "text": [plain(part) for part in decision["text"].split("\n\n")]}
            for decision in value
        ]
    return plain(value)


def section_ends(section: dict[str, Any]) -> dict[str, Any]:
    """A section by the beginning and the end of its text."""
    ends = {key: section[key] for key in ("starts", "ends") if key in section}
    if not ends:
        text = plain(section["text"])
        ends = {"starts": text[:SHOWN], "ends": text[-SHOWN:]}
    return {"label": section["label"], "kind": section["kind"], **ends}


def test_every_sample_has_an_expected_reading() -> None:
    numbers = [path.name.partition("-")[0] for path in samples.paths()]

    assert numbers == sorted(EXPECTED)
    assert len(numbers) >= 8


def test_samples_lie_in_the_package() -> None:
    folder = Path(sagsgang.__file__).parent / "samples"

    assert samples.folder() == folder
    assert {path.parent for path in samples.paths()} == {folder}


@pytest.mark.parametrize("document", EXPECTED)
def test_keys_are_those_of_the_contract(document: str) -> None:
    got = reading(document)

    assert got.keys() == {*HEAD_KEYS, "source", "items", "findings"}
    assert got.keys() - {"source"} == EXPECTED[document].keys()
    assert {tuple(item) for item in EXPECTED[document]["items"]} == {ITEM_KEYS}
    assert {tuple(sorted(item)) for item in got["items"]} == {tuple(sorted(ITEM_KEYS))}


@pytest.mark.parametrize("key", HEAD_KEYS)
@pytest.mark.parametrize("document", EXPECTED)
def test_head(document: str, key: str) -> None:
    assert plain(reading(document)[key]) == EXPECTED[document][key]


@pytest.mark.parametrize("document", EXPECTED)
def test_item_numbers(document: str) -> None:
    expected = [item["number"] for item in EXPECTED[document]["items"]]

    assert [item["number"] for item in reading(document)["items"]] == expected


@pytest.mark.parametrize("key", ITEM_KEYS)
@pytest.mark.parametrize(("document", "place"), ITEMS)
def test_item(document: str, place: int, key: str) -> None:
    expected = EXPECTED[document]["items"][place][key]
    got = found_item(document, place)[key]

    assert comparable(key, got) == comparable(key, expected)


@pytest.mark.parametrize("document", EXPECTED)
def test_findings(document: str) -> None:
    expected = Counter((one["code"], one["item"]) for one in EXPECTED[document]["findings"])
    got = reading(document)["findings"]

    assert Counter((one["code"], one["item"]) for one in got) == expected
    assert all(one["message"].strip() for one in got)


def test_samples_show_what_a_reader_must_tell_apart() -> None:
    """The samples together have at least one of each: they are the project's own example."""
    readings = EXPECTED.values()
    items = [item for one in readings for item in one["items"]]

    assert {one["kind"] for one in readings} == {"minutes", "agenda", "supplementary_agenda"}
    assert {"2022-2025", "2026-2029", None} == {one["term"] for one in readings}
    assert {vote["choice"] for item in items for vote in item["votes"]} == {
        "for",
        "against",
        "abstain",
    }
    assert {decision["outcome"] for item in items for decision in item["decisions"]} == {
        "approved",
        "noted",
        "discussed",
        "discussed_and_approved",
        "informed",
        "recommended",
        "amended",
        "postponed",
        "rejected",
        "referred_back",
        "nothing_reported",
    }
    assert any(item["closed"] for item in items)
    assert any(len(item["decisions"]) > 1 for item in items)
    assert any(statement["text"] is None for item in items for statement in item["statements"])
    assert {finding["code"] for one in readings for finding in one["findings"]} == {
        "title_differs",
        "total_differs",
        "routing_unclear",
    }


def test_no_text_of_a_real_document_is_in_a_sample(seeds: list[Path]) -> None:
    real = {words for seed in seeds for words in runs_of_words(seed)}

    assert {path.name: runs_of_words(path) & real for path in samples.paths()} == {
        path.name: set() for path in samples.paths()
    }


def runs_of_words(path: Path, length: int = 9) -> set[str]:
    """Every run of so many words in a document, inside its lines."""
    runs = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        words = re.findall(r"\w+", line.casefold())
        runs.update(" ".join(words[at : at + length]) for at in range(len(words) - length + 1))
    return runs
