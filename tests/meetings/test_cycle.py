"""From draft to signed and published minutes, as the secretary does it."""

from __future__ import annotations

import pytest

from sagsgang.archive.models import Publication
from sagsgang.cases import approval, drafting, log
from sagsgang.cases.drafting import EditedMeanwhile, Refused
from sagsgang.cases.models import Approval, Treatment, Version
from sagsgang.cases.rights import Forbidden
from sagsgang.meetings import agenda, documents, session, signing
from sagsgang.meetings.models import Dissent, Item, Meeting
from sagsgang.meetings.rules.voting import NotAllowed

from .house import MEMBERS, House, refuse, sign


@pytest.fixture
def opened(house: House) -> Meeting:
    """A meeting with three items that has begun."""
    meeting = house.meeting()
    agenda.add_standing(house.secretary, meeting, "Godkendelse af dagsorden")
    house.item(meeting, "Indsats for langtidsledige")
    house.item(
        meeting, "Klage over Bo Jensen", closed=True, ground="fvl. § 27", public_title="Klagesag"
    )
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    return Meeting.objects.get(pk=meeting.pk)


def _votes(house: House, **against) -> dict[int, str]:
    return {
        person.pk: against.get(name.split()[0].lower(), "for")
        for name, person in house.people.items()
    }


def test_the_whole_cycle(house, opened):
    first, second, third = opened.items.all()
    session.decide(house.secretary, first, "Godkendt.", "approved")
    votes = _votes(house, fatima="against")
    session.decide(house.secretary, second, "Anbefales.", "recommended", votes=votes)
    entry = session.dissent(
        house.secretary, second, house.people["Fatima Lindholm"], "Vi vil have flere mentorer."
    )
    session.approve_dissent(house.member("Fatima Lindholm"), entry)
    session.decide(house.secretary, third, "Klagen afvises.", "rejected", public_text="Behandlet.")
    session.close(house.secretary, opened)
    session.publish_minutes(house.secretary, Meeting.objects.get(pk=opened.pk))
    for name in MEMBERS:
        sign(house.member(name), opened)

    opened.refresh_from_db()
    assert opened.state == Meeting.SIGNED
    public = Publication.objects.get(kind="minutes").minutes
    assert [(one.number, one.title, one.closed) for one in public.items] == [
        ("1", "Godkendelse af dagsorden", False),
        ("2", "Indsats for langtidsledige", False),
        ("3", "Klagesag", True),
    ]
    assert [(vote.choice, len(vote.voters)) for vote in public.items[1].votes] == [
        ("for", 4),
        ("against", 1),
    ]
    assert public.items[1].statements[0].by == ("Fatima Lindholm",)
    council = Treatment.objects.get(case=second.presentation.treatment.case, order=2)
    assert council.state == Treatment.DRAFT
    assert council.presentation.sections == second.presentation.sections
    assert list(log.verify()) == []


SECRETS = {
    "title": "Klage over HEMMELIG-TITEL",
    "ground": "fvl. § 27 HEMMELIG-GRUND",
    "recommendation_by": "HEMMELIG-INDSTILLER",
    "recommendation_points": ["HEMMELIG-INDSTILLING"],
    "sections": [{"label": "Resume", "kind": "summary", "text": "HEMMELIG-TEKST"}],
}


def test_nothing_closed_gets_out(house):
    meeting = house.meeting()
    item = house.item(meeting, **SECRETS, closed=True, public_title="Lukket sag")
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    person = house.people["Ole Brandt"]
    session.leave(house.secretary, item, person, "HEMMELIG-INHABILITET")
    votes = {pk: choice for pk, choice in _votes(house, ida="against").items() if pk != person.pk}
    session.decide(house.secretary, item, "HEMMELIG-BESLUTNING", "approved", votes=votes)
    entry = session.dissent(house.secretary, item, house.people["Ida Holm"], "HEMMELIG-PROTOKOLLAT")
    session.approve_dissent(house.member("Ida Holm"), entry)
    session.close(house.secretary, meeting)
    meeting.refresh_from_db()
    session.correct(house.secretary, item, "HEMMELIG-RETTELSE", "HEMMELIG-ÅRSAG")
    session.publish_minutes(house.secretary, meeting)
    texts = [one.text for one in Publication.objects.all()]
    assert len(texts) == 2
    assert not any("HEMMELIG" in text for text in texts)
    whole = documents.minutes(meeting, reading="whole")
    assert "HEMMELIG-BESLUTNING" in whole.items[0].decisions[0].text


def test_a_closed_attachment_of_an_open_item_stays_in(house):
    meeting = house.meeting()
    treatment = house.ready_with(("Åbent bilag", False), ("Lukket bilag", True))
    agenda.take_in(house.secretary, meeting, treatment)
    agenda.publish(house.secretary, meeting)
    [public] = Publication.objects.get().minutes.items
    assert [one.title for one in public.attachments] == ["Åbent bilag"]


# Drafting and approval


def test_two_at_once_do_not_lose_each_others_words(house):
    presentation = house.case().treatments.get(order=1).presentation
    drafting.save(house.officer, presentation, {"title": "Mit"}, revision=2)
    with pytest.raises(EditedMeanwhile) as refused:
        drafting.save(house.users["leader"], presentation, {"title": "Dit"}, revision=2)
    assert refused.value.presentation.title == "Mit"
    assert [one.content["title"] for one in Version.objects.all()][-1] == "Mit"


def test_a_closed_case_needs_its_ground(house):
    presentation = house.case().treatments.get(order=1).presentation
    with pytest.raises(Refused, match="hjemmel"):
        drafting.save(house.officer, presentation, {"closed": True}, revision=2)


def test_what_is_returned_can_be_mended_and_sent_again(house):
    presentation = house.case().treatments.get(order=1).presentation
    step = approval.send(house.officer, presentation)
    with pytest.raises(Refused, match="sendt videre"):
        drafting.save(house.officer, presentation, {"title": "Nyt"}, revision=2)
    with pytest.raises(Refused, match="Skriv"):
        approval.give_back(house.users["leader"], step, " ")
    approval.give_back(house.users["leader"], step, "Økonomien mangler")
    saved = drafting.save(house.officer, presentation, {"title": "Nyt"}, revision=2)
    assert approval.send(house.officer, saved).revision == 3


def test_what_waits_for_somebody_is_seen_by_that_one(house):
    step = approval.send(house.officer, house.case().treatments.get(order=1).presentation)
    assert list(approval.waiting_for(house.users["leader"])) == [step]
    assert list(approval.waiting_for(house.users["director"])) == []
    with pytest.raises(Forbidden, match="leder"):
        approval.approve(house.users["director"], step)
    approval.approve(house.users["leader"], step)
    with pytest.raises(Refused, match="allerede svaret"):
        approval.approve(house.users["leader"], step)
    assert Approval.objects.filter(answer="asked").get().role == "director"


def test_a_cpr_number_stops_a_draft(house):
    sections = [{"label": "Resume", "kind": "summary", "text": "Borger (CPR 010190-1234)"}]
    presentation = house.case(sections=sections).treatments.get(order=1).presentation
    with pytest.raises(Refused, match="CPR"):
        approval.send(house.officer, presentation)


def test_a_members_name_is_spelt_as_the_member_spells_it(house):
    text = "Karin Østergård spurgte til indsatsen."
    section = {"label": "Sagsfremstilling", "kind": "presentation", "text": text}
    draft = house.case(sections=[section]).treatments.get(order=1).presentation
    [remark] = [one for one in drafting.remarks(draft) if one.code == "name_misspelt"]
    assert "Karin Østergaard" in remark.words.danish


# The agenda


def test_only_what_is_ready_comes_on_the_agenda(house):
    with pytest.raises(Refused, match="ikke klar"):
        agenda.take_in(house.secretary, house.meeting(), house.case().treatments.get(order=1))


def test_numbers_go_on_through_the_year_and_are_never_used_again(house):
    first, second = house.meeting(4, 2), house.meeting(4, 3)
    items = [house.item(first), house.item(first)]
    agenda.publish(house.secretary, first)
    agenda.take_off(house.secretary, Item.objects.get(pk=items[1].pk), "Trukket")
    house.item(second)
    agenda.publish(house.secretary, second)
    assert [item.number for item in Item.objects.order_by("number")] == [1, 2, 3]


def test_an_item_moves_until_the_agenda_is_published(house):
    meeting = house.meeting()
    items = [agenda.add_standing(house.secretary, meeting, title) for title in "ABC"]
    agenda.move(house.secretary, items[2], 1)
    assert "".join(item.title for item in meeting.items.all()) == "CAB"
    agenda.publish(house.secretary, meeting)
    with pytest.raises(Refused, match="ligger fast"):
        agenda.move(house.secretary, items[2], 2)


def test_late_items_are_a_supplementary_agenda(house):
    meeting = house.meeting()
    house.item(meeting)
    agenda.publish(house.secretary, meeting)
    house.item(Meeting.objects.get(pk=meeting.pk), "En sen sag")
    agenda.publish(house.secretary, meeting)
    late = Publication.objects.get(kind="supplementary_agenda").minutes
    assert [(one.number, one.title) for one in late.items] == [("2", "En sen sag")]


def test_what_was_withdrawn_is_not_printed_when_the_agenda_is_published_anew(house):
    meeting = house.meeting()
    first = [house.item(meeting, title) for title in ("En", "To")]
    agenda.publish(house.secretary, meeting)
    late = [house.item(Meeting.objects.get(pk=meeting.pk), title) for title in ("Tre", "Fire")]
    agenda.publish(house.secretary, meeting)
    for item in (first[0], late[0]):
        agenda.take_off(house.secretary, item, "Ikke klar")
    agenda.publish(house.secretary, meeting)
    for kind, left in (("agenda", [("2", "To")]), ("supplementary_agenda", [("4", "Fire")])):
        latest = Publication.objects.filter(kind=kind).order_by("version").last()
        assert [(one.number, one.title) for one in latest.minutes.items] == left
        assert latest.version == 2
        assert latest.reason.startswith("Taget af dagsordenen: punkt ")
    house.item(Meeting.objects.get(pk=meeting.pk), "Fem")
    agenda.publish(house.secretary, meeting)
    latest = Publication.objects.filter(kind="supplementary_agenda").order_by("version").last()
    assert [one.number for one in latest.minutes.items] == ["4", "5"]


def test_a_supplement_whose_items_were_all_withdrawn_is_empty(house):
    meeting = house.meeting()
    house.item(meeting)
    agenda.publish(house.secretary, meeting)
    late = house.item(Meeting.objects.get(pk=meeting.pk), "Tre")
    agenda.publish(house.secretary, meeting)
    agenda.take_off(house.secretary, late, "Ikke klar")
    agenda.publish(house.secretary, meeting)
    assert Publication.objects.filter(kind="supplementary_agenda").last().minutes.items == ()


def test_nobody_else_runs_the_meeting(house, opened):
    for user in (house.officer, house.member("Ida Holm")):
        with pytest.raises(Forbidden):
            session.decide(user, opened.items.first(), "Godkendt.", "approved")


# The meeting


def test_a_decided_item_is_locked(house, opened):
    item = opened.items.first()
    session.decide(house.secretary, item, "Godkendt.", "approved")
    with pytest.raises(Refused, match="låst"):
        session.decide(house.secretary, item, "Forkastet.", "rejected")


def test_a_withdrawn_item_is_decided_at_no_meeting_but_the_next(house, opened):
    item = opened.items.get(position=2)
    agenda.take_off(house.secretary, item, "Ikke klar")
    with pytest.raises(Refused, match="taget af"):
        session.decide(house.secretary, item, "Godkendt.", "approved")
    later = agenda.take_in(house.secretary, house.meeting(1, 4), item.presentation.treatment)
    assert later.presentation == item.presentation


def test_without_a_quorum_nothing_is_decided(house, opened):
    for name in list(MEMBERS)[:3]:
        session.set_present(house.secretary, opened, house.people[name], False)
    with pytest.raises(NotAllowed, match="2 af 5 medlemmer"):
        session.decide(house.secretary, opened.items.first(), "Godkendt.", "approved")


def test_a_substitute_counts_as_the_one_they_stand_in_for(house, opened):
    substitute = house.stranger("Per Skov")
    away = house.people["Ida Holm"]
    session.set_present(house.secretary, opened, away, False, substitute=substitute)
    quorum = session.quorum(opened.items.first())
    assert (quorum.members, quorum.taking_part) == (5, 5)


def test_the_result_of_a_vote_is_not_typed(house, opened):
    votes = _votes(house, karin="against", jens="against", fatima="against")
    with pytest.raises(NotAllowed, match="Forkastet: 2 for, 3 imod"):
        session.decide(house.secretary, opened.items.first(), "Godkendt.", "approved", votes=votes)


def test_what_was_adopted_is_not_recorded_as_rejected(house, opened):
    votes = _votes(house, karin="against")
    with pytest.raises(NotAllowed, match="Udfaldet kan derfor ikke være »Afvist«"):
        session.decide(house.secretary, opened.items.first(), "Nej.", "rejected", votes=votes)


def test_a_vote_that_fails_leaves_nothing_behind(house, opened):
    item = opened.items.first()
    votes = _votes(house, karin="against", jens="against", fatima="against")
    with pytest.raises(NotAllowed):
        session.decide(house.secretary, item, "Godkendt.", "approved", votes=votes)
    assert not item.votes.exists()
    assert Item.objects.get(pk=item.pk).decided_at is None


def test_one_who_left_cannot_vote(house, opened):
    item = opened.items.first()
    session.leave(house.secretary, item, house.people["Ida Holm"], "fvl. § 3")
    with pytest.raises(NotAllowed, match="Ida Holm deltager ikke"):
        session.decide(house.secretary, item, "Godkendt.", "approved", votes=_votes(house))


def test_a_postponed_item_stands_on_the_later_agenda(house, opened):
    later = house.meeting(1, 4)
    item = opened.items.get(position=2)
    copy = session.postpone(house.secretary, item, later)
    assert (copy.continues, copy.presentation, copy.meeting) == (item, item.presentation, later)
    item.refresh_from_db()
    assert (item.decision, item.outcome) == ("Udsat.", "postponed")
    with pytest.raises(Refused, match="senere møde"):
        session.postpone(house.secretary, opened.items.get(position=1), opened)


def test_a_member_refers_a_decision_to_the_council_until_the_meeting_closes(house, opened):
    item = opened.items.get(position=2)
    person = house.people["Fatima Lindholm"]
    session.decide(house.secretary, item, "Godkendt.", "approved")
    referral = session.refer(house.secretary, item, person, house.council)
    assert referral.treatment.body == house.council
    for other in (1, 3):
        session.decide(house.secretary, opened.items.get(position=other), "Godkendt.", "approved")
    session.close(house.secretary, opened)
    with pytest.raises(NotAllowed, match="Mødet er slut"):
        session.refer(house.secretary, item, house.people["Ida Holm"], house.council)
    printed = documents.minutes(opened).items[1]
    assert printed.referred_to_council_by == ("Fatima Lindholm",)


def test_a_meeting_closes_when_all_is_decided_and_every_dissent_approved(house, opened):
    with pytest.raises(Refused, match="mangler en beslutning: 1, 2, 3"):
        session.close(house.secretary, opened)
    for item in opened.items.all():
        votes = _votes(house, ida="against")
        session.decide(house.secretary, item, "Godkendt.", "approved", votes=votes)
    ida = house.people["Ida Holm"]
    entry = session.dissent(house.secretary, opened.items.first(), ida, "Imod.")
    with pytest.raises(Refused, match="protokollat venter"):
        session.close(house.secretary, opened)
    with pytest.raises(Refused, match="Kun forfatteren"):
        session.approve_dissent(house.member("Ole Brandt"), entry)
    session.approve_dissent(house.member("Ida Holm"), entry)
    session.close(house.secretary, opened)


def test_nobody_approves_a_dissent_that_was_taken_out_meanwhile(house, opened):
    item, ida = opened.items.first(), house.people["Ida Holm"]
    votes = _votes(house, ida="against")
    session.decide(house.secretary, item, "Godkendt.", "approved", votes=votes)
    entry = session.dissent(house.secretary, item, ida, "Imod.")
    session.take_back_dissent(house.secretary, Dissent.objects.get(pk=entry.pk))
    with pytest.raises(Refused, match="fjernet det"):
        session.approve_dissent(house.member("Ida Holm"), entry)


def test_a_correction_is_an_addition(house, opened):
    for item in opened.items.all():
        session.decide(house.secretary, item, "Godkendt.", "approved")
    session.close(house.secretary, opened)
    opened.refresh_from_db()
    session.publish_minutes(house.secretary, opened)
    item = opened.items.get(position=2)
    session.correct(house.secretary, item, "Der mangler et tal: 14.", "Tastefejl")
    session.publish_minutes(house.secretary, opened, "Rettet tal i punkt 2")
    latest = Publication.objects.filter(kind="minutes").order_by("version").last()
    assert latest.reason == "Rettet tal i punkt 2"
    added = [one.text for one in latest.minutes.items[1].sections][-1]
    assert added.startswith("Der mangler et tal: 14.\n\nTilføjet den ")
    assert added.endswith("af Secretary. Begrundelse: Tastefejl")
    assert latest.minutes.items[1].decisions[0].text == "Godkendt."


def test_only_those_who_took_part_sign_and_once(house, opened):
    session.set_present(house.secretary, opened, house.people["Ole Brandt"], False)
    for item in opened.items.all():
        session.decide(house.secretary, item, "Godkendt.", "approved")
    with pytest.raises(Refused, match="når mødet er slut"):
        sign(house.member("Ida Holm"), opened)
    session.close(house.secretary, opened)
    with pytest.raises(Refused, match="Kun den, der deltog"):
        sign(house.member("Ole Brandt"), opened)
    sign(house.member("Ida Holm"), opened)
    with pytest.raises(Refused, match="kun én gang"):
        sign(house.member("Ida Holm"), opened)
    with pytest.raises(Refused, match="Skriv"):
        refuse(house.member("Jens Mølgaard"), opened, "")
    refuse(house.member("Jens Mølgaard"), opened, "Jeg sagde noget andet.")
    assert len(signing.missing(opened)) == 2
    assert Meeting.objects.get(pk=opened.pk).state == Meeting.CLOSED


def test_published_minutes_read_back_from_paper(house, opened):
    from sagsgang.minutes import read_bytes
    from sagsgang.minutes.writers.pdf import to_pdf

    votes = _votes(house, fatima="against")
    for item in opened.items.all():
        session.decide(house.secretary, item, "Godkendt.", "approved", votes=votes)
    public = documents.minutes(opened)
    again = read_bytes(to_pdf(public), "x.pdf")
    assert [(one.number, one.title, one.closed) for one in again.items] == [
        (one.number, one.title, one.closed) for one in public.items
    ]
    assert again.items[1].votes == public.items[1].votes
