"""What a member may demand: a dissenting opinion in the minutes, and that the council decide.

Kommunestyrelsesloven § 13 (a member who was in the minority may have a dissenting opinion briefly
entered, and may demand that it goes with the case to other authorities) and § 23 (any member of a
committee may at the meeting, for the minutes, demand that the council decide; not on steps that
are of procedure only). § 23 holds until the meeting is closed.
"""

from __future__ import annotations

from collections.abc import Mapping

from sagsgang.minutes.words import Words

from .voting import Choice, NotAllowed, Tally


def may_dissent(person: str, votes: Mapping[str, Choice], tally: Tally) -> None:
    """Nothing, where the person may have a dissenting opinion entered.

    Raises:
        NotAllowed: there was no vote, or the person was not in the minority.
    """
    if not votes:
        raise NotAllowed(
            Words(
                "Et protokollat forudsætter, at der er stemt om punktet.",
                "A dissenting opinion needs a vote on the item.",
            )
        )
    losing: Choice = "against" if tally.adopted else "for"
    if votes.get(person) != losing:
        raise NotAllowed(
            Words(
                f"{person} var ikke i mindretal ved afstemningen og kan ikke få et protokollat.",
                f"{person} was not in the minority and cannot have a dissenting opinion entered.",
            )
        )


def may_refer(
    person: str, members: set[str], *, closed: bool, procedural: bool, council: bool
) -> None:
    """Nothing, where the person may demand that the council decide.

    `members` are those who take part in the meeting; `closed` is whether the meeting is;
    `procedural` whether the decision only is a step of procedure; `council` whether the body
    is the council itself.

    Raises:
        NotAllowed: the person may not.
    """
    if council:
        reason = Words(
            "Byrådet kan ikke begære en sag for sig selv.", "The council decides itself already."
        )
    elif closed:
        reason = Words(
            "Mødet er lukket. En sag kan begæres for byrådet, indtil mødet er slut.",
            "The meeting is closed. A case can be referred until the meeting ends.",
        )
    elif procedural:
        reason = Words(
            "Beslutningen er kun et led i behandlingen og kan ikke begæres for byrådet.",
            "The decision is only a step of procedure and cannot be referred.",
        )
    elif person not in members:
        reason = Words(
            f"{person} deltager ikke i mødet som medlem.",
            f"{person} does not take part in the meeting as a member.",
        )
    else:
        return
    raise NotAllowed(reason)
