"""What a committee sets itself: how items are numbered, when agendas are out, their headings."""

from __future__ import annotations

import datetime

import pytest
from lxml import html
from tests.minutes.test_akoma_ntoso import valid

from sagsgang.archive.models import Publication
from sagsgang.cases.models import Treatment
from sagsgang.cases.refused import Refused
from sagsgang.meetings import agenda, procedure, season, session
from sagsgang.meetings.models import Item, Meeting, RulesOfProcedure
from sagsgang.minutes import read_bytes

from .house import House

HEADINGS = [("Til beslutning", "cases"), ("Orientering", "orientation"), ("Lukket", "closed")]


def decide(house: House, **rules) -> None:
    given = {"numbering": "year", "notice": None, "headings": HEADINGS} | rules
    procedure.decide(house.secretary, house.body, **given)


def under(meeting: Meeting) -> list[tuple[str, str]]:
    return list(meeting.items.order_by("position").values_list("heading", "title"))


def test_the_secretary_sets_it_and_nobody_else(client, house):
    page = f"/arbejde/udvalg/{house.body.pk}/forretningsorden/"
    client.force_login(house.secretary)
    assert "Tomt felt: lovens 4 dage." in client.get(page).content.decode()
    given = {
        "numbering": "term", "notice": "6", "form-TOTAL_FORMS": 4, "form-INITIAL_FORMS": 0,
        "form-0-title": "Lukket", "form-0-takes": "closed", "form-0-ORDER": "2",
        "form-1-title": "Åbent", "form-1-takes": "", "form-1-ORDER": "1",
        "form-2-title": "", "form-2-ORDER": "3",
    }  # fmt: skip
    told = client.post(page, given, follow=True).content.decode()
    assert "Forretningsordenen er gemt." in told
    assert page in told
    rules = RulesOfProcedure.objects.get()
    assert (rules.numbering, rules.notice) == ("term", 6)
    assert [one["title"] for one in rules.headings] == ["Åbent", "Lukket"]
    answer = client.post(page, given | {"form-0-title": "Åbent"})
    assert answer.status_code == 422
    assert "To overskrifter er ens." in answer.content.decode()
    client.force_login(house.member("Ole Brandt"))
    assert client.get(page).status_code == 403


def test_the_agenda_is_due_by_the_committees_own_rule_or_the_laws(house):
    meeting = house.meeting(day=8, month=4)  # the Wednesday after Easter
    assert season.last_day(meeting) == datetime.date(2026, 3, 30)
    decide(house, notice=2)
    meeting.body.refresh_from_db()
    assert season.last_day(meeting) == datetime.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("numbering", "given"),
    [
        ("meeting", [[1, 2, 3], [1], [1], [1]]),
        ("year", [[1, 2, 3], [4], [1], [1]]),
        ("term", [[1, 2, 3], [4], [5], [1]]),
    ],
)
def test_numbers_go_on_over_supplements_and_withdrawn_items(house, numbering, given):
    decide(house, numbering=numbering, headings=[])
    by = house.secretary
    days = [(2026, 3, 4), (2026, 4, 1), (2027, 1, 6), (2030, 1, 2)]
    meetings = [agenda.plan(by, house.body, datetime.date(*day), "15:30") for day in days]
    first = meetings[0]
    for title in ("En", "To"):
        agenda.add_standing(by, first, title)
    agenda.publish(by, first)
    agenda.take_off(by, first.items.get(title="To"), "Trukket")
    agenda.add_standing(by, Meeting.objects.get(pk=first.pk), "Tre")
    agenda.publish(by, first)
    for meeting in meetings[1:]:
        agenda.add_standing(by, meeting, "Eventuelt")
        agenda.publish(by, meeting)
    assert [
        list(one.items.order_by("position").values_list("number", flat=True)) for one in meetings
    ] == given


def test_numbers_begin_where_the_secretary_says_and_never_at_one_that_is_given(house):
    by, first, second = house.secretary, house.meeting(4, 3), house.meeting(1, 4)
    for meeting in (first, second):
        agenda.add_standing(by, meeting, "Eventuelt")
    agenda.number_from(by, first, 45)
    agenda.publish(by, first)
    with pytest.raises(Refused, match="Begynd ved 46"):
        agenda.number_from(by, second, 45)
    with pytest.raises(Refused, match="numrene ligger fast"):
        agenda.number_from(by, first, 90)
    agenda.publish(by, second)
    assert [one.items.get().number for one in (first, second)] == [45, 46]


def test_items_come_under_their_headings_and_are_moved_between_them(house):
    decide(house)
    meeting, by = house.meeting(), house.secretary
    closed = {"closed": True, "ground": "fvl. § 27", "public_title": "Klagesag"}
    hidden = house.item(meeting, "Klage fra Bo", **closed)
    first, second = house.item(meeting, "Første"), house.item(meeting, "Anden")
    agenda.add_usual(by, meeting)
    decision, orientation, locked = (title for title, _takes in HEADINGS)
    assert under(meeting) == [
        (decision, "Godkendelse af dagsorden"),
        (decision, "Godkendelse af referat fra sidste møde"),
        (decision, "Første"),
        (decision, "Anden"),
        (orientation, "Meddelelser"),
        (orientation, "Eventuelt"),
        (orientation, "Underskriftsside"),
        (locked, "Klage fra Bo"),
    ]
    agenda.step(by, second, up=False)
    assert under(meeting)[3] == (orientation, "Anden")
    agenda.step(by, second, up=False)
    assert under(meeting)[3:5] == [(orientation, "Meddelelser"), (orientation, "Anden")]
    agenda.move(by, first, 8)
    assert under(meeting)[-1] == (locked, "Første")
    agenda.step(by, hidden, up=True)
    assert under(meeting)[-2:] == [(orientation, "Klage fra Bo"), (locked, "Første")]
    for _ in range(3):
        agenda.step(by, first, up=False)
    assert under(meeting)[-1] == (locked, "Første")
    agenda.move(by, first, 1, orientation)
    assert under(meeting)[2] == (orientation, "Første")
    with pytest.raises(Refused, match="ikke overskriften"):
        agenda.move(by, first, 1, "Noget andet")
    agenda.publish(by, meeting)
    late = house.item(Meeting.objects.get(pk=meeting.pk), "Haster")
    assert (late.heading, late.position) == (decision, 9)


def test_headings_are_in_every_form_of_what_is_published(client, house):
    decide(house)
    meeting, by = house.meeting(), house.secretary
    for title in ("Første", "Anden"):
        house.item(meeting, title)
    agenda.add_standing(by, meeting, "Eventuelt")
    agenda.publish(by, meeting)
    [public] = Publication.objects.all()
    titles = ["Til beslutning", "Til beslutning", "Orientering"]

    def over(document):
        return [one.heading for one in document.items]

    assert over(public.minutes) == titles
    assert public.minutes.findings == ()
    page = public.meeting.get_absolute_url()
    answer = client.get(page)
    assert "Skrevet i Sagsgang af Lindvig Kommune" in answer.content.decode()
    shown = html.document_fromstring(answer.content).find_class("agenda__group")
    assert [one.text_content() for one in shown] == ["Til beslutning", "Orientering"]
    for form in ("html", "md", "json", "pdf", "docx"):
        answer = client.get(f"{page}referat.{form}")
        again = read_bytes(b"".join(answer) if answer.streaming else answer.content, f"d.{form}")
        told = titles if form in ("html", "md", "json") else [one.upper() for one in titles]
        assert (form, over(again)) == (form, told)
        assert [(one.number, one.title) for one in again.items] == [
            ("1", "Første"), ("2", "Anden"), ("3", "Eventuelt"),
        ]  # fmt: skip
        assert not any("ORIENTERING" in part.text for one in again.items for part in one.sections)
        assert again.findings == ()
    chapters = valid(client.get(f"{page}referat.akn").content.decode()).findall(
        ".//{*}mainBody/{*}chapter"
    )
    assert [(one.findtext("{*}heading"), len(one.findall("{*}section"))) for one in chapters] == [
        ("Til beslutning", 2), ("Orientering", 1),
    ]  # fmt: skip


def test_the_agenda_page_has_empty_headings_to_move_to(client, house):
    decide(house)
    meeting = house.meeting()
    item = house.item(meeting, "Første")
    client.force_login(house.secretary)
    page = client.get(meeting.get_absolute_url())
    assert [one.heading for one in page.context["groups"]] == [title for title, _ in HEADINGS]
    assert "Ingen punkter endnu" in page.content.decode()
    step = {"do": f"down:{item.pk}"}
    told = client.post(meeting.get_absolute_url(), step, headers={"HX-Request": "true"})
    assert "»Første« står nu som nr. 1 af 1 under »Orientering«." in told.content.decode()


def test_a_postponed_item_comes_under_its_heading(house):
    decide(house)
    by, meeting, later = house.secretary, house.meeting(), house.meeting(1, 4)
    agenda.add_standing(by, later, "Eventuelt")
    item = house.item(meeting)
    agenda.publish(by, meeting)
    session.open_meeting(by, meeting)
    session.postpone(by, item, later)
    assert [heading for heading, _title in under(later)] == ["Til beslutning", "Orientering"]
    assert Item.objects.get(meeting=later, position=1).continues == item
    assert Treatment.objects.get(pk=item.presentation.treatment_id).state == Treatment.ON_AGENDA
