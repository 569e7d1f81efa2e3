"""The meeting on the secretary's screen, and its end: as plain forms, and as the script asks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sagsgang.archive.models import Publication
from sagsgang.bodies.models import Membership, Person
from sagsgang.cases.models import Entry, Position, User
from sagsgang.meetings import agenda, session
from sagsgang.meetings.models import Dissent, Item, Meeting, Typed

from .house import House


@pytest.fixture
def opened(house: House) -> Meeting:
    meeting = house.meeting()
    agenda.add_standing(house.secretary, meeting, "Godkendelse af dagsorden")
    house.item(
        meeting, recommendation_by="Forvaltningen", recommendation_points=["at indsatsen udvides."]
    )
    house.item(meeting, "Klage fra Bo", closed=True, ground="fvl. § 27", public_title="Klagesag")
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def secretary(client: Client, house: House) -> Client:
    client.force_login(house.secretary)
    return client


def at(item: Item) -> str:
    return f"{item.meeting.get_absolute_url()}moede/{item.pk}/"


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def votes(house: House, **others: str) -> dict[str, str]:
    return {
        f"vote-{person.pk}": others.get(name.split()[0].lower(), "for")
        for name, person in house.people.items()
    }


class TestTheMeeting:
    def test_is_opened_from_its_page(self, secretary, house):
        meeting = house.meeting()
        page = f"{meeting.get_absolute_url()}moede/"
        assert "ikke offentliggjort endnu" in words(secretary.get(page))
        house.item(meeting)
        agenda.publish(house.secretary, meeting)
        answer = secretary.post(page, {"do": "open"}, follow=True)
        assert "Mødet er åbnet." in words(answer)
        assert "5 af 5 medlemmer deltager, og mindst 3 skal deltage" in words(answer)

    def test_a_decision_with_a_vote_and_a_dissent(self, secretary, house, opened):
        item = opened.items.all()[1]
        secretary.post(at(item), {"do": "phrase:1", "revision": "0"})
        kept = Typed.objects.get()
        assert (kept.text, kept.outcome) == ("Indstillingen anbefales.", "recommended")
        given = {"text": kept.text, "outcome": kept.outcome, "revision": kept.revision}
        answer = secretary.post(at(item), {**given, "do": "all:for"}, follow=True)
        assert "Vedtaget: 5 for, 0 imod." in words(answer)
        given |= votes(house, fatima="against", ole="abstain") | {"revision": 2}
        answer = secretary.post(at(item), {**given, "do": "decide"}, follow=True)
        assert "Vedtaget: 3 for, 1 imod, 1 undlod at stemme." in words(answer)
        assert not Typed.objects.exists()
        fatima = house.people["Fatima Lindholm"]
        # Only who was in the minority is offered.
        assert [one.pk for one in answer.context["minority"]] == [fatima.pk]
        dissent = {"do": "dissent", "person": fatima.pk, "text": "Vi vil have flere mentorer."}
        for _ in range(2):
            answer = secretary.post(at(item), dissent, follow=True)
            assert "venter på, at medlemmet godkender" in words(answer)
            entry = Dissent.objects.get()
            wrong = {"do": f"take_back:{entry.pk}"}
            assert "Protokollatet er fjernet." in words(
                secretary.post(at(item), wrong, follow=True)
            )
        secretary.post(at(item), dissent)
        entry = Dissent.objects.get()
        session.approve_dissent(house.member("Fatima Lindholm"), entry)
        answer = secretary.post(at(item), {"do": f"take_back:{entry.pk}"}, follow=True)
        assert "protokollatet ligger fast" in words(answer)

    def test_groups_vote_with_one_button_each(self, secretary, house, opened):
        item = opened.items.all()[1]
        secretary.post(at(item), {"do": "group:A:against", "revision": 0})
        kept = Typed.objects.get().votes
        names = {str(house.people[name].pk) for name in ("Karin Østergaard", "Ida Holm")}
        assert kept == dict.fromkeys(names, "against")

    def test_a_refused_decision_is_still_there(self, secretary, house, opened):
        item = opened.items.first()
        lacking = votes(house)
        lacking.popitem()
        answer = secretary.post(
            at(item),
            {"do": "decide", "text": "Godkendt.", "outcome": "approved", "revision": 0, **lacking},
            follow=True,
        )
        assert "Stemmen mangler fra: Ida Holm" in words(answer)
        assert Typed.objects.get().text == "Godkendt."
        answer = secretary.post(
            at(item), {"do": "decide", "text": "Godkendt.", "revision": 1}, follow=True
        )
        assert "Vælg udfaldet" in words(answer)
        item.refresh_from_db()
        assert item.decided_at is None

    def test_a_change_is_shown_as_a_difference(self, secretary, opened):
        item = opened.items.all()[1]
        answer = secretary.post(
            f"{at(item)}gem/",
            {"text": "at indsatsen udvides fra maj.", "outcome": "amended", "revision": 0},
        )
        assert "<ins> fra maj</ins>" in answer.json()["said"]

    def test_attendance_and_its_quorum(self, secretary, house, opened):
        item = opened.items.all()[1]
        people = house.people
        stand_in = Person.objects.create(
            municipality=house.municipality, name="Bent Lund", slug="bent-lund"
        )
        Membership.objects.create(person=stand_in, body=house.council, term="2026-2029")
        assert secretary.get(at(item)).context["substitutes"] == [stand_in]
        absent = {"do": f"absent:{people['Ole Brandt'].pk}", "substitute": stand_in.pk}
        assert "Bent Lund er stedfortræder for Ole Brandt." in words(
            secretary.post(at(item), absent, follow=True)
        )
        conflict = {"do": f"conflict:{people['Ida Holm'].pk}", "ground": "gift med ansøgeren"}
        answer = secretary.post(at(item), conflict, follow=True)
        assert "Inhabil: gift med ansøgeren" in words(answer)
        assert "4 af 5 medlemmer deltager" in words(answer)
        for name in ("Karin Østergaard", "Jens Mølgaard"):
            secretary.post(at(item), {"do": f"leave:{people[name].pk}"})
        answer = secretary.get(at(item))
        assert "2 af 5 medlemmer deltager, og mindst 3 skal deltage: Udvalget er ikke" in words(
            answer
        )
        secretary.post(at(item), {"do": f"back:{people['Jens Mølgaard'].pk}"})
        secretary.post(at(item), {"do": f"present:{people['Ole Brandt'].pk}"})
        assert "Bent Lund" not in [
            str(one.person) for one in secretary.get(at(item)).context["ballots"]
        ]

    def test_postponing_and_referring(self, secretary, house, opened):
        later = house.meeting(month=4, day=1)
        first, second, _third = opened.items.all()
        answer = secretary.post(at(first), {"do": "postpone", "to": later.pk}, follow=True)
        assert "Punktet står nu på mødet" in words(answer)
        assert later.items.get().continues == first
        decision = {"text": "Anbefales.", "outcome": "recommended", "revision": 0, "do": "decide"}
        secretary.post(at(second), decision)
        answer = secretary.post(
            at(second), {"do": "refer", "person": house.people["Ole Brandt"].pk}, follow=True
        )
        assert "Ole Brandt har begæret sagen indbragt for Byrådet." in words(answer)

    def test_a_member_refers_on_their_own_screen_until_the_meeting_closes(
        self, secretary, house, opened
    ):
        _first, second, third = opened.items.all()
        for item in (second, third):
            session.decide(house.secretary, item, "Anbefales.", "recommended")
        member = Client()
        member.force_login(house.member("Ole Brandt"))
        reading = f"{opened.get_absolute_url()}laes/"
        there = f"/arbejde/punkter/{second.pk}/indbring/"
        assert there in words(member.get(reading))
        state = f"{opened.get_absolute_url()}moede/stand/"
        before = secretary.get(state).json()
        told = words(member.post(there, follow=True))
        assert "Sagen er begæret indbragt for Byrådet." in told
        assert "Ole Brandt har begæret sagen indbragt for Byrådet." in told
        assert there not in told
        assert secretary.get(state).json() != before
        assert "§ 23: Ole Brandt" in words(secretary.get(at(third)))
        assert [one.person.name for one in second.referrals.all()] == ["Ole Brandt"]
        session.decide(house.secretary, _first, "Godkendt.", "approved")
        session.close(house.secretary, opened)
        assert "indbring/" not in words(member.get(reading))
        answer = member.post(f"/arbejde/punkter/{third.pk}/indbring/", follow=True)
        assert "Mødet er slut." in words(answer)

    def test_only_the_secretary_runs_it(self, client, house, opened):
        item = opened.items.first()
        for user in (house.member("Ole Brandt"), house.officer):
            client.force_login(user)
            for address in (
                at(item), f"{opened.get_absolute_url()}moede/",
                f"{opened.get_absolute_url()}moede/stand/", f"{opened.get_absolute_url()}referat/",
                f"{opened.get_absolute_url()}referat.pdf",
            ):  # fmt: skip
                assert client.get(address).status_code == 403
            assert client.post(f"{at(item)}gem/", {"text": "x"}).status_code == 403

    def test_the_questions_do_not_grow(self, secretary, house, opened, django_assert_num_queries):
        item = opened.items.all()[1]
        with CaptureQueriesContext(connection) as few:
            secretary.get(at(item))
        for number in range(3):
            house.item(opened, f"Sag {number}")
            Person.objects.create(
                municipality=house.municipality, name=f"P {number}", slug=f"p-{number}"
            )
        with django_assert_num_queries(len(few)):
            secretary.get(at(item))


class TestWhatIsTyped:
    def test_is_kept_at_once_and_in_no_log(self, secretary, opened):
        item, entries = opened.items.first(), Entry.objects.count()
        answer = secretary.post(f"{at(item)}gem/", {"text": "Godk", "revision": 0})
        assert answer.json()["revision"] == 1
        assert answer.json()["saved"].startswith("gemt kl. ")
        assert "Godk" in words(secretary.get(at(item)))
        assert Entry.objects.count() == entries

    def test_is_kept_with_few_questions_to_the_database(
        self, secretary, house, opened, django_assert_max_num_queries
    ):
        """A pause in the typing comes twice a second: it reads no presentation, and no seats."""
        keep = f"{at(opened.items.all()[1])}gem/"
        secretary.post(keep, {"text": "Begyndt", "revision": 0})
        with django_assert_max_num_queries(18):
            secretary.post(keep, {"text": "Godk", "revision": 1})
        changed = {"text": "at indsatsen udvides nu.", "outcome": "amended", **votes(house)}
        with django_assert_max_num_queries(20):
            said = secretary.post(keep, changed | {"revision": 2}).json()["said"]
        assert "Vedtaget: 5 for, 0 imod." in said
        assert "<ins>" in said

    def test_is_not_written_over_by_another_screen(self, secretary, house, opened):
        other = User.objects.create(username="vikar@lindvig.dk", first_name="Vikar")
        Position.objects.create(user=other, role="secretary", body=house.body, since="2020-01-01")
        second = Client()
        second.force_login(other)
        item = opened.items.first()
        keep = f"{at(item)}gem/"
        secretary.post(keep, {"text": "Min tekst", "revision": 0})
        answer = second.post(keep, {"text": "Din tekst", "revision": 0})
        assert answer.status_code == 409
        assert answer.json()["text"] == "Min tekst"
        # Without script: both texts, and a form that saves when both have been seen.
        page = second.post(at(item), {"do": "keep", "text": "Din tekst", "revision": 0})
        assert page.status_code == 409
        assert "Min tekst" in words(page)
        assert "Din tekst" in words(page)
        assert page.context["revision"] == 1
        assert second.post(keep, {"text": "Fælles", "revision": 1}).status_code == 200

    def test_the_same_words_again_change_nothing(self, secretary, opened):
        keep = f"{at(opened.items.first())}gem/"
        for _ in range(2):
            answer = secretary.post(keep, {"text": "Ens", "revision": 0})
        assert answer.json()["revision"] == 1

    def test_is_told_to_other_screens(self, secretary, opened):
        state = f"{opened.get_absolute_url()}moede/stand/"
        before = secretary.get(state).json()
        assert before == secretary.get(state).json()
        secretary.post(f"{at(opened.items.first())}gem/", {"text": "Nyt", "revision": 0})
        assert secretary.get(state).json() != before

    def test_a_decided_item_keeps_nothing_more(self, secretary, house, opened):
        item = opened.items.first()
        session.decide(house.secretary, item, "Godkendt.", "approved")
        answer = secretary.post(f"{at(item)}gem/", {"text": "For sent", "revision": 0})
        assert answer.status_code == 410


class TestTheEnd:
    def test_what_is_missing_is_told_and_then_the_minutes_go_out(self, secretary, house, opened):
        page = f"{opened.get_absolute_url()}referat/"
        assert "Mangler en beslutning" in words(secretary.get(page))
        answer = secretary.post(page, {"do": "close"}, follow=True)
        assert "Disse punkter mangler en beslutning: 1, 2, 3." in words(answer)
        for item in opened.items.all():
            decision = {"text": "Godkendt.", "outcome": "approved", "revision": 0, "do": "decide"}
            secretary.post(at(item), decision)
        assert "Alle punkter har en beslutning." in words(secretary.get(page))
        assert secretary.get(page[:-1] + ".pdf").content.startswith(b"%PDF")
        answer = secretary.post(page, {"do": "close"}, follow=True)
        assert '<span>Karin Østergaard</span> <span class="quiet">har ikke svaret' in words(answer)
        answer = secretary.post(page, {"do": "publish"}, follow=True)
        published = Publication.objects.get(kind="minutes")
        assert published.sha256 in words(answer)
        assert "Klage fra Bo" not in published.text

        item = opened.items.first()
        secretary.post(
            page,
            {"do": "correct", "item": item.pk, "text": "Ordet »ikke« mangler.", "reason": "Fejl"},
        )
        answer = secretary.post(page, {"do": "publish", "reason": "Rettelse"}, follow=True)
        assert Publication.objects.filter(kind="minutes").count() == 2
        assert "Referat, rettet udgave 1" in words(answer)
        item.refresh_from_db()
        assert item.decision == "Godkendt."
