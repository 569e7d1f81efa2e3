"""The door: what comes in, once, and what is held back."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest
from django.db import IntegrityError

from sagsgang.archive import publishing
from sagsgang.archive.models import (
    Absence,
    Ballot,
    Case,
    Dissent,
    Enclosure,
    Held,
    Item,
    Meeting,
    Present,
    Publication,
    StoredFile,
)
from sagsgang.archive.publishing import NotPublishable, Registry, publish
from sagsgang.archive.search.entries import Content
from sagsgang.bodies.models import Body, Membership, Municipality, Person
from sagsgang.minutes import (
    Attachment,
    Attendance,
    Decision,
    Reference,
    Section,
    Source,
    Statement,
    Vote,
)

from .documents import BODY, item, meeting

pytestmark = pytest.mark.django_db


def test_a_document_becomes_a_publication_and_rows():
    outcome = publish(meeting(item("1"), item("2", "Budgetopfølgning", case_number=None)))
    assert outcome.result == "new"
    stored = outcome.publication
    assert stored.get_absolute_url() == "/lindvig/beskaeftigelsesudvalget/2026-03-04/version/1/"
    assert stored.minutes == meeting(item("1"), item("2", "Budgetopfølgning", case_number=None))
    assert [(row.slug, row.title, row.outcome) for row in stored.items.all()] == [
        ("1", "Indsats for langtidsledige", "approved"),
        ("2", "Budgetopfølgning", "approved"),
    ]
    assert stored.meeting.term == "2026-2029"


def test_the_same_content_again_changes_nothing():
    first = publish(meeting()).publication
    again = publish(
        replace(meeting(), source=Source("andet navn.pdf", "application/pdf", "c" * 64))
    )
    assert again.result == "unchanged"
    assert again.publication == first
    assert (Publication.objects.count(), Item.objects.count(), Person.objects.count()) == (1, 1, 3)


def test_other_content_for_the_same_meeting_is_a_new_version_and_the_old_stays():
    old = publish(meeting(), source_id="a").publication
    changed = publish(
        meeting(item(decisions=(Decision("Udsat.", "postponed"),))), source_id="another id"
    )
    assert (changed.result, changed.publication.version) == ("changed", 2)
    assert Publication.objects.get(pk=old.pk).minutes.items[0].decisions[0].text == "Godkendt."
    assert Meeting.objects.get().current == changed.publication
    assert [row.outcome for row in Item.objects.all()] == ["postponed"]


def test_two_documents_of_one_meeting_can_be_imported_again_and_again():
    agenda, minutes = meeting(item(decisions=()), kind="agenda"), meeting()
    for _ in range(3):
        publish(agenda, source_id="dagsorden.md")
        publish(minutes, source_id="referat.md")
    assert list(Publication.objects.values_list("kind", flat=True)) == ["agenda", "minutes"]


def test_a_correction_that_is_taken_back_is_a_new_version():
    right, wrong = meeting(), meeting(item(title="Indsats for langtidsledigee"))
    results = [publish(one, source_id="x").result for one in (right, wrong, right, right)]
    assert results == ["new", "changed", "changed", "unchanged"]
    assert Meeting.objects.get().current.version == 3


def test_an_agenda_that_comes_after_the_minutes_does_not_take_over():
    minutes = publish(meeting(), source_id="referat").publication
    publish(meeting(item(decisions=()), kind="agenda"), source_id="dagsorden")
    assert Meeting.objects.get().current == minutes
    assert Meeting.objects.get().kind == "minutes"
    assert Item.objects.get().outcome == "approved"
    assert Publication.objects.count() == 2


def test_a_supplementary_agenda_stands_beside_the_agenda_until_there_are_minutes():
    publish(meeting(item("1", decisions=()), kind="agenda"))
    extra = item("1", "Tillægsbevilling til unge", case_number=None, decisions=())
    publish(meeting(extra, kind="supplementary_agenda"))
    assert list(Item.objects.order_by("pk").values_list("slug", flat=True)) == ["1", "1-2"]
    publish(meeting(item("1"), item("2", "Tillægsbevilling til unge")))
    assert list(Item.objects.order_by("pk").values_list("slug", flat=True)) == ["1", "2"]
    assert Publication.objects.filter(strand="supplement").exists()


def test_two_meetings_on_one_day_are_two():
    publish(meeting())
    publish(meeting(start_time="17:00"))
    assert sorted(Meeting.objects.values_list("slug", flat=True)) == [
        "2026-03-04",
        "2026-03-04-kl-1700",
    ]


def test_a_document_without_a_time_belongs_to_the_only_meeting_of_the_day():
    publish(meeting(start_time=None))
    publish(meeting(item("1", "Et nyt navn til sagen")))
    assert Meeting.objects.get().start_time == "15:30"
    publish(meeting(start_time="17:00"))
    with pytest.raises(NotPublishable, match="flere møder"):
        publish(meeting(start_time=None))


@pytest.mark.parametrize(
    ("missing", "words"),
    [("municipality", "--municipality"), ("committee", "--committee"), ("date", "Datoen")],
)
def test_what_cannot_be_placed_is_told(missing, words):
    with pytest.raises(NotPublishable, match=words):
        publish(replace(meeting(), **{missing: None}))
    assert not Meeting.objects.exists()


def test_what_the_document_does_not_say_may_be_given():
    publish(
        replace(meeting(), municipality=None, committee=None), municipality="615", committee=BODY
    )
    assert Body.objects.get().get_absolute_url() == "/horsens/beskaeftigelsesudvalget/"


def test_a_municipality_is_known_with_and_without_the_word():
    publish(meeting(municipality="Ærø Kommune"))
    assert Body.objects.get().municipality == Municipality.objects.get(code="492")


def test_a_municipality_cannot_take_an_address_of_the_site():
    publish(meeting(municipality="Api"))
    publish(meeting(committee="Sag"))
    assert Municipality.objects.get(name="Api").slug == "api-2"
    assert Body.objects.get(name="Sag").slug == "sag-2"


def test_votes_dissent_absence_and_attachments_become_rows():
    publish(
        meeting(
            item(
                votes=(Vote("for", ("Karin Østergaard", "Venstre")), Vote("against", ("F",))),
                statements=(Statement(("Fatima Lindholm",), "Vi er imod."),),
                absent=("Jens Mølgaard",),
                attachments=(Attachment("Bilag 1", "https://eksempel.dk/1.pdf"), Attachment("To")),
            )
        )
    )
    ballots = Ballot.objects.order_by("pk")
    assert list(ballots.values_list("choice", "name", "person__name", "party")) == [
        ("for", "Karin Østergaard", "Karin Østergaard", ""),
        ("for", "Venstre", None, "V"),
        ("against", "F", None, "F"),
    ]
    assert Dissent.objects.get().person.name == "Fatima Lindholm"
    assert Absence.objects.get().person.name == "Jens Mølgaard"
    assert list(Enclosure.objects.order_by("pk").values_list("title", "address")) == [
        ("Bilag 1", "https://eksempel.dk/1.pdf"),
        ("To", ""),
    ]
    assert Present.objects.filter(present=True).count() == 3


def test_only_the_meetings_own_decision_counts():
    quoted = Decision("Udsat.", "postponed", committee="Økonomiudvalget", date="2026-02-01")
    publish(meeting(item(decisions=(quoted, Decision("Godkendt.", "approved")))))
    assert Item.objects.get().outcome == "approved"


# Persons


def test_a_slip_of_the_pen_is_the_same_person_within_a_committee_and_term():
    publish(meeting())
    slip = (Attendance("Karin Østergård", "A", True), Attendance("Fatima Lindholn", "F", True))
    publish(meeting(date="2026-04-01", members=slip))
    assert Person.objects.count() == 3
    assert {one.text for one in Person.objects.get(slug="fatima-lindholm").spellings.all()} == {
        "Fatima Lindholm",
        "Fatima Lindholn",
    }


def test_a_near_name_in_another_committee_is_somebody_else():
    publish(meeting())
    publish(
        meeting(committee="Kulturudvalget", members=(Attendance("Fatima Lindholn", "F", True),))
    )
    assert Person.objects.filter(name__startswith="Fatima").count() == 2


def test_the_same_name_in_two_municipalities_is_two_persons():
    publish(meeting())
    publish(meeting(municipality="Herning"))
    assert Person.objects.filter(name="Karin Østergaard").count() == 2


def test_a_person_has_a_membership_for_each_term():
    publish(meeting(date="2025-03-05"))
    publish(meeting(date="2026-03-04"))
    assert list(
        Membership.objects.filter(person__slug="jens-moelgaard").values_list("term", "party")
    ) == [("2026-2029", "V"), ("2022-2025", "V")]


# What is held back


SECRET = "010190-1234"


def test_a_cpr_number_holds_the_document_back_and_the_message_names_the_item():
    text = f"Borgeren (CPR {SECRET}) har klaget."
    secret = meeting(item("7", sections=(Section("Resume", "summary", text),)))
    outcome = publish(secret)
    assert outcome.result == "held"
    assert "punkt 7" in outcome.message
    assert "190" not in outcome.message
    assert SECRET not in str(Held.objects.get().findings)
    assert not Publication.objects.exists()
    assert not Item.objects.exists()
    assert not Body.objects.exists()


def test_a_held_document_stays_one_however_often_it_comes():
    secret = meeting(item(title=f"Klage fra {SECRET}"))
    assert {publish(secret).held.pk for _ in range(3)} == {Held.objects.get().pk}


def test_a_named_person_may_release_it_with_a_reason():
    secret = meeting(item(title=f"Konto {SECRET}"))
    held = publish(secret, source_id="x").held
    for by, why in (("", "et kontonummer"), ("Ida Holm", " ")):
        with pytest.raises(ValueError, match="Skriv"):
            publishing.release(held, by=by, why=why)
    published = publishing.release(held, by="Ida Holm", why="Det er et kontonummer").publication
    assert (published.released_by, published.released_why) == ("Ida Holm", "Det er et kontonummer")
    assert not Held.objects.exists()
    assert publish(secret, source_id="x").result == "unchanged"


def test_a_document_that_was_corrected_since_is_not_released_in_its_place():
    held = publish(meeting(item(title=f"Klage fra {SECRET}")), source_id="x").held
    publish(meeting(item(title="Klage fra en borger")), source_id="x")
    with pytest.raises(ValueError, match="rettet dokument"):
        publishing.release(held, by="Ida Holm", why="Det er et kontonummer")
    assert Held.objects.exists()
    assert Item.objects.get().title == "Klage fra en borger"


def test_a_cpr_number_in_a_file_name_holds_it_back_too():
    outcome = publish(meeting(source=Source(f"{SECRET}.pdf", "application/pdf", "ab" * 32)))
    assert "filnavnet" in outcome.message


# Cases


def _case(slug: str) -> list[str]:
    rows = Item.objects.filter(case__slug=slug, case__municipality__slug="lindvig").order_by(
        "meeting__date"
    )
    return [f"{row.meeting.body.slug}/{row.meeting.date}" for row in rows]


def test_a_case_is_followed_by_its_number_whatever_system_printed_it():
    publish(meeting(item(case_number="15.20.00-P27-1-24")))
    publish(meeting(item(case_number="24-1-15.20.00-P27"), committee="Byrådet", date="2026-03-20"))
    publish(meeting(item(case_number="15.20.00-P27-1-24"), municipality="Herning"))
    assert _case("15-20-00-p27-1-24") == [
        "beskaeftigelsesudvalget/2026-03-04",
        "byraadet/2026-03-20",
    ]
    assert Case.objects.count() == 2


def test_standing_items_never_become_one_case():
    publish(meeting(item("1", "Orientering"), item("2", "Eventuelt")))
    publish(meeting(item("1", "Orientering"), date="2026-04-01"))
    publish(meeting(item("1", "Mundtlige meddelelser", closed=True), date="2026-05-06"))
    assert not Case.objects.exists()


def test_a_closed_item_without_a_title_belongs_to_its_case():
    publish(meeting(item("1", None, closed=True, decisions=(), sections=())))
    assert Case.objects.get().number == "22/18533"


@pytest.mark.parametrize("reverse", [False, True])
def test_a_postponed_item_and_its_next_treatment_are_one_case(reverse):
    first = meeting(
        item(case_number=None, decisions=(Decision("Udsat.", "postponed"),)), date="2026-02-04"
    )
    documents = [first, meeting(item("4", case_number=None), date="2026-03-04")]
    for document in reversed(documents) if reverse else documents:
        publish(document)
    [case] = Case.objects.all()
    assert [row.meeting.date.month for row in case.items.order_by("meeting__date")] == [2, 3]
    assert case.title == "Indsats for langtidsledige"


@pytest.mark.parametrize("reverse", [False, True])
def test_a_related_treatment_ties_two_items(reverse):
    from sagsgang.minutes import Reference

    referring = item("3", "Noget ganske andet her", case_number=None)
    referring = replace(referring, related=(Reference("Byrådet", "2026-02-01", "9"),))
    documents = [
        meeting(item("9", "Den oprindelige sag om job"), committee="Byrådet", date="2026-02-01"),
        meeting(referring),
    ]
    for document in reversed(documents) if reverse else documents:
        publish(document)
    [case] = Case.objects.all()
    assert (case.number, case.items.count()) == ("22/18533", 2)


def test_a_case_is_called_as_its_latest_open_treatment():
    publish(meeting(item(title="Ny titel på sagen"), date="2026-05-06"))
    publish(meeting(item(title="Gammel titel på sagen")))
    publish(meeting(item(title="En lukket titel", closed=True), date="2026-06-03"))
    assert Case.objects.get().title == "Ny titel på sagen"


# Long runs


def test_a_registry_gives_the_same_as_asking_each_time():
    registry = Registry()
    for month in range(1, 7):
        publish(meeting(date=f"2026-{month:02}-04"), registry=registry)
    assert (Person.objects.count(), Membership.objects.count(), Body.objects.count()) == (3, 3, 1)


def test_a_registry_that_knows_too_little_asks_again():
    registry = Registry()
    publish(meeting(members=()), registry=registry)
    publish(meeting(date="2026-04-01"))
    publish(meeting(date="2026-05-06"), registry=registry)
    assert Person.objects.count() == 3


def test_a_failure_leaves_nothing_behind(monkeypatch):
    def fail(*_):
        raise IntegrityError("cut")

    monkeypatch.setattr("sagsgang.archive.following.tie", fail)
    with pytest.raises(IntegrityError):
        publish(meeting())
    assert not Publication.objects.exists()
    assert not Person.objects.exists()


def test_a_publication_carries_when_it_was_fetched():
    when = datetime.datetime(2026, 3, 6, 12, tzinfo=datetime.UTC)
    assert publish(meeting(), fetched_at=when).publication.fetched_at == when


def test_the_queries_do_not_grow_with_the_items(django_assert_max_num_queries):
    items = [item(str(n), f"Sag nummer {n} om job", case_number=None) for n in range(1, 61)]
    registry = Registry()
    publish(meeting(date="2026-01-07"), registry=registry)
    with django_assert_max_num_queries(30):
        publish(meeting(*items), registry=registry)


def test_the_canonical_form_is_the_same_for_equal_documents():
    from sagsgang.archive.canonical import canonical

    text = canonical(meeting())
    assert text == canonical(replace(meeting(), source=None))
    assert not re.search(r'": |", "', text)


def test_a_cpr_number_that_a_line_ends_in_the_middle_of_is_found():
    assert publish(meeting(item("1", "Borger 070761-\n4285"))).result == "held"


def test_an_item_that_is_closed_afterwards_keeps_no_file_and_no_text_of_it():
    address = "https://lindvig.example/plan.pdf"
    text = "Ejendomsprisen"
    file = StoredFile.objects.create(sha256="a" * 64, size=1, media_type="x/y", text=text)
    open_ = item(attachments=(Attachment("Bilag", address),))
    publish(meeting(open_), files={address: file})
    assert Enclosure.objects.get().file == file
    publish(meeting(replace(open_, closed=True)))
    assert Enclosure.objects.get().file is None
    content = Item.objects.get().search_entry.indexed
    assert text not in str(Content.unpacked(bytes(content.packed)))


def test_a_municipality_called_as_one_of_the_sites_own_addresses_is_known_again():
    publish(meeting(municipality="Om"))
    publish(meeting(municipality="Om", date="2026-04-01"))
    assert Municipality.objects.get(name="Om").slug == "om-2"
    assert Meeting.objects.count() == 2


def test_treatments_stay_in_the_case_that_theirs_became_a_part_of():
    first, second = Reference(BODY, "2026-01-07", "1"), Reference(BODY, "2026-02-04", "1")
    publish(meeting(item("1", "En plan for unge ledige", case_number=None), date="2026-01-07"))
    publish(meeting(item("1", "Ny plan for unge i job", case_number="26/1"), date="2026-02-04"))
    both = item("1", "Unges vej til uddannelse", case_number=None, related=(first, second))
    only = item("2", "Unges vej til arbejde", case_number=None, related=(first,))
    publish(meeting(both, only))
    assert {row.case.number for row in Item.objects.all()} == {"26/1"}
