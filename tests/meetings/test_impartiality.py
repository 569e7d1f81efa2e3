"""A conflict of interest: announced beforehand, decided on at the meeting, told in the minutes."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from sagsgang.bodies.models import Person
from sagsgang.cases import log
from sagsgang.cases.models import User
from sagsgang.cases.refused import Refused
from sagsgang.cases.rights import Forbidden
from sagsgang.meetings import agenda, documents, impartiality, session
from sagsgang.meetings.attendance import quorum
from sagsgang.meetings.insight import insight
from sagsgang.meetings.models import Conflict, Meeting
from sagsgang.meetings.pages.own_calendar import meetings_of
from sagsgang.minutes.writers import style

from .house import House

IDA, OLE = "Ida Holm", "Ole Brandt"


@pytest.fixture
def called(house: House) -> Meeting:
    meeting = house.meeting()
    house.item(meeting)
    house.item(meeting, "Klage fra Bo", closed=True, ground="fvl. § 27", public_title="Klagesag")
    agenda.publish(house.secretary, meeting)
    return meeting


@pytest.fixture
def stand_in(house: House) -> Person:
    return house.stranger("Bent Lund", house.council)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_from_a_members_word_before_the_meeting_to_the_minutes(
    house, called, stand_in, tmp_path, monkeypatch
):
    item = called.items.first()
    member, secretary = browser(house.member(IDA)), browser(house.secretary)
    there = f"/arbejde/punkter/{item.pk}/habilitet/"
    page = words(member.post(there, {"ground": "gift med ansøgeren"}, follow=True))
    assert "Du kan være inhabil i sagen. Udvalget tager stilling på mødet." in page
    conflict = Conflict.objects.get()
    page = words(secretary.get(called.get_absolute_url()))
    assert "Måske inhabil: Ida Holm" in page
    chosen = {"do": f"call_in:{conflict.pk}", "substitute": stand_in.pk}
    page = words(secretary.post(called.get_absolute_url(), chosen, follow=True))
    assert "Bent Lund er kaldt ind til punktet for Ida Holm." in page
    bent = User.objects.create(username="bent@lindvig.dk", person=stand_in)
    reading = f"{called.get_absolute_url()}laes/"
    assert f'href="{reading}"' in words(browser(bent).get("/arbejde/"))
    assert browser(bent).get(reading).status_code == 200
    monkeypatch.setattr(
        "sagsgang.meetings.pages.own_calendar._BACK", datetime.timedelta(days=36_600)
    )
    assert list(meetings_of(bent)) == [called]
    ask = {"do": f"announce:{item.pk}", "person": house.people[OLE].pk, "ground": "nabo"}
    secretary.post(called.get_absolute_url(), ask)

    session.open_meeting(house.secretary, called)
    live = f"{called.get_absolute_url()}moede/{item.pk}/"
    decision = {"do": "decide", "text": "Godkendt.", "outcome": "approved", "revision": 0}
    page = words(secretary.post(live, decision, follow=True))
    assert "Der er rejst spørgsmål om habilitet: Ida Holm, Ole Brandt." in page
    page = words(secretary.post(live, {"do": f"found:{conflict.pk}"}, follow=True))
    assert "Ida Holm er inhabil og deltager ikke i punktet." in page
    cleared = Conflict.objects.get(person=house.people[OLE])
    answer = secretary.post(live, {"do": f"cleared:{cleared.pk}"}, follow=True)
    voting = [str(one.person) for one in answer.context["ballots"]]
    assert "Bent Lund" in voting
    assert IDA not in voting
    assert OLE in voting
    assert "5 af 5 medlemmer deltager" in words(answer)
    # The substitute is there for this item, and for no other.
    assert quorum(called.items.last()).taking_part == 5
    other = secretary.get(f"{called.get_absolute_url()}moede/{called.items.last().pk}/")
    voting = [str(one.person) for one in other.context["ballots"]]
    assert IDA in voting
    assert "Bent Lund" not in voting
    secretary.post(live, decision | {"revision": 1})
    printed = documents.minutes(called)
    assert printed.items[0].decisions[0].text == (
        "Godkendt.\n\nJobudvalget fandt Ida Holm inhabil. Ida Holm deltog ikke i behandlingen af "
        "punktet. Bent Lund deltog i punktet som stedfortræder for Ida Holm.\n\nDer blev rejst "
        "spørgsmål om, hvorvidt Ole Brandt var inhabil. Jobudvalget fandt ikke Ole Brandt inhabil."
    )
    own = tmp_path / "lindvig.toml"
    own.write_text('[conflict]\nfound = "{name} var inhabil: {ground}."\nnot_found = ""\n')
    monkeypatch.setattr(documents, "style_of", lambda _meeting: style.loaded(own))
    assert (
        documents.minutes(called)
        .items[0]
        .decisions[0]
        .text.startswith("Godkendt.\n\nIda Holm var inhabil: gift med ansøgeren. Bent Lund deltog")
    )
    assert printed.items[0].absent == (IDA,)
    assert [one.name for one in printed.members if one.present].count("Bent Lund") == 1
    page = words(member.post(there, {"ground": "igen"}, follow=True))
    assert "Punktet er besluttet" in page
    assert list(log.verify()) == []


def test_a_substitute_reads_the_item_they_are_called_in_for_and_no_other(house, called, stand_in):
    other, hidden = house.meeting(1, 4), called.items.last()
    for item in (hidden, house.item(other, "Køb", closed=True, ground="fvl. § 27")):
        announced = impartiality.announce(house.secretary, item, house.people[IDA], "søster")
    bent = User.objects.create(username="bent@lindvig.dk", first_name="Bent", person=stand_in)
    with pytest.raises(Forbidden):
        insight(bent, called)
    announced = Conflict.objects.get(item=hidden)
    impartiality.call_in(house.secretary, announced, stand_in)
    assert insight(bent, called).covers(hidden)
    with pytest.raises(Forbidden):
        insight(bent, other)
    session.open_meeting(house.secretary, called)
    impartiality.find(house.secretary, announced, True)
    late = house.item(Meeting.objects.get(pk=called.pk), "Salg", closed=True, ground="fvl. § 27")
    for item in (hidden, late):
        session.decide(house.secretary, item, "Godkendt.", "approved")
    seen = insight(bent, called)
    assert seen.covers(hidden)
    assert not seen.covers(late)


def test_a_mistake_is_mended_and_what_was_announced_waits_again(house, called):
    item, ida = called.items.first(), house.people[IDA]
    announced = impartiality.announce(house.member(IDA), item, ida, "søster")
    session.open_meeting(house.secretary, called)
    impartiality.find(house.secretary, announced, True)
    with pytest.raises(Refused, match="taget stilling"):
        impartiality.take_back(house.member(IDA), announced)
    session.leave(house.secretary, item, ida)
    assert item.leaves.get().conflict == "søster"
    session.come_back(house.secretary, item, ida)
    assert Conflict.objects.get().found is None
    impartiality.take_back(house.member(IDA), announced)
    session.leave(house.secretary, item, ida, "søster")
    session.come_back(house.secretary, item, ida)
    assert not Conflict.objects.exists()


def test_nobody_announces_for_another_and_no_member_stands_in(house, called, stand_in):
    item, ida = called.items.first(), house.people[IDA]
    for user in (house.member(OLE), house.officer):
        with pytest.raises(Forbidden):
            impartiality.announce(user, item, ida, "søster")
    announced = impartiality.announce(house.secretary, item, ida, "søster")
    with pytest.raises(Refused, match="sidder i udvalget"):
        impartiality.call_in(house.secretary, announced, house.people[OLE])
    with pytest.raises(Refused, match="på mødet"):
        impartiality.find(house.secretary, announced, True)
    with pytest.raises(Refused, match="ikke medlem"):
        impartiality.announce(house.secretary, item, stand_in, "søster")
