"""Hearings: asked, answered, told in the presentation; and the case's way beside them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.meetings.conftest import house

from sagsgang.archive.models import Publication
from sagsgang.cases import approval, hearing, log, outline
from sagsgang.cases.models import HouseRules, Reply, Treatment
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import Forbidden
from sagsgang.cases.way import printed_way
from sagsgang.meetings import agenda, documents, session
from sagsgang.meetings.models import Item, Meeting
from sagsgang.minutes import RoutingMark, Step

__all__ = ["house"]
pytestmark = pytest.mark.django_db
WAY = {"before": [], "after": [["Byrådet", None]], "matrix": []}
SENT, DEADLINE = dt.date(2026, 1, 5), dt.date(2026, 1, 26)


@pytest.fixture
def asked(house):
    case = house.case("Beskæftigelsesplan")
    names = ["Ældrerådet", " Handicaprådet ", "", "Ældrerådet"]
    made = hearing.send_out(house.officer, case, "Udkastet", names, sent_on=SENT, deadline=DEADLINE)
    return case, made


def answered(house, made, name: str, text: str, **more) -> Reply:
    reply = made.replies.get(recipient=name)
    return hearing.answer(house.officer, reply, text, answered_on=dt.date(2026, 1, 20), **more)


def agenda_of(house, treatment: Treatment) -> Meeting:
    meeting = house.meeting()
    agenda.take_in(house.secretary, meeting, house.through(treatment))
    agenda.publish(house.secretary, meeting)
    return Meeting.objects.get(pk=meeting.pk)


def heard(document) -> str:
    return next((one.text for one in document.items[0].sections if one.kind == "hearing"), "")


def test_answers_are_printed_as_they_were_when_the_case_was_sent_on(house, asked):
    case, made = asked
    file = ("svar.txt", b"Hele svaret")
    answered(house, made, "Ældrerådet", "Rådet støtter planen.\n\nDet ønsker tal.", file=file)
    meeting = agenda_of(house, case.treatments.get(order=1))
    answered(house, made, "Handicaprådet", "Kom for sent.")
    document = Publication.objects.get(kind="agenda").minutes
    assert heard(document) == (
        "Udkastet blev sendt i høring den 5. januar 2026 med frist den 26. januar 2026.\n\n"
        "Ældrerådet svarede den 20. januar 2026:\n\nRådet støtter planen.\n\nDet ønsker tal.\n\n"
        "Svaret er vedlagt som bilag.\n\nHandicaprådet har ikke svaret."
    )
    assert [one.title for one in document.items[0].attachments] == ["Høringssvar fra Ældrerådet"]
    assert heard(documents.agenda(meeting, reading="whole")) == heard(document)
    assert list(log.verify()) == []


def test_a_closed_answer_is_for_those_who_read_what_is_closed(house, asked):
    case, made = asked
    answered(house, made, "Ældrerådet", "En navngiven borger er ramt.", closed=True,
             file=("svar.txt", b"Mere om borgeren"))  # fmt: skip
    meeting = agenda_of(house, case.treatments.get(order=1))
    public = Publication.objects.get(kind="agenda").minutes
    assert "navngiven" not in heard(public)
    assert "Svaret er lukket." in heard(public)
    assert public.items[0].attachments == ()
    assert "navngiven" in heard(documents.agenda(meeting, reading="whole"))
    member = Client()
    member.force_login(house.member("Ida Holm"))
    assert "navngiven" in member.get(f"{meeting.get_absolute_url()}laes/").content.decode()


def test_an_outline_without_hearings_prints_none(house, asked):
    case, made = asked
    answered(house, made, "Ældrerådet", "Ja.")
    rows = tuple(row for row in outline.shipped().rows if row.kind != "hearing")
    with log.action(None, "house.outline", "test"):
        HouseRules.objects.create(
            municipality=house.municipality,
            kept_outline=outline.of({}).kept() | {"sections": [row._asdict() for row in rows]},
        )
    assert heard(documents.agenda(agenda_of(house, case.treatments.get(order=1)))) == ""


def test_what_cannot_be_is_refused(house, asked):
    case, made = asked
    day = dt.timedelta(days=1)
    with pytest.raises(Refused, match="Fristen"):
        hearing.send_out(
            house.officer, case, "X", ["Y"], sent_on=SENT, deadline=SENT - day
        )  # fmt: skip
    with pytest.raises(Refused, match="hvem"):
        hearing.send_out(house.officer, case, "X", [" "], sent_on=SENT, deadline=DEADLINE)
    reply = made.replies.first()
    with pytest.raises(Refused, match="vælg en fil"):
        hearing.answer(house.officer, reply, " ", answered_on=DEADLINE)
    with pytest.raises(Refused, match="før høringen"):
        hearing.answer(house.officer, reply, "Ja", answered_on=SENT - day)
    with pytest.raises(Forbidden):
        hearing.answer(house.member("Ida Holm"), reply, "Ja", answered_on=DEADLINE)


def test_the_desk_reminds_until_all_have_answered_or_it_is_ended(house, asked):
    case, made = asked
    officer = Client()
    officer.force_login(house.officer)
    desk = officer.get("/arbejde/").content.decode()
    assert "Høringer, der mangler svar" in desk
    assert "2 svar mangler" in desk
    assert "due--now" in desk
    page = officer.get(case.get_absolute_url()).content.decode()
    assert page.count("Ikke svaret inden fristen") == 2
    officer.post(f"/arbejde/hoering/{made.pk}/slut/")
    assert "Høringer, der mangler svar" not in officer.get("/arbejde/").content.decode()


def test_a_round_is_taken_back_with_a_reason_and_those_asked_are_told(house):
    case, officer = house.case(), Client()
    officer.force_login(house.officer)
    names = ["Ældrerådet <raadet@lindvig.dk>", "Udsatterådet", "Handicaprådet"]
    with pytest.raises(Refused, match="»raad@lindvig« er ikke en mailadresse"):
        hearing.send_out(
            house.officer, case, "Planen", ["Ældrerådet <raad@lindvig>"],
            sent_on=SENT, deadline=DEADLINE,
        )  # fmt: skip
    made = hearing.send_out(house.officer, case, "Planen", names, sent_on=SENT, deadline=DEADLINE)
    answered(house, made, "Handicaprådet", "Ja tak.")
    page = f"/arbejde/hoering/{made.pk}/traek-tilbage/"
    assert officer.post(page, {"reason": " ", "taken_back": made.pk}).status_code == 422
    why = {"reason": "Loven er ændret.", "taken_back": made.pk}
    told = officer.post(page, why, follow=True).content.decode()
    assert "Giv selv besked til: Udsatterådet, Handicaprådet." in told
    assert "trukket tilbage" in told
    assert told.count("Loven er ændret.") == 2  # at the round, and in the log of the case
    assert "Fik besked på mail" in told
    assert told.count("Skal have besked af jer") == 2
    [sent] = mail.outbox
    assert sent.to == ["raadet@lindvig.dk"]
    assert "Planen" in sent.subject
    assert "Loven er ændret." in sent.body
    assert officer.post(page, why).status_code == 422
    assert officer.post(f"/arbejde/hoering/{made.pk}/slut/").status_code == 422
    late = dt.date(9999, 1, 1)
    with pytest.raises(Refused, match="trukket tilbage"):
        hearing.answer(house.officer, made.replies.first(), "Ja", answered_on=late)
    assert "Høringer, der mangler svar" not in officer.get("/arbejde/").content.decode()
    meeting = agenda_of(house, case.treatments.get(order=1))
    printed = heard(documents.agenda(meeting))
    assert "Høringen blev trukket tilbage den " in printed
    assert "Ja tak." in printed
    for unsaid in ("har ikke svaret", "Loven er ændret", "@"):
        assert unsaid not in printed
    with pytest.raises(Forbidden):
        hearing.take_back(house.member("Ida Holm"), made, "Nej")
    assert list(log.verify()) == []


def test_the_pages_forms_send_answer_and_keep_what_was_typed(house):
    case = house.case()
    officer = Client()
    officer.force_login(house.officer)
    address = f"{case.get_absolute_url()}hoering/"
    given = {
        "subject": "Planen",
        "recipients": "Ældrerådet\r\nUdsatterådet",
        "sent_on": "2026-01-05",
        "deadline": "2026-13-41",
    }
    wrong = officer.post(address, given)
    assert wrong.status_code == 422
    assert "Skriv en dato, der findes." in wrong.content.decode()
    assert 'value="Planen"' in wrong.content.decode()
    assert officer.post(address, given | {"deadline": "2026-01-26"}).status_code == 302
    reply = Reply.objects.get(recipient="Udsatterådet")
    answer = {
        "text": "Ja.\r\n\r\nMen hurtigt.",
        "answered_on": "2026-01-20",
        "file": SimpleUploadedFile("svar.txt", b"Ja"),
    }
    assert officer.post(f"/arbejde/hoering/svar/{reply.pk}/", answer).status_code == 302
    reply.refresh_from_db()
    assert (reply.text, reply.name) == ("Ja.\n\nMen hurtigt.", "svar.txt")
    # Another who began before this was kept sees both, and chooses.
    late = {"reply": reply.pk, "before": "", "text": "Nej.", "answered_on": "2026-01-20"}
    page = officer.post(f"/arbejde/hoering/svar/{reply.pk}/", late)
    told = page.content.decode()
    assert page.status_code == 422
    assert "Nogen har skrevet et svar fra Udsatterådet ind imens" in told
    assert "Nej.</textarea>" in told
    assert "Men hurtigt." in told
    late["before"] = "Ja.\r\n\r\nMen hurtigt."
    assert officer.post(f"/arbejde/hoering/svar/{reply.pk}/", late).status_code == 302
    reply.refresh_from_db()
    assert (reply.text, reply.name) == ("Nej.", "svar.txt")
    file = officer.get(f"/arbejde/hoering/svar/{reply.pk}/fil/")
    assert b"".join(file) == b"Ja"
    member = Client()
    member.force_login(house.member("Ida Holm"))
    assert member.get(f"/arbejde/hoering/svar/{reply.pk}/fil/").status_code == 403
    assert member.post(address, given).status_code == 403


def test_the_matrix_shows_who_gets_the_case_and_a_decision_sends_it_on(house):
    gladsaxe = outline.shipped("gladsaxe")
    assert printed_way({"way": WAY, "sections": []}, gladsaxe)["next_steps"] == (
        Step("Byrådet", None),
    )
    with log.action(None, "house.outline", "test"):
        HouseRules.objects.create(
            municipality=house.municipality,
            kept_outline=outline.shipped("herning").kept(),
            codes={"jobudvalget": "JOB"},
        )
    points = {"recommendation_by": "Chefen", "recommendation_points": ["det sker."]}
    texts = [
        {"label": "Resume", "kind": "summary", "text": "Kort."},
        {"label": "Sagsfremstilling", "kind": "presentation", "text": "Langt."},
    ]
    meeting = agenda_of(house, house.case(sections=texts, **points).treatments.get(order=1))
    [item] = Publication.objects.get(kind="agenda").minutes.items
    assert item.routing == (RoutingMark("BYR", True), RoutingMark("JOB", True))
    assert (item.sections[0].label, item.sections[0].kind) == ("Kommunikation", "routing")
    assert documents.agenda(meeting).items[0].next_steps == ()
    case = Treatment.objects.get(order=1).case
    officer = Client()
    officer.force_login(house.officer)
    page = officer.get(case.get_absolute_url()).content.decode()
    assert '<abbr title="Jobudvalget">JOB</abbr>' in page
    assert case.treatments.get(order=1).meets_on == meeting.date
    session.open_meeting(house.secretary, meeting)
    session.decide(house.secretary, Item.objects.get(), "Anbefales.", "recommended")
    council = case.treatments.get(order=2)
    assert council.state == Treatment.DRAFT
    assert [one.meets_on for one in case.treatments.order_by("order")] == [meeting.date, None]
    step = approval.send(house.officer, council.presentation)
    assert step.revision == council.presentation.versions.order_by("revision").last().revision
    assert council.presentation.versions.last().content["way"]["before"] == [
        ["Jobudvalget", str(meeting.date)]
    ]
