"""Documents of an invented municipality, for tests to publish."""

from __future__ import annotations

from sagsgang.minutes import Attendance, Decision, Item, Minutes, Section, Source

BODY = "Beskæftigelsesudvalget"
MEMBERS = (
    Attendance("Karin Østergaard", "A", True),
    Attendance("Jens Mølgaard", "V", True),
    Attendance("Fatima Lindholm", "F", True),
)


def item(number: str = "1", title: str = "Indsats for langtidsledige", **fields) -> Item:
    """An item that is decided as recommended."""
    given = {
        "case_number": "22/18533",
        "sections": (Section("Sagsfremstilling", "presentation", "Flere er i job end sidste år."),),
        "decisions": (Decision("Godkendt.", "approved"),),
    }
    return Item(number, title, **{**given, **fields})


def meeting(*items: Item, **fields) -> Minutes:
    """Minutes of a meeting in Lindvig."""
    given = {
        "municipality": "Lindvig",
        "committee": BODY,
        "date": "2026-03-04",
        "start_time": "15:30",
        "members": MEMBERS,
        "source": Source("referat.md", "text/markdown", "ab" * 32),
    }
    return Minutes(items=items or (item(),), **{**given, **fields})
