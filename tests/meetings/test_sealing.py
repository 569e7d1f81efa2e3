"""Answers of members, reminders, the last day, and the seal on minutes that are final."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.minutes.test_pdf import _attachment as attachment_of

from sagsgang.archive import files
from sagsgang.archive.models import Publication, SealedFile
from sagsgang.cases import attachments, log
from sagsgang.cases.models import Entry, HouseRules
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import Forbidden
from sagsgang.cli import main
from sagsgang.meetings import agenda, pades, reminding, sealing, session, signing
from sagsgang.meetings.models import Meeting, Seal
from sagsgang.meetings.rules.days import working_days_after
from sagsgang.minutes import read_bytes
from sagsgang.minutes.writers.pdf import ATTACHED

from . import authority
from .house import MEMBERS, House, just_signed_in, refuse, sign


@pytest.fixture
def trusted(settings: Any, tmp_path: Path) -> authority.Authority:
    """A municipality with a certificate."""
    made = authority.make(tmp_path)
    settings.SEAL_CERTIFICATE, settings.SEAL_PASSWORD = str(made.seal), authority.PASSWORD
    return made


@pytest.fixture
def closed(house: House) -> Meeting:
    """A meeting that is over: an open item with an attachment, and a closed one."""
    meeting = house.meeting()
    agenda.take_in(house.secretary, meeting, house.ready_with(("Brev", False)))
    house.item(meeting, "HEMMELIG klage", closed=True, ground="fvl. § 27", public_title="Klage")
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    for item in meeting.items.all():
        session.decide(house.secretary, item, "Godkendt.", "approved")
    session.close(house.secretary, meeting)
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def final(house: House, closed: Meeting) -> Meeting:
    for name in MEMBERS:
        sign(house.member(name), closed)
    return Meeting.objects.get(pk=closed.pk)


# Answers


@pytest.mark.parametrize("ago", [timedelta(minutes=6), timedelta(days=1), timedelta(hours=-1)])
def test_one_who_has_not_just_signed_in_does_not_answer(house, closed, ago):
    ida = house.member("Ida Holm")
    old = signing.SignedIn(ida.pk, timezone.now() - ago)
    with pytest.raises(Refused, match="Log ind igen"):
        signing.sign(ida, closed, old, corrections=0)
    with pytest.raises(Refused, match="Log ind igen"):
        signing.refuse(ida, closed, old, "Nej", corrections=0)
    others = just_signed_in(house.member("Ole Brandt"))
    with pytest.raises(Refused, match="Log ind igen"):
        signing.sign(ida, closed, others, corrections=0)
    assert not closed.signatures.exists()


def test_the_committee_sees_who_has_answered_what(house, closed):
    sign(house.member("Ida Holm"), closed)
    refuse(house.member("Ole Brandt"), closed, "Jeg sagde noget andet.")
    told = [(one.person.name, one.state, one.refusal) for one in signing.answers(closed)]
    assert told == [
        ("Fatima Lindholm", "waiting", ""),
        ("Ida Holm", "approved", ""),
        ("Jens Mølgaard", "waiting", ""),
        ("Karin Østergaard", "waiting", ""),
        ("Ole Brandt", "refused", "Jeg sagde noget andet."),
    ]


def test_minutes_that_somebody_refused_are_made_final_by_hand_with_a_reason(house, closed):
    refuse(house.member("Ole Brandt"), closed, "Jeg sagde noget andet.")
    with pytest.raises(Refused, match="ikke svaret endnu"):
        signing.make_final(house.secretary, closed, "Drøftet med formanden")
    for name in set(MEMBERS) - {"Ole Brandt"}:
        sign(house.member(name), closed)
    closed.refresh_from_db()
    assert closed.state == Meeting.CLOSED
    with pytest.raises(Refused, match="Skriv grunden"):
        signing.make_final(house.secretary, closed, " ")
    with pytest.raises(Forbidden):
        signing.make_final(house.officer, closed, "Drøftet")
    signing.make_final(house.secretary, closed, "Drøftet med formanden")
    closed.refresh_from_db()
    assert closed.state == Meeting.SIGNED


def test_working_days_after_a_day_leave_out_weekends_and_holidays():
    assert working_days_after(date(2026, 3, 4), 3) == date(2026, 3, 9)
    assert working_days_after(date(2026, 4, 1), 1) == date(2026, 4, 7)


def test_when_the_last_day_is_over_minutes_are_final_without_the_answers_that_lack(house, closed):
    today = timezone.localdate()
    assert signing.end_waits(today + timedelta(days=1000)) == []
    with log.action(None, "rules.set", "lindvig"):
        HouseRules.objects.create(municipality=house.municipality, signing_days=5)
    last = signing.deadline(closed)
    assert last == working_days_after(today, 5)
    assert signing.end_waits(last) == []
    assert signing.end_waits(last + timedelta(days=1)) == [closed]
    closed.refresh_from_db()
    assert closed.state == Meeting.SIGNED
    assert Entry.objects.last().reason.startswith("Fristen udløb")
    assert list(log.verify()) == []


def test_one_meeting_that_is_being_signed_does_not_stop_the_others(house, closed, monkeypatch):
    with log.action(None, "rules.set", "lindvig"):
        HouseRules.objects.create(municipality=house.municipality, signing_days=5)
    other = house.meeting(1, 4)
    agenda.add_standing(house.secretary, other, "Eventuelt")
    agenda.publish(house.secretary, other)
    session.open_meeting(house.secretary, other)
    session.decide(house.secretary, other.items.get(), "Intet.", "nothing_reported")
    session.close(house.secretary, other)
    ask = signing.deadline

    def deadline(meeting: Meeting) -> date | None:
        """The last answer to the first meeting comes just as its day is looked up."""
        last = ask(meeting)
        Meeting.objects.filter(pk=closed.pk).update(state=Meeting.SIGNED)
        return last

    monkeypatch.setattr(signing, "deadline", deadline)
    with log.action(None, "minutes.sign", closed):
        ended = signing.end_waits(date(2099, 1, 1))
    assert ended == [other]


def test_those_who_have_not_answered_are_reminded_until_they_do(house, closed):
    today = timezone.localdate()
    for name in ("Ida Holm", "Ole Brandt"):
        user = house.member(name)
        user.email = user.username
        with log.action(None, "user.email", user):
            user.save()
    sign(house.member("Ole Brandt"), closed)
    first = working_days_after(today, reminding.BETWEEN)
    assert reminding.remind(first - timedelta(days=1)) == ([], [])
    assert len(reminding.remind(first)[0]) == 1
    assert reminding.remind(first - timedelta(days=1)) == ([], [])
    [letter] = mail.outbox[:1]
    assert letter.to == ["ida-holm@lindvig.dk"]
    assert "HEMMELIG" not in letter.subject + letter.body
    assert list(log.verify()) == []


def test_a_mail_that_cannot_be_sent_is_told_and_tried_again(house, closed, monkeypatch):
    user = house.member("Ida Holm")
    with log.action(None, "user.email", user):
        type(user).objects.filter(pk=user.pk).update(email="ida@lindvig.dk")

    def fail(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(reminding, "send_mail", fail)
    assert reminding.remind(date(2099, 1, 1)) == ([], [user.username])
    assert not closed.reminders.exists()


# The seal


def test_only_final_minutes_are_sealed_and_only_with_a_certificate(
    house, closed, trusted, settings
):
    with pytest.raises(Refused, match="når alle har godkendt"):
        sealing.seal(house.secretary, closed)
    with pytest.raises(Forbidden):
        sealing.seal(house.officer, closed)
    settings.SEAL_PASSWORD = "forkert"
    for name in MEMBERS:
        sign(house.member(name), closed)
    with pytest.raises(Refused, match="kan ikke åbnes"):
        sealing.seal(house.secretary, closed)
    settings.SEAL_CERTIFICATE = ""
    with pytest.raises(Refused, match="intet certifikat"):
        sealing.seal(house.secretary, closed)
    assert not Seal.objects.exists()
    assert not SealedFile.objects.exists()


def test_sealed_minutes_are_named_by_their_publication_and_had_from_its_page(
    house, final, trusted, tmp_path
):
    seal = sealing.seal(house.secretary, final)
    publication = Publication.objects.get(kind="minutes")
    named = publication.sealed
    assert seal.publication == publication.sha256
    page = Client().get(publication.get_absolute_url()).content.decode()
    assert named.get_absolute_url() in page
    assert (
        named.get_absolute_url()
        in Client().get(publication.meeting.get_absolute_url()).content.decode()
    )
    answer = Client().get(named.get_absolute_url())
    signed = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].endswith('referat-forseglet.pdf"')
    unsigned = files.path_of(named.unsigned.sha256).read_bytes()
    assert signed.startswith(unsigned)
    address = named.get_absolute_url().replace("forseglet", "uforseglet")
    assert b"".join(Client().get(address).streaming_content) == unsigned
    found = pades.checked(signed, [trusted.root])
    assert found.holds
    assert "Lindvig Kommune" in found.by
    assert not found.stamped
    assert read_bytes(signed, "a.pdf").items[0].title == publication.minutes.items[0].title
    assert list(log.verify()) == []


def test_the_public_file_has_nothing_closed_and_the_whole_one_stays_inside(house, final, trusted):
    seal = sealing.seal(house.secretary, final)
    whole = attachments.bytes_of(seal.file.sha256)
    public = files.path_of(SealedFile.objects.get().signed.sha256).read_bytes()
    assert "HEMMELIG" in paper(whole)
    assert "HEMMELIG" not in paper(public)
    assert "HEMMELIG" not in json.dumps(attached(public))
    assert not files.path_of(seal.file.sha256).exists()


def paper(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def attached(data: bytes) -> dict[str, Any]:
    """The document that the file carries."""
    name, document = attachment_of(pypdfium2.PdfDocument(data))
    assert name == ATTACHED
    return json.loads(document)


def test_the_sealed_file_carries_its_document_and_passes_the_checker_of_pdf_ua(
    house, final, trusted, tmp_path
):
    sealing.seal(house.secretary, final)
    signed = files.path_of(SealedFile.objects.get().signed.sha256).read_bytes()
    told = attached(signed)
    assert [item["title"] for item in told["items"]] == ["Indsats for langtidsledige", "Klage"]
    assert b"<pdfaid:part>3</pdfaid:part>" in signed
    assert b"<pdfuaid:part>1</pdfuaid:part>" in signed
    (tmp_path / "a.pdf").write_bytes(signed)
    command = [sys.executable, "-m", "pdfua", "check", tmp_path / "a.pdf"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "errors=0" in done.stdout, done.stdout


def test_minutes_are_sealed_once_and_anew_after_a_correction(house, final, trusted):
    first = sealing.seal(house.secretary, final)
    assert sealing.seal(house.secretary, final) == first
    assert sealing.due() == []
    session.correct(house.secretary, final.items.first(), "14, ikke 15.", "Tastefejl")
    assert sealing.due() == [final]
    second = sealing.seal(house.secretary, final, "Rettet tal i punkt 1")
    assert (first.version, second.version) == (1, 2)
    assert sealing.due() == []
    latest = Publication.objects.filter(kind="minutes").order_by("version").last()
    assert (latest.version, latest.reason) == (3, "Rettet tal i punkt 1")
    [told] = [one.text for one in latest.minutes.items[0].sections if one.label == "Rettelse"]
    assert "14, ikke 15." in told
    assert "Begrundelse: Tastefejl" in told
    assert SealedFile.objects.count() == 2
    assert attachments.bytes_of(first.file.sha256) != attachments.bytes_of(second.file.sha256)


# `sagsgang seal`


@pytest.fixture
def signed(house: House, final: Meeting, trusted: authority.Authority, tmp_path: Path) -> Path:
    sealing.seal(house.secretary, final)
    path = tmp_path / "referat.pdf"
    path.write_bytes(files.path_of(SealedFile.objects.get().signed.sha256).read_bytes())
    return path


def checked(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    status = main(["seal", "check", *map(str, arguments)])
    return status, capsys.readouterr().err


def test_a_sealed_file_is_checked(capsys, signed, trusted, monkeypatch):
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    status, told = checked(capsys, signed, "--roots", trusted.root)
    assert status == 0
    assert "Lindvig Kommune" in told
    assert "Filen er, som den blev forseglet." in told
    status, told = checked(capsys, signed)
    assert status == 1
    assert "fører ikke til en rod, der stoles på" in told


@pytest.mark.parametrize("how", ["one byte", "something after it", "cut short"])
def test_a_file_that_was_changed_is_told(capsys, signed, trusted, monkeypatch, how):
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    data = bytearray(signed.read_bytes())
    if how == "one byte":
        data[data.index(b"stream", 2000) + 40] ^= 1
    elif how == "something after it":
        data += b"\n% mere"
    else:
        del data[len(data) // 2 :]
    signed.write_bytes(data)
    status, told = checked(capsys, signed, "--roots", trusted.root)
    assert status != 0
    assert "er ændret" in told or "har ikke et segl" in told


@pytest.mark.parametrize("data", [b"", b"Hej", b"%PDF-1.7\n%%EOF"])
def test_a_file_without_a_seal_is_told(capsys, tmp_path, monkeypatch, data):
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    (tmp_path / "a.pdf").write_bytes(data)
    status, told = checked(capsys, tmp_path / "a.pdf")
    assert status == 2
    assert "a.pdf har ikke et segl" in told


def test_a_time_stamp_is_asked_for_where_there_is_an_authority(house, final, trusted, settings):
    settings.SEAL_TIMESTAMPS = "http://127.0.0.1:9/nobody"
    with pytest.raises(Refused, match="Tidsstemplet kunne ikke hentes"):
        sealing.seal(house.secretary, final)
    assert not SealedFile.objects.exists()
