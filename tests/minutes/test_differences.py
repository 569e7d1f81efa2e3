"""What changed from one version of a document to another."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sagsgang import samples
from sagsgang.minutes import Attachment, Attendance, Decision, Item, Minutes, Section, Vote, read
from sagsgang.minutes.differences import Change, Differences, ItemDifference, differences

PRESENTATION = Section("Sagsfremstilling", "presentation", "Puljen er på 2 mio. kr.")
BUDGET = Item("1", "Budgetopfølgning", "25/100", sections=(PRESENTATION,))
PLAN = Item("2", "Beskæftigelsesplan", "25/200")
CLOSED = Item("3", None, closed=True)
MEETING = Minutes("Lindvig", "Beskæftigelsesudvalget", date="2026-03-04")


def meeting(*items: Item) -> Minutes:
    return replace(MEETING, items=items)


def test_the_same_document_has_no_differences() -> None:
    for path in samples.paths():
        minutes = read(path)
        assert differences(minutes, minutes) == Differences()
        assert not differences(minutes, minutes)


def test_the_head_tells_what_changed() -> None:
    new = replace(
        MEETING,
        start_time="17:00",
        kind="agenda",
        members=(Attendance("Birthe Halkær", "A", present=False),),
    )
    assert differences(MEETING, new).head == (
        Change("kind", "Referat", "Dagsorden"),
        Change("start_time", "", "17:00"),
        Change("members", "", "Birthe Halkær (A), fraværende"),
    )


def test_an_item_that_came_and_one_that_went() -> None:
    found = differences(meeting(BUDGET, PLAN), meeting(BUDGET, CLOSED)).items
    assert found == (ItemDifference("added", None, 1), ItemDifference("removed", 1, None))


def test_an_item_that_was_given_another_number_is_the_same_item() -> None:
    found = differences(meeting(BUDGET, PLAN), meeting(replace(PLAN, number="1"), BUDGET)).items
    assert found == (ItemDifference("changed", 1, 0, (Change("number", "2", "1"),)),)


def test_a_title_that_was_corrected() -> None:
    old = replace(PLAN, title="Beskæftigelseplan", case_number=None)
    new = replace(PLAN, case_number=None)
    (found,) = differences(meeting(BUDGET, old), meeting(BUDGET, new)).items
    assert found.changes == (Change("title", "Beskæftigelseplan", "Beskæftigelsesplan"),)


def test_another_title_under_the_same_number_is_another_item() -> None:
    old, new = Item("2", "Orientering om jobcentret"), Item("2", "Valg af næstformand")
    kinds = [one.kind for one in differences(meeting(old), meeting(new)).items]
    assert kinds == ["added", "removed"]


def test_items_of_one_title_are_told_apart_by_their_numbers() -> None:
    one, other = Item("8", "Meddelelser"), Item("9", "Meddelelser", closed=True)
    changed = replace(other, closed=False)
    (found,) = differences(meeting(one, other), meeting(one, changed)).items
    assert (found.old, found.new) == (1, 1)
    assert found.changes == (Change("closed", "lukket", "åbent"),)


def test_a_section_tells_what_was_deleted_and_inserted() -> None:
    section = replace(PRESENTATION, text="Puljen er på 3 mio. kr.")
    new = replace(BUDGET, sections=(section,))
    ((change,),) = (one.changes for one in differences(meeting(BUDGET), meeting(new)).items)
    assert (change.field, change.label) == ("sections", "Sagsfremstilling")
    assert [tuple(one) for one in change.stretches] == [
        ("same", "Puljen er på "),
        ("deleted", "2"),
        ("inserted", "3"),
        ("same", " mio. kr."),
    ]


def test_a_section_that_is_gone_and_one_that_is_new() -> None:
    economy = Section("Økonomi", "economy", "Ingen.")
    new = replace(BUDGET, sections=(economy,))
    ((gone, came),) = (
        sorted(one.changes, key=lambda change: change.new)
        for one in differences(meeting(BUDGET), meeting(new)).items
    )
    assert (gone.label, gone.new) == ("Sagsfremstilling", "")
    assert (came.label, came.old, came.new) == ("Økonomi", "", "Ingen.")


def test_what_was_read_out_of_the_text_is_told_in_words() -> None:
    new = replace(
        PLAN,
        decisions=(Decision("Udsat.", "postponed"),),
        votes=(Vote("against", ("Sune Brinkhede",)),),
        attachments=(Attachment("Plan"), Attachment("Høringssvar")),
    )
    ((*changes,),) = (one.changes for one in differences(meeting(PLAN), meeting(new)).items)
    assert changes == [
        Change("outcome", "", "Udsat"),
        Change("votes", "", "Imod: Sune Brinkhede"),
        Change("attachments", "", "Plan\nHøringssvar"),
    ]


ITEMS = st.builds(
    Item,
    st.sampled_from(["1", "2", None]),
    st.sampled_from(["Plan", "Planen", None]),
    st.sampled_from(["25/1", None]),
    closed=st.booleans(),
)


@given(st.lists(ITEMS, max_size=6), st.lists(ITEMS, max_size=6))
def test_every_item_is_told_of_at_most_once(old: list[Item], new: list[Item]) -> None:
    found = differences(meeting(*old), meeting(*new)).items
    for places in ([one.old for one in found], [one.new for one in found]):
        told = [place for place in places if place is not None]
        assert len(told) == len(set(told))
    came = sum(one.kind == "added" for one in found)
    went = sum(one.kind == "removed" for one in found)
    assert len(new) - len(old) == came - went
