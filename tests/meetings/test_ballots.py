"""How a vote is told in the minutes, in each municipality's manner."""

from __future__ import annotations

import pytest

from sagsgang.meetings import agenda, ballots, session
from sagsgang.meetings.models import Item
from sagsgang.minutes.writers import style

from .house import House

FATIMA, IDA, JENS, KARIN, OLE = (
    "Fatima Lindholm", "Ida Holm", "Jens Mølgaard", "Karin Østergaard", "Ole Brandt",
)  # fmt: skip
DEAR = "Det er for dyrt.\n\nDet sagde vi også sidst."


@pytest.fixture
def item(house: House) -> Item:
    """One that the meeting has come to."""
    meeting, by = house.meeting(), house.secretary
    item = house.item(meeting)
    agenda.publish(by, meeting)
    session.open_meeting(by, meeting)
    return Item.objects.get(pk=item.pk)


def decide(house: House, item: Item, **others: str) -> None:
    """All for, but for the others, who are named by their first names."""
    votes = {
        one.pk: others.get(name.partition(" ")[0], "for") for name, one in house.people.items()
    }
    choices = list(votes.values())
    outcome = "approved" if choices.count("for") > choices.count("against") else "rejected"
    session.decide(house.secretary, item, "Godkendt.", outcome, votes=votes)


@pytest.mark.parametrize(
    ("manner", "told"),
    [
        ("standard", [
            f"For stemte {FATIMA}, {IDA} og {KARIN}.",
            f"Imod stemte {JENS} og {OLE}.",
            f"{JENS} og {OLE} ønsker følgende ført til protokol: {DEAR}",
        ]),
        ("gladsaxe", [
            f"Et flertal af Jobudvalget ({FATIMA}, {IDA} og {KARIN}) stemte for.",
            f"{JENS} og {OLE} stemte imod med henvisning til følgende protokollat: ”{DEAR}”",
        ]),
        ("herning", [
            f"{JENS} og {OLE} kan ikke tiltræde beslutningen.",
            f"{JENS} og {OLE} ønsker følgende ført til protokol: {DEAR}",
        ]),
        ("horsens", [
            "Venstre og Det Konservative Folkeparti stemte imod.",
            f"{JENS} og {OLE} ønsker følgende ført til protokol: {DEAR}",
        ]),
    ],
)  # fmt: skip
def test_what_several_say_alike_is_told_once(house, item, manner, told) -> None:
    decide(house, item, Jens="against", Ole="against")
    for name in (JENS, OLE):
        entry = session.dissent(house.secretary, item, house.people[name], DEAR)
        session.approve_dissent(house.member(name), entry)
    assert ballots.told(item, style.named(manner)) == told
    [statement] = ballots.statements(item)
    assert statement.by == (JENS, OLE)


@pytest.mark.parametrize(
    ("others", "manner", "told"),
    [
        ({}, "gladsaxe", [f"{FATIMA}, {IDA}, {JENS}, {KARIN} og {OLE} stemte for."]),
        ({}, "herning", [f"For stemte {FATIMA}, {IDA}, {JENS}, {KARIN} og {OLE}."]),
        # No choice has more than half of the votes: nobody is a majority.
        (
            {"Jens": "against", "Ole": "against", "Ida": "abstain"},
            "gladsaxe",
            [
                f"{FATIMA} og {KARIN} stemte for.",
                f"{JENS} og {OLE} stemte imod.",
                f"{IDA} undlod at stemme.",
            ],
        ),
        # A group that is divided is not named in its members' place.
        ({"Ida": "abstain", "Ole": "abstain"}, "horsens",
         [f"{IDA} og Det Konservative Folkeparti undlod at stemme."]),
        (
            {"Jens": "against", "Ole": "against", "Ida": "against"},
            "gladsaxe",
            [
                f"{FATIMA} og {KARIN} stemte for.",
                f"Et flertal af Jobudvalget ({IDA}, {JENS} og {OLE}) stemte imod.",
            ],
        ),
    ],
)  # fmt: skip
def test_a_majority_is_called_one_only_where_it_is(house, item, others, manner, told) -> None:
    decide(house, item, **others)
    assert ballots.told(item, style.named(manner)) == told
