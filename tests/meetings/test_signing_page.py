"""The page where the minutes are approved, by those who have just shown who they are."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sagsgang.bodies.models import Membership
from sagsgang.cases import log
from sagsgang.cases.models import HouseRules, User
from sagsgang.cases.refused import Refused
from sagsgang.meetings import agenda, sealing, session, signing
from sagsgang.meetings.models import Meeting, Signature

from .house import House

PASSWORD = "heste ost lampe"
KARIN, JENS, OLE = "Karin Østergaard", "Jens Mølgaard", "Ole Brandt"
SECRET = "Skovvej fire"
SIGN, REFUSE = ({"do": name, "corrections": "0"} for name in ("sign", "refuse"))
"""What the page of minutes without a correction sends."""


@pytest.fixture
def over(house: House) -> Meeting:
    """A meeting that is closed; Ole was absent."""
    meeting = house.meeting()
    house.item(meeting)
    closed = {"closed": True, "ground": "fvl. § 27", "public_title": "Køb af ejendom"}
    house.item(meeting, f"Ekspropriation af {SECRET}", **closed)
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    session.set_present(house.secretary, meeting, house.people[OLE], False)
    hidden = meeting.items.get(closed=True)
    session.leave(house.secretary, hidden, house.people[JENS], "Nabo, fvl. § 3, nr. 1")
    for item in meeting.items.all():
        session.decide(house.secretary, item, "Godkendt som indstillet.", "approved")
    session.close(house.secretary, meeting)
    meeting.refresh_from_db()
    return meeting


def browser(user: User, signed_in: float | None = None) -> Client:
    """Somebody's browser; `signed_in` is how many seconds ago they showed who they are."""
    client = Client()
    client.force_login(user)
    if signed_in is not None:
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "socialaccount", "at": time.time() - signed_in}
        ]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client


def with_password(user: User) -> User:
    with log.action(None, "account.password", user):
        user.email, user.password = user.username, make_password(PASSWORD)
        user.save()
    return user


def at(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}godkend/"


def test_a_member_approves_after_signing_in_again(house, over, settings):
    settings.SECOND_FACTOR = False
    client = browser(with_password(house.member(KARIN)))
    asked = client.post(at(over), SIGN)
    assert asked.headers["Location"].startswith("/arbejde/konto/bekraeft/")
    assert not Signature.objects.exists()
    wrong = client.post(asked.headers["Location"], {"password": "forkert"})
    assert wrong.status_code == 200
    done = client.post(asked.headers["Location"], {"password": PASSWORD, "next": at(over)})
    assert done.headers["Location"] == at(over)
    assert Signature.objects.get().person == house.people[KARIN]
    page = client.get(at(over)).content.decode()
    assert "Du har godkendt referatet." in page
    assert "1 af 4 har godkendt." in page


def test_a_sign_in_a_moment_ago_is_enough_and_an_old_one_is_not(house, over):
    karin = with_password(house.member(KARIN))
    assert browser(karin, 3600).post(at(over), SIGN).headers["Location"] != at(over)
    assert browser(karin, 60).post(at(over), SIGN).headers["Location"] == at(over)
    assert Signature.objects.count() == 1


def test_without_a_way_to_show_it_one_is_told_to_sign_in_anew(house, over):
    karin = house.member(KARIN)
    with log.action(None, "account.password", karin):
        karin.set_unusable_password()
        karin.save()
    client = browser(karin)
    assert "Log ud og ind igen" in client.get(at(over)).content.decode()
    answer = client.post(at(over), SIGN)
    assert answer.status_code == 422
    assert "Log ind igen" in answer.content.decode()


def test_nobody_answers_for_a_correction_that_they_have_not_read(house, over):
    karin = browser(house.member(KARIN), 10)
    without = karin.post(at(over), {"do": "sign"})
    assert without.status_code == 422
    assert "Læs referatet her på siden, og svar igen." in without.content.decode()
    read = {"do": "sign", "corrections": karin.get(at(over)).context["kept"].corrections}
    item = over.items.get(closed=False)
    session.correct(house.secretary, item, "Indstillingen blev ændret.", "Faldet ud")
    refused = karin.post(at(over), read)
    assert refused.status_code == 422
    assert "Referatet er rettet, mens du læste det." in refused.content.decode()
    assert "Indstillingen blev ændret." in refused.content.decode()
    refusal = read | REFUSE | {"reason": "Tallet er galt."}
    again = karin.post(at(over), refusal)
    assert again.status_code == 422
    assert "Referatet er rettet, mens du læste det." in again.content.decode()
    assert "Tallet er galt." in again.content.decode()
    assert again.content.decode().count('name="corrections" value="1"') == 2
    read["corrections"] = refused.context["kept"].corrections
    assert karin.post(at(over), read).status_code == 302
    assert Signature.objects.get().person == house.people[KARIN]


def test_after_a_correction_all_are_asked_again_and_earlier_answers_stay(
    house, over, client, monkeypatch
):
    monkeypatch.setattr(sealing, "certificate_of_house", lambda: None)
    karin, others = browser(house.member(KARIN), 10), (JENS, "Fatima Lindholm", "Ida Holm")
    karin.post(at(over), SIGN)
    browser(house.member(JENS), 10).post(at(over), REFUSE | {"reason": "Tallet er galt."})
    item = over.items.get(closed=False)
    client.force_login(house.secretary)
    correction = {"do": "correct", "item": item.pk, "text": "Tallet er 14.", "reason": "Tastefejl"}
    page = client.post(f"{over.get_absolute_url()}referat/", correction, follow=True)
    assert "alle, der deltog, bliver bedt om at godkende" in page.content.decode()
    assert "godkendte en tidligere udgave" in page.content.decode()
    assert at(over) in karin.get("/arbejde/").content.decode()
    page = karin.get(at(over))
    assert "Referatet er rettet, siden du svarede." in page.content.decode()
    assert "godkendte ikke en tidligere udgave" in page.content.decode()
    assert "0 af 4 har godkendt." in page.content.decode()
    for name in others:
        browser(house.member(name), 10).post(at(over), SIGN | {"corrections": "1"})
    over.refresh_from_db()
    assert over.state == Meeting.CLOSED
    with pytest.raises(Refused, match="når alle har godkendt det"):
        sealing.seal(house.secretary, over)
    read = {"do": "sign", "corrections": page.context["kept"].corrections}
    assert karin.post(at(over), read).status_code == 302
    over.refresh_from_db()
    assert over.state == Meeting.SIGNED
    hers = Signature.objects.filter(person=house.people[KARIN]).order_by("at")
    assert [one.corrections for one in hers] == [0, 1]
    # What is added to final minutes asks nobody again.
    session.correct(house.secretary, item, "Et komma mangler.", "Tastefejl")
    assert not signing.missing(over)
    assert at(over) not in karin.get("/arbejde/").content.decode()


def test_one_whose_term_is_over_comes_to_their_desk_when_the_last_answer_is_given(house, over):
    for name in (JENS, "Fatima Lindholm", "Ida Holm"):
        browser(house.member(name), 10).post(at(over), SIGN)
    Membership.objects.filter(person=house.people[KARIN]).update(term="2022-2025")
    answer = browser(house.member(KARIN), 10).post(at(over), SIGN, follow=True)
    assert answer.redirect_chain == [("/arbejde/", 302)]
    assert "Du har godkendt referatet." in answer.content.decode()


def test_a_refusal_needs_its_reason_and_is_seen_by_the_committee(house, over):
    client = browser(house.member(KARIN), 10)
    empty = client.post(at(over), REFUSE | {"reason": " "})
    assert empty.status_code == 422
    assert "Skriv, hvorfor du ikke godkender." in empty.content.decode()
    client.post(at(over), REFUSE | {"reason": "Punkt 1 mangler en stemme."})
    page = browser(house.member(OLE)).get(at(over)).content.decode()
    assert "Punkt 1 mangler en stemme." in page
    assert "Du deltog ikke i mødet" in page
    assert 'value="sign"' not in page


def test_the_secretary_makes_refused_minutes_final(house, over):
    for name in (JENS, "Fatima Lindholm", "Ida Holm"):
        browser(house.member(name), 10).post(at(over), SIGN)
    browser(house.member(KARIN), 10).post(at(over), REFUSE | {"reason": "Uenig."})
    secretary = browser(house.secretary, 10)
    assert "Gør referatet endeligt" in secretary.get(at(over)).content.decode()
    secretary.post(at(over), {"do": "final", "reason": "Alle har svaret."})
    over.refresh_from_db()
    assert over.state == Meeting.SIGNED
    assert "Referatet er endeligt." in secretary.get(at(over)).content.decode()


def test_what_is_closed_is_signed_unseen_by_one_who_is_not_impartial(house, over):
    assert SECRET not in browser(house.member(JENS)).get(at(over)).content.decode()
    assert SECRET in browser(house.member(KARIN)).get(at(over)).content.decode()


def test_the_last_day_is_told(house, over):
    with log.action(None, "rules.set", "lindvig"):
        HouseRules.objects.create(municipality=house.municipality, signing_days=8)
    assert "Sidste dag er" in browser(house.member(KARIN)).get(at(over)).content.decode()


def test_before_the_meeting_is_over_there_is_nothing_to_approve(house):
    meeting = house.meeting()
    page = browser(house.member(KARIN)).get(at(meeting)).content.decode()
    assert "Mødet er ikke slut endnu" in page


def test_the_desk_and_the_meetings_address_lead_here(house, over):
    client = browser(house.member(KARIN))
    assert at(over) in client.get("/arbejde/").content.decode()
    there = client.get(over.get_absolute_url())
    assert there.headers["Location"] == f"{over.get_absolute_url()}laes/"
    assert at(over) in client.get(there.headers["Location"]).content.decode()


@pytest.mark.parametrize("role", ["officer", "leader"])
def test_others_do_not_see_who_has_signed(house, over, role):
    assert browser(house.users[role]).get(at(over)).status_code == 403


def test_questions_to_the_database_do_not_grow_with_the_answers(
    house, over, django_assert_num_queries
):
    ole = browser(house.member(OLE))
    ole.get(at(over))
    with CaptureQueriesContext(connection) as few:
        ole.get(at(over))
        asked = len(few)
    for name in (JENS, "Fatima Lindholm", "Ida Holm"):
        browser(house.member(name), 10).post(at(over), SIGN)
    with django_assert_num_queries(asked):
        ole.get(at(over))
