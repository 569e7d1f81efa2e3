"""What was signed is kept: later changes of names, templates and the program do not change it."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from sagsgang.archive.models import Publication
from sagsgang.bodies.models import Body, Person
from sagsgang.cases import log
from sagsgang.cases.models import Entry, Position, User
from sagsgang.meetings import (
    agenda,
    documents,
    kept_minutes,
    older,
    sealing,
    session,
    signing,
)
from sagsgang.meetings.models import KeptMinutes, Meeting, Signature
from sagsgang.minutes import read_bytes
from sagsgang.minutes.differences import differences

from .house import MEMBERS, House, sign
from .test_signing_page import at, browser

KARIN, JENS = "Karin Østergaard", "Jens Mølgaard"
SECRET = "Skovvej fire"


@pytest.fixture
def held(house: House) -> Meeting:
    """A meeting where everything is decided: an open item with two attachments, a closed item."""
    meeting = house.meeting()
    agenda.take_in(house.secretary, meeting, house.ready_with(("Brev", False), ("Rapport", True)))
    closed = {"closed": True, "ground": "fvl. § 27", "public_title": "Køb af ejendom"}
    house.item(meeting, f"Ekspropriation af {SECRET}", **closed)
    with log.action(None, "agenda.move", meeting):
        meeting.items.filter(closed=False).update(heading="Beslutningspunkter")
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    votes = {
        person.pk: "against" if name == JENS else "for" for name, person in house.people.items()
    }
    first, second = meeting.items.order_by("position")
    session.decide(house.secretary, first, "Anbefales.", "recommended", votes=votes)
    session.decide(house.secretary, second, "Godkendt.", "approved", public_text="Behandlet.")
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def over(house: House, held: Meeting) -> Meeting:
    session.close(house.secretary, held)
    return Meeting.objects.get(pk=held.pk)


@pytest.fixture
def changed_since(over: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that minutes are made of is another than when the meeting ended."""
    with log.action(None, "body.rename", over.body):
        Body.objects.filter(pk=over.body_id).update(name="Udvalget for Job og Erhverv")
        Person.objects.filter(name=KARIN).update(name="Karin Vestergaard")
    monkeypatch.setattr(documents, "_decision_text", lambda _item: "Noget andet.")
    monkeypatch.setattr(documents, "style_of", None)
    monkeypatch.setattr("sagsgang.minutes.writers.printed.styled", None)


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.usefixtures("changed_since")
def test_what_members_sign_is_what_is_published_sealed_and_looked_up(
    house: House, over: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "certificate_of_house", lambda: None)
    monkeypatch.setattr(sealing.pades, "signed", lambda paper, *_: paper)
    kept = over.kept.get()
    read = text_of(browser(house.member(KARIN)), at(over))
    for words in ("Anbefales.", f"Imod stemte {JENS}.", SECRET, f"{JENS}, {KARIN}"):
        assert words in read, words
    for name in MEMBERS:
        sign(house.member(name), over)
    assert {one.sha256 for one in over.signatures.all()} == {kept.sha256}
    seal = sealing.seal(house.secretary, over)
    assert seal.sha256 == kept.sha256
    public = Publication.objects.get(kind="minutes")
    assert public.minutes == kept.public
    assert public.minutes.committee == "Jobudvalget"
    assert not any(hidden in public.text for hidden in (SECRET, "Rapport", "Noget andet"))
    secretary = browser(house.secretary)
    for address in ("referat.pdf", "referat/gemt/0.pdf", "referat/segl/1/"):
        printed = secretary.get(over.get_absolute_url() + address)
        paper = read_bytes(printed.content, "a.pdf")
        assert (paper.committee, len(paper.items)) == ("Jobudvalget", 2)
    assert [one.heading for one in kept.whole.items] == ["Beslutningspunkter", None]
    assert list(log.verify()) == []


@pytest.mark.usefixtures("changed_since")
def test_a_correction_is_all_that_is_new(house: House, over: Meeting) -> None:
    for item, text in zip(over.items.order_by("position"), ("14.", "HEMMELIG"), strict=True):
        session.correct(house.secretary, item, text, "Tastefejl")
    first, second, third = over.kept.order_by("corrections")
    [one] = differences(first.whole, second.whole).items
    assert ([change.label for change in one.changes], one.new) == (["Rettelse"], 0)
    sections = [part.label for part in second.public.items[0].sections]
    assert sections[sections.index("Beslutning") + 1] == "Rettelse"
    assert third.kept_public == second.kept_public
    assert "HEMMELIG" in str(third.kept_whole)
    secretary = browser(house.secretary)
    page = text_of(secretary, f"{over.get_absolute_url()}referat/gemt/1/")
    assert "Fra »Referat« til »Referat med 1 rettelse«" in page
    assert re.search(r"<ins>.*14\..*</ins>", page, re.DOTALL)


def test_nobody_changes_what_is_kept(over: Meeting) -> None:
    rows = KeptMinutes.objects.filter(meeting=over)
    for deed in (lambda: rows.update(kept_public={}), lambda: rows._raw_delete(rows.db)):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            log.action(None, "test.change", over),
            transaction.atomic(),
        ):
            deed()
    assert list(log.verify()) == []


def test_secretary_and_auditor_look_up_what_was_approved_and_others_do_not(
    house: House, over: Meeting
) -> None:
    sign(house.member(KARIN), over)
    session.publish_minutes(house.secretary, over)
    auditor = User.objects.create(username="revisor@lindvig.dk")
    with log.action(None, "people.position", auditor):
        Position.objects.create(user=auditor, role=Position.AUDITOR, since="2020-01-01")
    address = f"{over.get_absolute_url()}referat/gemt/"
    assert f'href="{address}"' in text_of(browser(auditor), "/arbejde/log/?what=minutes.sign")
    for user in (auditor, house.secretary):
        page = text_of(browser(user), address)
        for told in (over.kept.get().sha256, KARIN, "offentliggjort som »Referat«"):
            assert told in page
        assert browser(user).get(f"{address}0.pdf").status_code == 200
    for user in (house.member(KARIN), house.officer):
        for page in ("", "0.pdf", "1/"):
            assert browser(user).get(address + page).status_code == 403
    assert browser(auditor).get(f"{over.get_absolute_url()}referat/").status_code == 403


# A house that an older version of the program served


def test_meetings_from_before_are_kept_and_answers_to_the_same_words_hold(
    house: House,
    held: Meeting,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    called = house.meeting(8, 4)
    agenda.add_standing(house.secretary, called, "Eventuelt")
    agenda.publish(house.secretary, called)
    with monkeypatch.context() as older_program:
        older_program.setattr(kept_minutes, "keep", lambda _meeting: None)
        session.close(house.secretary, held)
    with log.action(None, "test.before", held):
        Meeting.objects.exclude(state=Meeting.PLANNED).update(kept_outline=None)
        held.refresh_from_db()
        correction = held.items.first().corrections.create(
            text="14.", reason="Tastefejl", author=house.secretary, at=timezone.now()
        )
        whole = documents.minutes(held, reading="whole")
        whole = documents.corrected(whole, "1", correction)
        same = kept_minutes.hash_before(whole)
        for corrections, sha256, name in ((0, "a", KARIN), (1, same, KARIN), (1, "b", JENS)):
            Signature.objects.create(
                meeting=held, person=house.people[name], sha256=sha256, corrections=corrections,
                at=timezone.now(),
            )  # fmt: skip
    with monkeypatch.context() as broken:
        broken.setattr(kept_minutes, "latest", lambda _meeting: 1 / 0)
        older.keep_from_before()
    assert f"{held} could not be kept" in caplog.text
    assert not held.kept.exists()
    older.keep_from_before()
    actions = Entry.objects.count()
    assert [one.corrections for one in held.kept.all()] == [0, 1]
    assert {one.state for one in signing.answers(held) if one.person.name == KARIN} == {"approved"}
    assert house.people[JENS] in signing.missing(held)
    outlines = Meeting.objects.exclude(state=Meeting.PLANNED).values_list("kept_outline", flat=True)
    assert {outline and outline["base"] for outline in outlines} == {"standard"}
    page = text_of(browser(house.secretary), f"{held.get_absolute_url()}referat/gemt/")
    assert "Svar på et referat, der ikke er gemt" in page
    assert page.count("på et referat, der var trykt anderledes") == 1
    assert [one.older_sha256 == same for one in held.kept.all()] == [False, True]
    older.keep_from_before()
    assert Entry.objects.count() == actions
    assert list(log.verify()) == []
