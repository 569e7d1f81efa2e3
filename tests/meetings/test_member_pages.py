"""The pages of members: reading, notes, questions, dissent; and what they tell to whom."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client

from sagsgang.bodies.models import Person
from sagsgang.cases import log
from sagsgang.cases.log import heads, reading
from sagsgang.cases.models import Entry, Position, User
from sagsgang.cases.refused import Refused
from sagsgang.cases.revisions import attached
from sagsgang.cases.rights import Forbidden
from sagsgang.meetings import agenda, notes, questions, session
from sagsgang.meetings.models import Item, Meeting, Note, Question

from .house import House

SECRET = "Skovvej fire"
KARIN, JENS, OLE = "Karin Østergaard", "Jens Mølgaard", "Ole Brandt"


@pytest.fixture
def called(house: House) -> Meeting:
    """A meeting whose agenda is out: an open item, and a closed one."""
    meeting = house.meeting(day=4, month=3)
    house.item(
        meeting,
        recommendation_by="Direktøren indstiller, at",
        recommendation_points=["planen godkendes"],
    )
    closed = {"closed": True, "ground": "fvl. § 27", "public_title": "Køb af ejendom"}
    house.item(meeting, f"Ekspropriation af {SECRET}", **closed)
    agenda.publish(house.secretary, meeting)
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def roles(house: House) -> dict[str, User]:
    """Somebody with each role in the unit and the body, in the house where it holds there."""
    found = {}
    with log.action(None, "position.give", "everybody"):
        for role in dict(Position.ROLES):
            user = User.objects.create(username=f"{role}@rolle.dk", first_name=role)
            everywhere = role in (Position.AUDITOR, Position.ADMINISTRATOR)
            places = [{}] if everywhere else [{"unit": house.unit}, {"body": house.body}]
            if role == Position.SECRETARY:
                places = [{"body": house.body}]
            for place in places:
                Position.objects.create(user=user, role=role, since="2020-01-01", **place)
            if role in (Position.MEMBER, Position.CHAIR, Position.SUBSTITUTE):
                user.person = Person.objects.create(
                    municipality=house.municipality, name=role.title(), slug=role
                )
                user.save()
            found[role] = user
        found["none"] = User.objects.create(username="ingen@rolle.dk", first_name="none")
    return found


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}laes/"


def told(user: User, address: str) -> str:
    answer = browser(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def opened(house: House, meeting: Meeting) -> Item:
    session.open_meeting(house.secretary, meeting)
    meeting.refresh_from_db()
    return meeting.items.get(closed=True)


class TestReading:
    def test_a_member_reads_the_whole_agenda_on_one_page(self, house, called):
        page = told(house.member(KARIN), at(called))
        for text in ("Indsats for langtidsledige", "planen godkendes", "Flere er i job", SECRET):
            assert text in page

    def test_a_draft_is_not_read(self, house):
        meeting = house.meeting()
        house.item(meeting)
        page = told(house.member(KARIN), at(meeting))
        assert "langtidsledige" not in page
        assert "ikke sendt ud endnu" in page

    def test_what_is_closed_is_not_for_one_who_is_not_impartial_in_it(self, house, called):
        item = opened(house, called)
        karin = house.member(KARIN)
        session.leave(house.secretary, item, karin.person, "Naboens ejendom, fvl. § 3, nr. 1")
        page = told(karin, at(called))
        assert SECRET not in page
        assert "Køb af ejendom" in page
        assert "inhabil" in page
        assert SECRET in told(house.member(JENS), at(called))
        with pytest.raises(Forbidden):
            notes.write(karin, item, "x", "", revision=0)
        with pytest.raises(Forbidden):
            questions.ask(karin, item, "x")

    def test_nor_when_the_case_comes_back(self, house, called):
        item = opened(house, called)
        karin, later = house.member(KARIN), house.meeting(day=1, month=4)
        session.leave(house.secretary, item, karin.person, "Naboens ejendom, fvl. § 3, nr. 1")
        session.postpone(house.secretary, item, later)
        agenda.publish(house.secretary, later)
        assert SECRET not in told(karin, at(later))
        assert SECRET in told(house.member(JENS), at(later))

    def test_a_substitute_reads_what_is_closed_where_they_stand_in(self, house, called, roles):
        substitute = roles["substitute"]
        assert SECRET not in told(substitute, at(called))
        opened(house, called)
        session.set_present(
            house.secretary,
            called,
            house.people[OLE],
            False,
            substitute=substitute.person,
        )
        assert SECRET in told(substitute, at(called))

    def test_but_not_one_who_was_entered_by_mistake(self, house, called, roles):
        ole, substitute = house.people[OLE], roles["substitute"]
        opened(house, called)
        session.set_present(house.secretary, called, ole, False, substitute=substitute.person)
        session.set_present(house.secretary, called, ole, True)
        assert SECRET not in told(substitute, at(called))

    def test_what_was_decided_last_time_is_told_once(self, house, called):
        session.open_meeting(house.secretary, called)
        first = called.items.get(closed=False)
        later = house.meeting(day=1, month=4)
        session.postpone(house.secretary, first, later, "Udsat til april.")
        session.decide(house.secretary, called.items.get(closed=True), "Godkendt.", "approved")
        session.close(house.secretary, called)
        agenda.publish(house.secretary, later)
        page = told(house.member(KARIN), at(later))
        assert page.count("Udsat til april.") == 1

    def test_what_the_archive_has_of_the_case_is_told(self, house, called):
        from sagsgang.archive import publishing
        from sagsgang.minutes import Decision, Minutes, Section
        from sagsgang.minutes import Item as Printed

        number = called.items.get(closed=False).presentation.treatment.case.number
        text = "Udvalget bad om en plan."
        item = Printed(
            "7",
            "Indsats",
            case_number=number,
            sections=(Section("Beslutning", "decision", text),),
            decisions=(Decision(text),),
        )
        minutes = Minutes(
            municipality="Lindvig", committee="Jobudvalget", kind="minutes", date="2025-11-05",
            items=(item,),
        )  # fmt: skip
        assert publishing.publish(minutes, source_id="gammelt").result == "new"
        page = told(house.member(KARIN), at(called))
        assert text in page
        assert "/lindvig/jobudvalget/2025-11-05/7/" in page

    def test_questions_to_the_database_do_not_grow_with_the_items(
        self, house, called, django_assert_num_queries
    ):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        client = browser(house.member(KARIN))
        client.get(at(called))
        with CaptureQueriesContext(connection) as few:
            client.get(at(called))
        larger = house.meeting(day=5, month=5)
        for number in range(5):
            house.item(larger, f"Sag {number}")
        agenda.publish(house.secretary, larger)
        with django_assert_num_queries(len(few)):
            client.get(at(larger))


class TestAttachments:
    def test_are_read_as_they_were_put_on_the_agenda_and_closed_ones_by_members(self, house, roles):
        meeting = house.meeting()
        treatment = house.ready_with(("Rapport", False), ("Notat", True))
        item = agenda.take_in(house.secretary, meeting, treatment)
        agenda.publish(house.secretary, meeting)
        for user, titles in (
            (house.member(KARIN), {"Rapport", "Notat"}),
            (roles["substitute"], {"Rapport"}),
        ):
            client = browser(user)
            page = client.get(at(meeting)).content.decode()
            assert {one for one in ("Rapport", "Notat") if f">{one}<" in page} == titles
            for one in attached(item.presentation, item.revision):
                answer = client.get(f"/arbejde/punkter/{item.pk}/bilag/{one.sha256}/")
                assert answer.status_code == (200 if one.title in titles else 404)
                if answer.status_code == 200:
                    assert answer.headers["X-Keep"] == str(72 * 60 * 60)


class TestNotes:
    def test_are_stored_and_read_again_by_their_author(self, house, called):
        karin, item = house.member(KARIN), called.items.first()
        client = browser(karin)
        sent = {"text": "Spørg til økonomien", "mark": "speak", "revision": 0}
        answer = client.post(f"/arbejde/punkter/{item.pk}/note/", sent)
        assert answer.headers["Location"] == f"{at(called)}#punkt-{item.number}"
        page = client.get(at(called)).content.decode()
        assert "Spørg til økonomien" in page
        assert 'value="speak" checked' in page
        assert "Noten er gemt." in page

    def test_scripts_are_told_what_is_stored(self, house, called):
        item = called.items.first()
        answer = browser(house.member(KARIN)).post(
            f"/arbejde/punkter/{item.pk}/note/",
            {"text": "a\r\nb", "mark": "", "revision": 0},
            headers={"Accept": "application/json"},
        )
        stored = answer.json()
        assert (stored["text"], stored["revision"], stored["other"]) == ("a\nb", 1, "")

    def test_written_on_two_devices_both_stay(self, house, called):
        karin, item = house.member(KARIN), called.items.first()
        notes.write(karin, item, "På tabletten", "", revision=0)
        merged = notes.write(karin, item, "På telefonen", "", revision=0)
        assert merged.text == "På telefonen\n\nPå tabletten"
        assert merged.other == "På tabletten"

    def test_sent_twice_stand_once(self, house, called):
        karin, item = house.member(KARIN), called.items.first()
        notes.write(karin, item, "Spørg", "", revision=0)
        assert notes.write(karin, item, "Spørg til tid", "", revision=0).text == "Spørg til tid"

    def test_that_are_too_long_are_refused_in_words(self, house, called):
        karin, item = house.member(KARIN), called.items.first()
        with pytest.raises(Refused, match="for lang"):
            notes.write(karin, item, "x" * (notes.LONGEST + 1), "", revision=0)

    def test_are_enciphered_by_a_key_of_their_author(self, house, called):
        karin, jens, item = house.member(KARIN), house.member(JENS), called.items.first()
        notes.write(karin, item, "Hemmeligt", "", revision=0)
        Note.objects.update(user=jens)
        assert notes.of_user(jens, [item])[item.pk].text == ""

    def test_are_read_after_the_sites_key_was_changed(self, house, called, settings):
        karin, item = house.member(KARIN), called.items.first()
        notes.write(karin, item, "Husk", "", revision=0)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "en ny nøgle"
        assert notes.of_user(karin, [item])[item.pk].text == "Husk"

    def test_are_seen_by_nobody_else_anywhere(self, house, called, roles):
        marker, karin, item = "hemmelig-note-4711", house.member(KARIN), called.items.first()
        sent = {"text": marker, "mark": "doubt", "revision": 0}
        assert browser(karin).post(f"/arbejde/punkter/{item.pk}/note/", sent).status_code == 302
        for user in [*roles.values(), house.officer, house.member(JENS)]:
            client = browser(user)
            for address in addresses(called):
                page = client.get(address)
                body = b"".join(page) if page.streaming else page.content
                assert marker.encode() not in body, (user.username, address)
        assert marker.encode() not in b"".join(reading.json_lines(reading.told()))
        assert marker.encode() not in b"".join(reading.comma_separated(reading.told()))
        assert not Entry.objects.filter(subject__startswith="meetings.note").exists()
        assert heads.file().exists() is False or marker not in heads.file().read_text()
        for model in apps.get_models():
            for row in model._base_manager.values():
                assert marker not in repr(row), model


def addresses(meeting: Meeting) -> list[str]:
    """The pages of the working house that tell of the meeting, or of what others did."""
    first = meeting.items.first()
    return [
        at(meeting), "/arbejde/", meeting.get_absolute_url(), first.presentation.get_absolute_url(),
        first.presentation.treatment.case.get_absolute_url(), "/arbejde/log/",
        "/arbejde/log/hent/?form=csv", "/arbejde/log/hent/?form=jsonl",
    ]  # fmt: skip


class TestQuestions:
    def test_are_answered_by_the_officer_and_seen_by_the_committee(self, house, called):
        karin, item = house.member(KARIN), called.items.get(closed=False)
        client = browser(karin)
        client.post(f"/arbejde/punkter/{item.pk}/spoerg/", {"text": "Hvad koster det?"})
        asked = Question.objects.get()
        assert "Hvad koster det?" in told(house.officer, "/arbejde/")
        answer = browser(house.officer).post(asked.get_absolute_url(), {"text": "2 mio. kr."})
        assert answer.headers["Location"] == "/arbejde/"
        assert "2 mio. kr." in told(house.member(JENS), at(called))
        assert "Hvad koster det?" not in told(house.officer, "/arbejde/")
        actions = Entry.objects.filter(action__startswith="question").order_by("pk")
        assert [one.action for one in actions] == ["question.ask", "question.answer"]
        assert not list(log.verify())

    def test_about_what_is_closed_are_not_told_to_others(self, house, called, roles):
        questions.ask(house.member(KARIN), called.items.get(closed=True), f"Hvem ejer {SECRET}?")
        for role in ("substitute", "leader", "administrator", "auditor", "none"):
            answer = browser(roles[role]).get(at(called))
            assert SECRET not in answer.content.decode(), role

    def test_are_refused_when_the_meeting_has_begun(self, house, called):
        item = opened(house, called)
        with pytest.raises(Refused, match="til mødet begynder"):
            questions.ask(house.member(KARIN), item, "Hvorfor?")

    def test_without_words_are_refused(self, house, called):
        with pytest.raises(Refused):
            questions.ask(house.member(KARIN), called.items.first(), "  ")
        question = questions.ask(house.member(KARIN), called.items.first(), "Hvorfor?")
        page = browser(house.secretary).post(question.get_absolute_url(), {"text": ""})
        assert page.status_code == 422

    def test_who_asks_and_who_answers(self, house, called, roles):
        item = called.items.get(closed=False)
        asks = {role for role, user in roles.items() if does(questions.ask, user, item, "Hvorfor?")}
        assert asks == {"member", "chair", "substitute"}
        question = Question.objects.first()
        answers = {
            r for r, user in roles.items() if does(questions.answer, user, question, "Fordi")
        }
        assert answers == {"secretary"}
        assert does(questions.answer, house.officer, question, "Fordi")


class TestDissent:
    def test_is_approved_by_its_author_on_the_page(self, house, called):
        opened(house, called)
        item = called.items.get(closed=False)
        ole = house.member(OLE)
        votes = dict.fromkeys((person.pk for person in house.people.values()), "for")
        votes[ole.person_id] = "against"
        session.decide(house.secretary, item, "Godkendt.", "approved", votes=votes)
        entry = session.dissent(house.secretary, item, ole.person, "Det er for dyrt.")
        assert "Det er for dyrt." in told(ole, at(called))
        assert str(item) in told(ole, "/arbejde/")
        assert "Det er for dyrt." not in told(house.member(JENS), at(called))
        address = f"/arbejde/protokollater/{entry.pk}/"
        assert browser(house.member(JENS)).post(address).status_code == 409
        assert browser(ole).post(address).status_code == 302
        assert "Det er for dyrt." in told(house.member(JENS), at(called))


def does(action, *given) -> bool:
    try:
        action(*given)
    except Forbidden:
        return False
    return True


PAGES = """
page        officer leader director secretary member chair substitute administrator auditor none
reading        .       .       .        x       x      x       x            .          .      .
closed         .       .       .        x       x      x       .            .          .      .
note           .       .       .        x       x      x       x            .          .      .
question       .       .       .        x       .      .       .            .          .      .
"""


def test_who_sees_which_page(house, called, roles):
    question = questions.ask(house.member(KARIN), called.items.first(), "Hvorfor?")
    item = called.items.get(closed=False)
    heading, *rows = (line.split() for line in PAGES.strip().splitlines())
    found = {}
    for role, user in roles.items():
        client = browser(user)
        read = client.get(at(called))
        found["reading", role] = read.status_code == 200
        found["closed", role] = SECRET in read.content.decode()
        sent = {"text": "x", "mark": "", "revision": 0}
        found["note", role] = (
            client.post(f"/arbejde/punkter/{item.pk}/note/", sent).status_code == 302
        )
        found["question", role] = client.get(question.get_absolute_url()).status_code == 200
    wanted = {
        (page, role): mark == "x"
        for page, *marks in rows
        for role, mark in zip(heading[1:], marks, strict=True)
    }
    assert found == wanted


class TestWhatIsKeptInTheBrowser:
    def test_is_what_says_that_it_may_and_whose_it_is(self, house, called):
        karin = house.member(KARIN)
        read = browser(karin).get(at(called))
        assert read.headers["X-Keep"] == str(72 * 60 * 60)
        assert read.headers["X-Reader"] == str(karin.pk)
        assert "X-Keep" not in browser(karin).get("/arbejde/konto/").headers

    def test_is_nothing_where_the_site_says_so(self, house, called, settings):
        settings.OFFLINE_HOURS = 0
        assert "X-Keep" not in browser(house.member(KARIN)).get(at(called)).headers

    def test_goes_when_the_session_is_over(self, house, called):
        assert Client().get(at(called)).headers["X-Reader"] == "nobody"

    def test_goes_when_its_reader_signs_out(self, house):
        out = browser(house.member(KARIN)).post("/arbejde/konto/log-ud/")
        assert out.headers["Clear-Site-Data"] == '"cache", "storage"'

    def test_the_keeper_rules_over_the_working_house_only(self, house):
        answer = browser(house.member(KARIN)).get("/arbejde/service-worker.js")
        assert answer.headers["Content-Type"].startswith("text/javascript")
        assert "Service-Worker-Allowed" not in answer.headers
