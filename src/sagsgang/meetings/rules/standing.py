"""What a member may demand: a dissenting opinion in the minutes, and that the council decide.

Kommunestyrelsesloven § 13 (a member who was in the minority may have a dissenting opinion briefly
entered, and may demand that it goes with the case to other authorities) and § 23 (any member of a
committee may at the meeting, for the minutes, demand that the council decide; not on steps that
are of procedure only). § 23 holds until the meeting is closed, for a member who was there for
all or some of the item's treatment, and so not for one who was absent or not impartial (Ministry
of the Interior and Health, 16 June 2003, resumédatabasen 03.1.7). A dissenting opinion needs a
vote in which the member was in the minority (23 April 2007, 07.1.1).
"""

from __future__ import annotations

from collections.abc import Mapping

from sagsgang.minutes.words import Words

from .voting import Choice, NotAllowed, count


def may_dissent(person: int, name: str, votes: Mapping[int, Choice]) -> None:
    """Nothing, where the person (a key and a name) may have a dissenting opinion entered.

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
    losing: Choice = "against" if count(votes).adopted else "for"
    if votes.get(person) != losing:
        raise NotAllowed(
            Words(
                f"{name} var ikke i mindretal ved afstemningen og kan ikke få et protokollat.",
                f"{name} was not in the minority and cannot have a dissenting opinion entered.",
            )
        )


def may_refer(name: str, *, took_part: bool, closed: bool, procedural: bool, council: bool) -> None:
    """Nothing, where the person may demand that the council decide.

    `took_part` is whether the person was there for the item; `closed` is whether the meeting is;
    `procedural` whether the decision only is a step of procedure; `council` whether the body
    is the council itself.

    Raises:
        NotAllowed: the person may not.
    """
    if council:
        reason = Words(
            "Byrådet afgør selv sagen og kan ikke få den indbragt for sig.",
            "The council decides itself already.",
        )
    elif closed:
        reason = Words(
            "Mødet er slut. En sag kan kun begæres indbragt for byrådet, mens mødet er i gang.",
            "The meeting is over. A case can be referred until the meeting ends.",
        )
    elif procedural:
        reason = Words(
            "Beslutningen er kun et led i behandlingen og kan ikke begæres indbragt for byrådet.",
            "The decision is only a step of procedure and cannot be referred.",
        )
    elif not took_part:
        reason = Words(
            f"{name} deltog ikke i behandlingen af punktet og kan derfor ikke begære det "
            "indbragt for byrådet.",
            f"{name} did not take part in the item and cannot refer it.",
        )
    else:
        return
    raise NotAllowed(reason)
