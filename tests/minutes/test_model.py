"""`Minutes` as a value: equality, the contract's shape, and the schema made from it."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from typing import Any

import jsonschema
import pytest

from sagsgang.minutes import (
    Attachment,
    Attendance,
    ContentsEntry,
    ContractError,
    Decision,
    Explanation,
    Finding,
    Item,
    Minutes,
    Participant,
    Place,
    Recommendation,
    Reference,
    RoutingMark,
    Section,
    Source,
    Statement,
    Step,
    Table,
    Vote,
)
from sagsgang.minutes.schema import json_schema

MINUTES = Minutes(
    municipality="Lindvig",
    committee="Beskæftigelsesudvalget",
    term="2022-2025",
    kind="minutes",
    date="2025-02-05",
    start_time="15:00",
    place="Rådhuset",
    members=(Attendance("Ida Holm", "A", True), Attendance("Bo Lind", "independent")),
    contents=(ContentsEntry("Plan for unge", 3), ContentsEntry(None, None, True)),
    items=(
        Item(
            number="1",
            title="Plan for unge",
            case_number="15.20.00-A00-1-25",
            kle="15.20.00",
            closed=True,
            sections=(Section("Beslutning", "decision", "Godkendt.", Place(1, 10, 20)),),
            recommendation=Recommendation("Direktøren", ("planen godkendes",)),
            decisions=(
                Decision(
                    "Godkendt.",
                    "approved",
                    committee="Byrådet",
                    date="2025-02-25",
                    place=Place(1, 1, 2),
                ),
            ),
            votes=(Vote("against", ("Bo Lind",)),),
            statements=(Statement(("Bo Lind",), "Planen er for dyr."), Statement(("Ea Krog",))),
            referred_to_council_by=("Bo Lind",),
            absent=("Ea Krog",),
            participants=(Participant("Ib Dam", "centerchef"), Participant(None, "revisor")),
            decided_by="Byrådet",
            routing=(RoutingMark("BEU", True), RoutingMark("BYR", None)),
            related=(Reference("Byrådet", "2024-02-05", "4"),),
            next_steps=(Step("Byrådet", "2025-02-25"),),
            attachments=(Attachment("Plan.pdf", "https://lindvig.example/plan.pdf"),),
            author="KARB",
            tables=(Table((("År", "Antal"), ("2024", "")), caption="Tabel 1"),),
            place=Place(1, 0, 100),
        ),
    ),
    findings=(Finding("item_missing", "Punkt 2 mangler.", "2"),),
    source=Source("referat.pdf", "application/pdf", "0" * 64, 7),
    explanations=(Explanation("/date", "date.labelled"),),
)


# --- a value ---------------------------------------------------------------------------------


def test_minutes_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        MINUTES.kind = "agenda"  # type: ignore[misc]


def test_where_values_stand_and_why_does_not_take_part_in_equality() -> None:
    moved = replace(MINUTES.items[0], place=Place(9, 9, 9))
    other = replace(MINUTES, source=None, explanations=(), items=(moved,))

    assert other == MINUTES
    assert hash(other) == hash(MINUTES)


@pytest.mark.parametrize("change", [{"date": "2025-02-06"}, {"items": ()}, {"findings": ()}])
def test_what_the_minutes_say_does(change: dict[str, Any]) -> None:
    assert replace(MINUTES, **change) != MINUTES


# --- the contract's shape --------------------------------------------------------------------


def test_there_and_back() -> None:
    data = json.loads(json.dumps(MINUTES.to_dict()))
    again = Minutes.from_dict(data)

    assert again == MINUTES
    assert again.source == MINUTES.source


def test_every_key_is_there_when_nothing_is_stated() -> None:
    empty = Minutes(items=(Item(None, None),)).to_dict()

    assert empty.keys() == MINUTES.to_dict().keys()
    assert empty["items"][0].keys() == MINUTES.to_dict()["items"][0].keys()
    assert Minutes.from_dict(empty) == Minutes(items=(Item(None, None),))


def test_keys_come_in_the_order_of_the_contract() -> None:
    item = MINUTES.to_dict()["items"][0]

    assert list(item["decisions"][0]) == ["committee", "date", "text", "outcome"]
    assert list(item["tables"][0]) == ["caption", "rows"]


def test_attachments_are_their_titles_and_places_are_left_out() -> None:
    item = MINUTES.to_dict()["items"][0]

    assert item["attachments"] == ["Plan.pdf"]
    assert item["sections"] == [{"label": "Beslutning", "kind": "decision", "text": "Godkendt."}]
    assert item["tables"] == [{"rows": [["År", "Antal"], ["2024", ""]], "caption": "Tabel 1"}]


def test_explanations_come_only_when_asked_for() -> None:
    assert "explain" not in MINUTES.to_dict()
    assert MINUTES.to_dict(explain=True)["explain"] == [{"path": "/date", "rule": "date.labelled"}]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("format_version",), "2", '/format_version: expected "1", found "2".'),
        (("kind",), "letter", "/kind: expected one of minutes, agenda"),
        (("date",), 5, "/date: expected text, found 5."),
        (("items",), {}, "/items: expected a list, found {}."),
        (("items", 0), [], "/items/0: expected an object, found []."),
        (("items", 0, "closed"), 1, "/items/0/closed: expected true or false, found 1."),
        (
            ("items", 0, "attachments", 0),
            None,
            "/items/0/attachments/0: expected text, found null.",
        ),
        (("contents", 0, "page"), True, "/contents/0/page: expected a whole number, found true."),
        (("source", "name"), None, "/source/name: expected text, found null."),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    path: tuple[str | int, ...], value: Any, message: str
) -> None:
    data = MINUTES.to_dict()
    inner: Any = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value

    with pytest.raises(ContractError) as caught:
        Minutes.from_dict(data)

    assert str(caught.value).startswith(message)
    assert caught.value.path == "/" + "/".join(map(str, path))


def test_a_missing_key_is_told() -> None:
    data = MINUTES.to_dict()
    del data["items"][0]["kle"]

    with pytest.raises(ContractError, match="/items/0/kle"):
        Minutes.from_dict(data)


@pytest.mark.parametrize("data", [None, [], "minutes", 1])
def test_other_json_is_refused(data: Any) -> None:
    with pytest.raises(ContractError):
        Minutes.from_dict(data)


# --- the schema ------------------------------------------------------------------------------


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("minutes", [MINUTES, Minutes(), Minutes(items=(Item(None, None),))])
def test_the_shape_fits_the_schema(minutes: Minutes) -> None:
    jsonschema.validate(minutes.to_dict(), json_schema())


@pytest.mark.parametrize(
    "change", [{"kind": "letter"}, {"items": None}, {"format_version": "2"}, {"members": [{}]}]
)
def test_what_is_not_in_shape_does_not(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(MINUTES.to_dict() | change, json_schema())


def test_items_without_a_number_stand_under_their_own_headings() -> None:
    items = (Item(None, "A", heading="Orientering"), Item(None, "B", heading="Lukkede punkter"))
    again = Minutes.from_dict(Minutes(items=items).to_dict())
    assert [item.heading for item in again.items] == ["Orientering", "Lukkede punkter"]
