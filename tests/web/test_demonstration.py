"""The demonstration: a municipality in mid-season, made by the actions that people have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from sagsgang.archive.models import SealedFile
from sagsgang.cases import log
from sagsgang.cases.drafting import remarks
from sagsgang.cases.models import Attachment, Case, Hearing, Presentation, Treatment, User
from sagsgang.cli import main
from sagsgang.meetings import signing
from sagsgang.meetings.models import Meeting, Question
from sagsgang.meetings.pages.duties import duties
from sagsgang.web.demonstration import NotEmpty, furnished, password, password_of
from sagsgang.web.sign_in import invitations

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, dict[str, int]]]:
    """The demonstration, once for all tests: where its trial seal is, and the users by their roles.

    What a test changes is taken back after it.
    """
    seal = tmp_path_factory.mktemp("seal") / "proevesegl"
    with (
        django_db_blocker.unblock(),
        override_settings(TRIAL_SEAL=seal),
        transaction.atomic(),
    ):
        yield seal, {role: user.pk for role, user in furnished()}
        transaction.set_rollback(True)


@pytest.fixture
def people(db: None, settings: Any, made: tuple[Path, dict[str, int]]) -> dict[str, User]:
    settings.TRIAL_SEAL, users = made
    return {role: User.objects.get(pk=pk) for role, pk in users.items()}


def test_cases_stand_at_every_stage(people):
    states = set(Treatment.objects.values_list("state", flat=True))
    assert states == {"draft", "approving", "ready", "on_agenda", "decided", "waiting"}
    assert list(log.verify()) == []


def test_a_case_has_tables_attachments_and_a_hearing_and_a_member_has_asked(people):
    browser = Client()
    browser.force_login(people["secretary"])
    tables = 0
    for presentation in Presentation.objects.filter(attachments__isnull=False):
        tables += browser.get(presentation.get_absolute_url()).content.decode().count("<table")
    assert tables == 2
    attachments = Attachment.objects.order_by("pk").values_list("file__media_type", "closed")
    assert set(attachments) == {
        ("application/pdf", False),
        ("text/csv", False),
        ("application/pdf", True),
    }
    [hearing] = Hearing.objects.all()
    assert hearing.replies.exclude(answered_on=None).count() == hearing.replies.count() - 1
    assert Question.objects.get().answer


def test_what_the_demonstration_sends_on_has_nothing_to_put_right(people):
    sent = Presentation.objects.exclude(treatment__state="draft").exclude(title="")
    assert {
        presentation.title: [str(one.message) for one in remarks(presentation)]
        for presentation in sent
        if remarks(presentation)
    } == {}


def test_there_is_a_meeting_to_plan_one_to_run_and_minutes_to_sign(people):
    states = list(Meeting.objects.order_by("date").values_list("state", flat=True))
    assert states == [Meeting.SIGNED, Meeting.CLOSED, Meeting.CALLED, Meeting.PLANNED]
    assert [str(one) for one in signing.missing(Meeting.objects.get(state=Meeting.CLOSED))] == [
        str(people["member"].person)
    ]


def test_minutes_are_sealed_for_trial_and_the_pages_say_so(people, tmp_path, capsys):
    root = tmp_path / "rod.pem"
    root.write_bytes(b"".join(Client().get("/segl/rod.pem").streaming_content))
    publication = SealedFile.objects.get().publication
    page = Client().get(publication.meeting.get_absolute_url()).content.decode()
    assert "et prøvesegl" in page
    assert "Seglene her er kun til afprøvning" in Client().get("/segl/").content.decode()
    paper = tmp_path / "referat.pdf"
    sealed = Client().get(publication.sealed.get_absolute_url())
    paper.write_bytes(b"".join(sealed.streaming_content))
    assert main(["seal", "check", str(paper), "--roots", str(root)]) == 0
    told = capsys.readouterr().err
    assert "Lindvig Kommune (opdigtet)" in told
    assert "kun til afprøvning" in told


def test_the_last_approval_lets_the_secretary_seal(people):
    waiting = Meeting.objects.get(state=Meeting.CLOSED)
    member, secretary = people["member"], Client()
    signed_in = signing.SignedIn(member.pk, timezone.now())
    signing.sign(member, waiting, signed_in, corrections=signing.corrections_of(waiting))
    secretary.force_login(people["secretary"])
    address = f"{waiting.get_absolute_url()}referat/"
    assert "Forsegl referatet" in secretary.get(address).content.decode()
    page = secretary.post(address, {"do": "seal"}, follow=True).content.decode()
    assert "Referatet er forseglet" in page
    assert "Forsegl referatet" not in page
    assert secretary.get(f"{address}segl/1/").content.startswith(b"%PDF-")
    member_browser = Client()
    member_browser.force_login(member)
    assert member_browser.get(f"{address}segl/1/").status_code == 403


def test_each_comes_in_by_a_link_once(people):
    for user in people.values():
        browser, link = Client(), invitations.entry(user, "")
        assert browser.post(link).headers["Location"] == "/arbejde/"
        assert browser.get("/arbejde/").status_code == 200
        assert Client().post(link).status_code == 410


def test_a_member_approves_minutes_an_hour_after_coming_in(people, settings):
    """The page asks for a password, and tells it; another site has another."""
    closed = Meeting.objects.get(state=Meeting.CLOSED)
    member = User.objects.get(person=signing.missing(closed)[0])
    browser, page = Client(), f"{closed.get_absolute_url()}godkend/"
    browser.post(invitations.entry(member, ""))
    session = browser.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    answer = {"do": "sign", "corrections": "0"}
    asked = browser.post(page, answer).headers["Location"]
    told = browser.get(asked)
    assert password() in told.content.decode()
    browser.post(asked, {"password": password()})
    assert closed.signatures.filter(person=member.person).exists()
    known = password()
    settings.SECRET_KEY = "another"
    assert password() != known
    assert password_of(member) == ""


def test_what_somebody_tried_out_keeps_nobody_out(people):
    officer = people["officer"]
    officer.set_password("noget helt andet")
    officer.save()
    TOTP.activate(officer, generate_totp_secret())
    officer = dict(furnished())["officer"]
    assert password_of(officer) == password()
    assert Client().post(invitations.entry(officer, "")).status_code == 302


def test_something_waits_for_each(people):
    waits = {
        "officer": "Sendt retur til dig",
        "leader": "Venter på din godkendelse",
        "secretary": "Mødet holdes i dag",
        "administrator": "Folk og rettigheder",
    }
    for role, words in waits.items():
        browser = Client()
        browser.force_login(people[role])
        assert words in browser.get("/arbejde/").content.decode(), role


def test_a_secretarys_desk_has_the_meeting_to_run_the_answers_that_lack_and_the_agenda_due(people):
    _signed, closed, called, planned = Meeting.objects.order_by("date")
    # Where holidays are near, the next agenda is due as early as today.
    before = [one for one in duties(people["secretary"], called.date) if one.meeting != planned]
    assert [(one.meeting, one.address) for one in before] == [
        (called, f"{called.get_absolute_url()}moede/"),
        (closed, f"{closed.get_absolute_url()}referat/"),
    ]
    assert [one.left for one in before] == [0, 1]
    late = duties(people["secretary"], planned.date)[-1]
    assert (late.meeting, late.address) == (planned, planned.get_absolute_url())
    assert late.last < planned.date
    assert (late.items, late.ready) == (2, 1)
    assert duties(people["officer"], planned.date) == []


def test_drafts_that_nobody_was_asked_about_stand_on_the_desk(people):
    browser = Client()
    browser.force_login(people["officer"])
    page = browser.get("/arbejde/").content.decode()
    assert "Dine kladder" in page
    assert "Mentorer til unge i uddannelse" in page


def test_everything_on_the_desk_leads_somewhere(people):
    for role, user in people.items():
        browser = Client()
        browser.force_login(user)
        page = browser.get("/arbejde/").content.decode().partition("<main")[2]
        for address in re.findall(r'href="(/[^"#?]+)', page):
            assert browser.get(address).status_code == 200, (role, address)


def test_an_address_with_nothing_leads_to_the_desk(people):
    browser = Client()
    browser.force_login(people["member"])
    response = browser.get("/arbejde/findes/ikke/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "Gå til dit bord" in page
    assert "kommune med det navn" not in page
    assert browser.get("/arbejde/sager").headers["Location"] == "/arbejde/sager/"


def test_it_is_made_once(people):
    cases = Case.objects.count()
    assert dict(furnished()) == people
    assert Case.objects.count() == cases


def test_it_is_not_made_where_others_work(people):
    invitations.invite("karin@virkelig.example")
    with pytest.raises(NotEmpty):
        furnished()
