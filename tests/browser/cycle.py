"""A working house with a meeting to be made, for the secretary's whole cycle; prints it as JSON."""

from __future__ import annotations

import json
import sys

from sagsgang import web


def main() -> None:
    web.ready()
    json.dump(fill(), sys.stdout)


def fill() -> dict:
    """Three approved cases that wait for the committee, one of them closed, and two meetings."""
    from tests.meetings.house import build

    from sagsgang.web.sign_in import invitations

    house = build()
    points = ["at indsatsen udvides med to mentorer."]
    advice = {"recommendation_by": "Beskæftigelsesforvaltningen", "recommendation_points": points}
    house.approved("Mentorer til langtidsledige", **advice)
    house.approved("Partnerskab med byens butikker", **advice)
    house.approved("Klage fra Bo Jensen", closed=True, ground="fvl. § 27", public_title="Klagesag")
    meeting = house.meeting()
    house.meeting(day=1, month=4)
    users = {**house.users, "member": house.member("Fatima Lindholm")}
    return {
        "people": {role: invitations.entry(user, "") for role, user in users.items()},
        "addresses": {"meetings": "/arbejde/moeder/?aar=2026"},
        "meeting": meeting.get_absolute_url(),
    }


if __name__ == "__main__":
    main()
