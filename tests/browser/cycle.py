"""A working house with a meeting to be made, for the secretary's whole cycle; prints it as JSON."""

from __future__ import annotations

import datetime
import json
import sys

from sagsgang import web


def main() -> None:
    web.ready()
    json.dump(fill(), sys.stdout)


def fill() -> dict:
    """Three approved cases that wait for the committee, one of them closed, and two meetings."""
    from tests.meetings.house import build

    from sagsgang.cases import log
    from sagsgang.meetings import agenda, session
    from sagsgang.web.sign_in import invitations

    house = build()
    with log.action(None, "house.furnish", "demo"):
        house.secretary.first_name, house.secretary.last_name = "Mette", "Rosenkilde"
        house.secretary.save()
    for name, party in (("Mads Vinther", "V"), ("Signe Damgård", "B")):
        house.sit(name, party)
    points = ["at indsatsen udvides med to mentorer."]
    advice = {"recommendation_by": "Beskæftigelsesforvaltningen", "recommendation_points": points}
    house.approved("Mentorer til langtidsledige", **advice)
    house.approved("Partnerskab med byens butikker", **advice)
    house.approved("Klage fra Bo Jensen", closed=True, ground="fvl. § 27", public_title="Klagesag")
    meeting = house.meeting()
    house.meeting(day=1, month=4)
    running = agenda.plan(house.secretary, house.body, datetime.date(2027, 1, 6), "15:30")
    for title in ("Meddelelser", "Orientering", "Besøg", "Eventuelt"):
        agenda.add_standing(house.secretary, running, title)
    agenda.publish(house.secretary, running)
    session.open_meeting(house.secretary, running)
    users = {**house.users, **{name: house.member(name) for name in house.people}}
    return {
        "people": {role: invitations.entry(user, "") for role, user in users.items()},
        "addresses": {"meetings": "/arbejde/moeder/?aar=2026"},
        "meeting": meeting.get_absolute_url(),
        "members": sorted(house.people),
        "items": [f"{running.get_absolute_url()}moede/{item.pk}/" for item in running.items.all()],
    }


if __name__ == "__main__":
    main()
