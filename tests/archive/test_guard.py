"""CPR-like numbers are looked for in everything that gets out, whatever was published before."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from sagsgang.archive import guard, publishing
from sagsgang.archive.canonical import canonical_json, document_of
from sagsgang.archive.models import Enclosure, Held, Publication
from sagsgang.archive.publishing import publish
from sagsgang.bodies.models import Body
from sagsgang.minutes import Attachment, Minutes, Source, model

from .documents import item, meeting

SECRET = "010190-1234"


def leaks_in(minutes: Minutes) -> list[guard.Leak]:
    document = document_of(minutes)
    return guard.leaks(document, canonical_json(document))


CHOSEN = {"kind": "minutes", "outcome": "approved", "choice": "for"}
PARTS = {
    one.__name__: one
    for one in vars(model).values()
    if dataclasses.is_dataclass(one)
    and one not in (Minutes, Source, model.Place, model.Explanation)
}


def filled(kind: type[Any]) -> Any:
    """A value of a part of the model in which each text says what it is: `Item.title`."""
    values = {}
    for field in dataclasses.fields(kind):
        words = set(re.findall(r"\w+", field.type))
        own = f"{kind.__name__}.{field.name}"
        inner = next((PARTS[one] for one in words if one in PARTS), None)
        if field.name in CHOSEN and "str" not in words:
            values[field.name] = CHOSEN[field.name]
        elif inner is not None:
            made = filled(inner)
            values[field.name] = (made,) if "tuple" in words else made
        elif "str" in words:
            depth = field.type.count("tuple")
            values[field.name] = ((own,),) if depth == 2 else (own,) if depth else own
        elif field.default is dataclasses.MISSING:
            values[field.name] = None
    return kind(**values)


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) and "." in value else []


def replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: replaced(one, old, new) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [replaced(one, old, new) for one in value]
    return new if value == old else value


DOCUMENT = {**filled(Minutes).to_dict(), "source": None}


@pytest.mark.parametrize("field", sorted(set(texts(DOCUMENT))))
def test_every_text_of_a_document_is_searched(field: str) -> None:
    document = replaced(DOCUMENT, field, f"Om {SECRET}")
    assert guard.leaks(document, canonical_json(document)), field


def test_the_document_of_the_test_has_every_text_of_the_model() -> None:
    found = {text.split(".")[0] for text in texts(DOCUMENT)}
    assert {"Minutes", "Item", "Section", "Decision", "Statement", "Vote"} <= found
    assert {"Attachment", "Participant", "Reference", "Step", "Table", "Finding"} <= found


NAMES = [
    f"Klage_{SECRET}.pdf",
    f"klage-{SECRET}",
    f"Klage{SECRET}.pdf",
    f"https://dagsordener.lindvig.dk/bilag/{SECRET}/1",
    f"https://dagsordener.lindvig.dk/vis?cpr={SECRET.replace('-', '')}",
    "https://dagsordener.lindvig.dk/Klage%20fra%20010190%2D1234.pdf",
]
HARMLESS = [
    "https://dagsordener.lindvig.dk/vis/ab010190-1234-4c1e-9aaa-aa0101901234?v=2",
    "Bilag 3 - 15.20.00-P27-1-24.pdf",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_and_addresses_are_read_word_by_word(name: str) -> None:
    assert leaks_in(meeting(item(attachments=(Attachment(name),))))
    assert guard.leaks_beside({"links": {"0/0": name}})


@pytest.mark.parametrize("name", HARMLESS)
def test_ids_are_no_numbers_of_people(name: str) -> None:
    assert not leaks_in(meeting(item(attachments=(Attachment(name),))))
    assert not guard.leaks_beside({"links": {"0/0": name}})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given",
    [
        {"source_id": f"mappe/{SECRET}.pdf"},
        {"address": f"https://lindvig.dk/{SECRET}"},
        {"links": {"0/0": f"https://lindvig.dk/{SECRET}"}},
        {"reason": f"Borgeren {SECRET} klagede."},
        {"municipality": f"Lindvig {SECRET}"},
        {"committee": f"Udvalget for {SECRET}"},
    ],
)
def test_everything_that_is_given_beside_the_document_is_searched(given: dict[str, Any]) -> None:
    document = meeting()
    if "municipality" in given or "committee" in given:
        document = dataclasses.replace(document, **dict.fromkeys(given))
    outcome = publish(document, **given)
    assert outcome.result == "held"
    assert SECRET not in outcome.message
    assert not Publication.objects.exists()
    assert not Body.objects.exists()


WITH_FILE = item(attachments=(Attachment("Notat"),))
CLEAN, LEAKING = {"0/0": "https://lindvig.dk/notat"}, {"0/0": f"https://lindvig.dk/{SECRET}"}


@pytest.mark.django_db
def test_what_was_published_lets_no_new_link_through() -> None:
    right, wrong = meeting(WITH_FILE), meeting(WITH_FILE, item("2", "Rettet"))
    publish(right, source_id="x", links=CLEAN)
    publish(wrong, source_id="x", links=CLEAN)
    # The correction is taken back: the same content again, in a new publication.
    outcome = publish(right, source_id="x", links=LEAKING)
    assert outcome.result == "held"
    assert "adresse" in outcome.message
    assert publish(right, source_id="x", links=CLEAN).result == "changed"
    assert {one.address for one in Enclosure.objects.all()} == {CLEAN["0/0"]}


@pytest.mark.django_db
def test_what_changes_nothing_is_not_held_back() -> None:
    publish(meeting(WITH_FILE), links=CLEAN)
    assert publish(meeting(WITH_FILE), links=LEAKING).result == "unchanged"
    assert not Held.objects.exists()
    assert Enclosure.objects.get().address == CLEAN["0/0"]


@pytest.mark.django_db
def test_what_somebody_answers_for_is_not_asked_again() -> None:
    document = meeting(WITH_FILE)
    held = publish(document, source_id="x", links=LEAKING).held
    assert publishing.release(held, by="Ida Holm", why="Et kontonummer").result == "new"
    publish(meeting(WITH_FILE, item("2", "Rettet")), source_id="x", links=CLEAN)
    assert publish(document, source_id="x", links=LEAKING).result == "changed"


@pytest.mark.django_db
@pytest.mark.parametrize(("by", "why"), [(f"Ida {SECRET}", "Konto"), ("Ida", f"Ikke {SECRET}")])
def test_the_answer_is_public_too(by: str, why: str) -> None:
    held = publish(meeting(item(title=f"Konto {SECRET}"))).held
    with pytest.raises(ValueError, match="CPR"):
        publishing.release(held, by=by, why=why)
    assert Held.objects.exists()


def test_a_source_is_searched_by_its_name() -> None:
    source = Source(f"Klage_{SECRET}.pdf", "application/pdf", "ab" * 32)
    assert guard.leaks_beside({"source": dataclasses.asdict(source)})
