"""Fills the working house that the browser sees, and prints a way in and its addresses as JSON.

Run as a process of its own, so that the tests hold no database.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from sagsgang import web

CAREFUL = "tove@lindvig.dk"
PASSWORD = "heste ost lampe"


def main() -> None:
    web.ready()
    json.dump(fill(), sys.stdout)


def fill() -> dict[str, Any]:
    """Lindvig's working house: who gets in by which path, and an address of each kind of page."""
    from tests.meetings.house import build

    from sagsgang.cases import approval, attachments
    from sagsgang.cases.models import Presentation
    from sagsgang.meetings import agenda, procedure, session
    from sagsgang.meetings.models import Question
    from sagsgang.minutes import Item, Minutes
    from sagsgang.minutes.writers.pdf import to_pdf
    from sagsgang.web.sign_in import invitations

    house = build()
    headings = [("Til beslutning", "cases"), ("Orientering", ""), ("Lukkede punkter", "closed")]
    procedure.decide(house.secretary, house.body, numbering="year", notice=None, headings=headings)
    house.case("Tolkebistand på jobcentret")
    asked = house.case("Samarbejde med virksomheder").treatments.get(order=1).presentation
    approval.send(house.officer, asked)
    draft = Presentation.objects.get(title="Tolkebistand på jobcentret")
    _heard(house, draft.treatment.case)
    meeting = house.meeting()
    house.item(meeting)
    agenda.publish(house.secretary, meeting)
    coming = house.meeting(day=1, month=4)
    house.item(coming, "Indsats for unge uden job")
    house.item(coming, "Klage", closed=True, ground="fvl. § 27", public_title="Klagesag")
    house.approved("Partnerskab med virksomheder")
    agenda.add_usual(house.secretary, coming)
    running = house.meeting(day=6, month=5)
    agenda.add_standing(house.secretary, running, "Godkendelse af dagsorden")
    points = ["at indsatsen for langtidsledige udvides med to mentorer."]
    advice = {"recommendation_by": "Beskæftigelsesforvaltningen", "recommendation_points": points}
    treated = house.item(running, "Mentorer til langtidsledige", **advice)
    voted = house.item(running, "Partnerskab med byens butikker", **advice)
    agenda.publish(house.secretary, running)
    session.open_meeting(house.secretary, running)
    votes = dict.fromkeys([one.pk for one in house.people.values()], "for")
    fatima = house.people["Fatima Lindholm"]
    votes[fatima.pk] = "against"
    session.decide(house.secretary, voted, "Anbefales.", "recommended", votes=votes)
    session.dissent(house.secretary, voted, fatima, "SF ønsker en aftale med alle butikker.")
    paper = attachments.add(
        house.officer,
        draft,
        "Tolkning.pdf",
        to_pdf(Minutes("Lindvig", "Jobudvalget", items=(Item("1", "Tolke på video"),))),
        revision=draft.revision,
    )
    rule = {
        "body": house.body.pk, "year": 2027, "ordinal": 1, "weekday": 2, "start_time": "15:30",
    }  # fmt: skip
    people = {role: invitations.entry(user, "") for role, user in house.users.items()}
    reading, member = _for_members(house)
    over = _to_sign(house)
    people["member"] = invitations.entry(member, "")
    people["auditor"] = invitations.entry(_auditor(), "")
    people["other member"] = invitations.entry(house.member("Jens Mølgaard"), "")
    administrator = invitations.invite("eva@lindvig.dk", "Eva Lund", administrator=True)
    people["administrator"] = invitations.entry(administrator, "")
    people["other administrator"] = invitations.entry(_changes(house, administrator), "")
    invited = invitations.invite("ny@lindvig.dk", "Ny Kollega")
    return {
        "people": people,
        "code": _with_two_steps(),
        "addresses": {
            "sign in": "/arbejde/konto/log-ind/",
            "forgotten password": "/arbejde/konto/glemt/",
            "invitation": invitations.invitation(invited, ""),
            "spent link": "/arbejde/konto/invitation/1-brugt/",
            "way in": invitations.entry(house.member("Ole Brandt"), ""),
            "new password": _forgotten(invited),
            **_account_pages(),
            "desk": "/arbejde/",
            "no such page": "/arbejde/findes/ikke/",
            "forbidden": "/arbejde/folk/",
            "own account": "/arbejde/konto/",
            "two steps": "/arbejde/konto/to-trin/",
            "second step": "/arbejde/konto/to-trin/opsaet/",
            "sign out": "/arbejde/konto/log-ud/",
            "meetings": "/arbejde/moeder/?udvalg=&aar=2026",
            "season": f"/arbejde/moeder/saeson/?{urlencode(rule)}",
            "procedure": f"/arbejde/udvalg/{house.body.pk}/forretningsorden/",
            "move a meeting": f"{coming.get_absolute_url()}flyt/",
            "agenda": coming.get_absolute_url(),
            "agenda that is out": meeting.get_absolute_url(),
            "before the meeting": f"{coming.get_absolute_url()}moede/",
            "meeting": f"{running.get_absolute_url()}moede/{treated.pk}/",
            "decided item": f"{running.get_absolute_url()}moede/{voted.pk}/",
            "closing": f"{running.get_absolute_url()}referat/",
            "publishing": f"{coming.get_absolute_url()}offentliggoer/",
            "people": "/arbejde/folk/",
            "person": f"/arbejde/folk/{house.officer.pk}/",
            "members": f"/arbejde/folk/udvalg/{house.body.pk}/",
            "seat": f"/arbejde/folk/plads/{house.body.memberships.order_by('pk')[0].pk}/",
            "outlines": reverse("outlines"),
            "outline": reverse("outline", args=[house.municipality.pk]),
            "house rules": reverse("house-rules"),
            "cases": "/arbejde/sager/",
            "no cases": "/arbejde/sager/?q=findesikke",
            "new case": "/arbejde/sager/ny/",
            "case": draft.treatment.case.get_absolute_url(),
            "case log": f"{draft.treatment.case.get_absolute_url()}log/",
            "writing": draft.get_absolute_url(),
            "approving": asked.get_absolute_url(),
            "attachment": f"/arbejde/bilag/{paper.pk}/se/",
            "versions": f"{draft.get_absolute_url()}udgaver/",
            "version": f"{draft.get_absolute_url()}udgaver/2/?fra=1",
            "reading": f"{reading.get_absolute_url()}laes/",
            "signing": f"{over.get_absolute_url()}godkend/",
            "kept minutes": f"{over.get_absolute_url()}referat/gemt/",
            "kept change": f"{over.get_absolute_url()}referat/gemt/1/",
            "log": "/arbejde/log/?what=agenda",
            "proof of the log": "/arbejde/log/eftersyn/",
            "question": Question.objects.get().get_absolute_url(),
        },
        "roles": {
            "first password": "administrator",
            "show who you are by a code": "careful",
            "without two steps": "careful",
            "emergency codes": "careful",
            "new emergency codes": "careful",
            "new case": "officer",
            "writing": "officer",
            "approving": "leader",
            "reading": "member",
            "signing": "member",
            "kept minutes": "auditor",
            "log": "auditor",
            "proof of the log": "auditor",
            "people": "administrator",
            "outlines": "administrator",
            "outline": "administrator",
            "person": "other administrator",
            "members": "administrator",
            "seat": "administrator",
            "house rules": "administrator",
        },
    }


def _neighbour() -> None:
    """Another municipality that works in the same house."""
    from sagsgang.bodies.models import Municipality
    from sagsgang.cases import log
    from sagsgang.cases.models import Unit

    with log.action(None, "house.furnish", "bodies.municipality:nabolund"):
        other = Municipality.objects.create(name="Nabolund", slug="nabolund")
        Unit.objects.create(municipality=other, name="Arbejdsmarked")


def _account_pages() -> dict[str, str]:
    """The pages of one's own account that nobody's name stands in."""
    names = {
        "closed account": "account_inactive",
        "forgotten password sent": "account_reset_password_done",
        "password changed": "account_reset_password_from_key_done",
        "second step asked for": "mfa_authenticate",
        "municipal sign-in broken off": "socialaccount_login_cancelled",
        "show who you are": "account_reauthenticate",
        "change password": "account_change_password",
        "first password": "account_set_password",
        "show who you are by a code": "mfa_reauthenticate",
        "without two steps": "mfa_deactivate_totp",
        "emergency codes": "mfa_view_recovery_codes",
        "new emergency codes": "mfa_generate_recovery_codes",
    }
    return {kind: reverse(name) for kind, name in names.items()}


def _with_two_steps() -> str:
    """An emergency code of somebody with a password and codes from the telephone."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from sagsgang.web.sign_in import invitations

    user = invitations.invite(CAREFUL, "Tove Trin")
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, generate_totp_secret())
    code: str = RecoveryCodes.activate(user).get_unused_codes()[0]
    return code


def _forgotten(user: Any) -> str:
    """The address of a mail to somebody who has forgotten the password."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    key = default_token_generator.make_token(user)
    keys = {"uidb36": user_pk_to_url_str(user), "key": key}
    return reverse("account_reset_password_from_key", kwargs=keys)


def _to_sign(house: Any) -> Any:
    """A meeting that is over: one has approved the minutes, one has not, the rest are waited for."""
    from tests.meetings.house import refuse, sign

    from sagsgang.meetings import agenda, session

    meeting = house.meeting(day=18, month=2)
    house.item(meeting, "Handleplan for flere i fritidsjob")
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    for item in meeting.items.all():
        session.decide(house.secretary, item, "Udvalget godkendte planen.", "approved")
    session.close(house.secretary, meeting)
    session.correct(house.secretary, meeting.items.get(), "Planen gælder to år.", "Det manglede.")
    sign(house.member("Ida Holm"), meeting)
    refuse(house.member("Jens Mølgaard"), meeting, "Der mangler, at jeg bad om tal for 2025.")
    return meeting


def _heard(house: Any, case: Any) -> None:
    """A hearing in which one has answered and one has not."""
    import datetime as dt

    from sagsgang.cases import hearing

    made = hearing.send_out(
        house.officer, case, "Udkast til aftale om tolke", ["Udsatterådet", "Ældrerådet"],
        sent_on=dt.date(2026, 1, 5), deadline=dt.date(2026, 1, 26),
    )  # fmt: skip
    reply = made.replies.get(recipient="Ældrerådet")
    text = "Rådet støtter aftalen.\n\nDet ønsker tal om ventetid."
    hearing.answer(house.officer, reply, text, answered_on=dt.date(2026, 1, 20))
    over = hearing.send_out(
        house.officer, case, "Første udkast", ["Udsatterådet", "Handicaprådet <raad@lindvig.dk>"],
        sent_on=dt.date(2025, 12, 1), deadline=dt.date(2025, 12, 22),
    )  # fmt: skip
    hearing.take_back(
        house.officer, over, "Aftalen bliver skrevet om, når den nye lov er vedtaget."
    )


def _changes(house: Any, administrator: Any) -> Any:
    """The administrator for whose agreement a role waits; and a member who has left."""
    import datetime as dt

    from sagsgang.cases import positions, seats
    from sagsgang.cases.models import Position
    from sagsgang.web.sign_in import invitations

    other = invitations.invite("liv@lindvig.dk", "Liv Lund", administrator=True)
    other.set_password(PASSWORD)
    other.save()
    positions.give(administrator, house.officer, Position.SECRETARY, body=house.body)
    seat = house.people["Ole Brandt"].memberships.get()
    last = dt.date(2026, 10, 31)
    seats.change(administrator, seat, None, last, successor="Bente Vang", party="C")
    return other


def _auditor() -> Any:
    from sagsgang.cases import log
    from sagsgang.cases.models import Position, User

    with log.action(None, "position.give", "auditor"):
        user = User.objects.create(username="revisor@lindvig.dk", first_name="Rita Revisor")
        Position.objects.create(user=user, role=Position.AUDITOR, since="2020-01-01")
    return user


def _for_members(house: Any) -> Any:
    """A meeting with an agenda to read, and somebody who reads it."""
    from sagsgang.meetings import agenda, questions, session

    earlier = house.meeting(day=14, month=1)
    returning = house.item(earlier, "Status på den virksomhedsrettede indsats")
    agenda.publish(house.secretary, earlier)
    session.open_meeting(house.secretary, earlier)
    coming = house.meeting(day=20, month=5)
    session.postpone(house.secretary, returning, coming, "Udsat til mødet i maj.")
    long = "\n\n".join(
        f"Afsnit {number}. Forvaltningen har i første kvartal været i kontakt med 412 virksomheder "
        "om praktik, løntilskud og småjobs. Det er 38 flere end i samme periode sidste år."
        for number in range(1, 5)
    )
    table = "| År | Samtaler | Job |\n| --- | --- | --- |\n| 2024 | 1.204 | 310 |\n| 2025 | 1.391 | 402 |"
    sections = [
        {"label": "Resume", "kind": "summary", "text": "Flere ledige får job gennem småjobs."},
        {"label": "Sagsfremstilling", "kind": "presentation", "text": f"{long}\n\n{table}"},
    ]
    agenda.add_standing(house.secretary, coming, "Godkendelse af dagsordenen")
    house.item(
        coming,
        "Plan for samarbejdet med virksomheder om småjobs til langtidsledige",
        sections=sections,
        recommendation_by="Direktøren for Arbejdsmarked indstiller, at udvalget",
        recommendation_points=["godkender planen for 2026", "tager status til efterretning"],
    )
    house.item(
        coming, "Køb af Skovvej 4", closed=True, ground="fvl. § 27", public_title="Lukket punkt"
    )
    agenda.publish(house.secretary, coming)
    member = house.member("Karin Østergaard")
    questions.ask(
        member, coming.items.order_by("position")[0], "Hvor mange af jobbene varer over et år?"
    )
    return coming, member


if __name__ == "__main__":
    main()
