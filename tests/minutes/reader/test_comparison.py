"""What does not agree within a document, and text that belongs nowhere: findings."""

from __future__ import annotations

import pytest

from .reading import BODY, HEAD, findings, items, read


def contents(*titles: str) -> str:
    return "Indholdsfortegnelse\n\n" + "".join(
        f"Punkt {n}: {title} ........ {n + 2}\n" for n, title in enumerate(titles, 1)
    )


def body(*titles: str, numbers: tuple[int, ...] = ()) -> str:
    numbered = zip(numbers or range(1, len(titles) + 1), titles, strict=True)
    return "".join(f"\n## Punkt {n}: {title}\n{BODY}" for n, title in numbered)


# --- contents and items ----------------------------------------------------------------------


def test_where_contents_and_items_agree_there_is_nothing_to_find() -> None:
    text = HEAD + contents("Plan for unge", "Eventuelt") + body("Plan for unge", "Eventuelt")

    assert read(text).findings == ()


def test_an_item_that_only_the_contents_have_is_missing() -> None:
    text = (
        HEAD
        + contents("Plan", "Salg af areal", "Eventuelt")
        + body("Plan", "Eventuelt", numbers=(1, 3))
    )
    (missing,) = findings(text, "item_missing")

    assert missing.item == "2"
    assert "Salg af areal" in missing.message


def test_the_number_of_a_missing_item_follows_from_its_neighbours() -> None:
    lines = "Indholdsfortegnelse\n\nPlan ..... 3\nSalg af areal ..... 4\nEventuelt ..... 5\n"
    text = HEAD + lines + body("Plan", "Eventuelt", numbers=(57, 59))

    assert [one.item for one in findings(text, "item_missing")] == ["58"]


def test_where_they_do_not_leave_room_for_it_it_has_none() -> None:
    lines = "Indholdsfortegnelse\n\nPlan ..... 3\nSalg af areal ..... 4\nEventuelt ..... 5\n"
    text = HEAD + lines + body("Plan", "Eventuelt", numbers=(57, 60))

    assert [one.item for one in findings(text, "item_missing")] == [None]


def test_an_item_that_only_the_body_has_is_unlisted() -> None:
    text = (
        HEAD
        + contents("Plan", "Eventuelt")
        + body("Plan", "Salg af areal", "Eventuelt", numbers=(1, 5, 2))
    )
    text = text.replace("Punkt 2: Eventuelt ....", "Punkt 6: Eventuelt ....").replace(
        "## Punkt 2", "## Punkt 6"
    )

    assert [one.item for one in findings(text, "item_unlisted")] == ["5"]


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ("Tilbud om dobbeldiagnose", "Tilbud om dobbeltdiagnose"),
        ("Plan for beskæftigelsesområdets økonomi", "Plan for beskæftigelsesområdet økonomi"),
        ("Status på unge i job", "Status på unge i uddannelse"),
    ],
)
def test_two_titles_of_one_item_are_reported(listed: str, printed: str) -> None:
    text = HEAD + contents(listed, "Eventuelt") + body(printed, "Eventuelt")

    assert [one.item for one in findings(text, "title_differs")] == ["1"]
    assert read(text).contents[0].title == listed
    assert items(text)[0].title == printed


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ("Plan for unge – status", "Plan for unge - status."),
        ("PLAN FOR UNGE", "Plan for unge"),
        ("Plan for unge", "Plan for unge og ældre i Lindvig"),
    ],
)
def test_marks_case_and_cutting_off_are_no_difference(listed: str, printed: str) -> None:
    assert (
        findings(HEAD + contents(listed, "Eventuelt") + body(printed, "Eventuelt"), "title_differs")
        == []
    )


def test_without_contents_there_is_nothing_to_compare() -> None:
    assert read(HEAD + body("Plan", "Eventuelt")).findings == ()


# --- dates -----------------------------------------------------------------------------------


def test_another_date_for_this_meetings_decision_is_reported() -> None:
    text = (
        HEAD
        + "## Punkt 1: Plan\n\nBeslutning i Beskæftigelsesudvalget den 6. februar 2025\n\nGodkendt.\n"
    )

    assert [one.item for one in findings(text, "date_differs")] == ["1"]


@pytest.mark.parametrize(
    "heading",
    [
        "Beslutning i Beskæftigelsesudvalget den 5. februar 2025",
        "Beslutning i Beskæftigelsesudvalget den 8. januar 2025",
        "Beslutning i Økonomiudvalget den 6. februar 2025",
    ],
)
def test_other_meetings_have_dates_of_their_own(heading: str) -> None:
    assert findings(HEAD + f"## Punkt 1: Plan\n\n{heading}\n\nGodkendt.\n", "date_differs") == []


# --- items that change other items -----------------------------------------------------------


def decided(second: str) -> str:
    return (
        f"{HEAD}## Punkt 1: Godkendelse af dagsorden\n\nBeslutning\n\nGodkendt. Punkt 2 udsættes til næste møde.\n\n"
        f"## Punkt 2: Plan\n\nIndstilling\n\nDirektøren indstiller, at planen godkendes.\n\nBeslutning\n\n{second}\n"
    )


def test_an_item_that_another_postpones_without_saying_so_is_reported() -> None:
    assert [one.item for one in findings(decided("Godkendt."), "changed_by_item")] == ["2"]


def test_an_item_that_says_so_itself_is_not() -> None:
    assert findings(decided("Udsat."), "changed_by_item") == []


# --- lost pages ------------------------------------------------------------------------------

LOST = (
    f"{HEAD}## Punkt 57: Plan\n\nBeslutning\n\nGodkendt.\n\nBilag\n\nPlan.pdf\n\n"
    "De unge er glade for forløbet, som er begyndt i år.\n\nBeslutning\n\nDrøftet.\n\n"
    f"## Punkt 59: Eventuelt\n{BODY}"
)


def test_text_of_a_lost_page_is_reported_and_kept_out_of_the_item() -> None:
    (lost,) = findings(LOST, "text_unplaced")
    first = items(LOST)[0]

    assert "De unge er glade for forløbet" in lost.message
    assert "Drøftet." in lost.message
    assert [one.label for one in first.sections] == ["Beslutning", "Bilag"]
    assert [one.text for one in first.decisions] == ["Godkendt."]
    assert [one.title for one in first.attachments] == ["Plan.pdf"]


def test_without_a_missing_number_it_belongs_to_the_item() -> None:
    text = LOST.replace("Punkt 59", "Punkt 58")

    assert findings(text, "text_unplaced") == []
    assert len(items(text)[0].decisions) == 2


# --- order -----------------------------------------------------------------------------------


def test_findings_stand_in_the_order_of_the_document() -> None:
    text = (
        HEAD.replace("5. februar", "6. februar")
        + contents("Plam", "Salg af areal", "Eventuelt")
        + body("Plan", "Eventuelt", numbers=(1, 3))
    )

    assert [(one.code, one.item) for one in read(text).findings] == [
        ("date_differs", None),
        ("date_differs", None),
        ("title_differs", "1"),
        ("item_missing", "2"),
    ]
