"""What the data's words are called: outcomes, kinds, choices and findings, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final, NamedTuple

from .language import say, spoken


class Sign(NamedTuple):
    """A word with a shape and a colour; shapes differ too, for those who see no colours."""

    shape: str
    style: str
    danish: str
    english: str

    @property
    def word(self) -> str:
        """The word in the spoken language."""
        return say(self.danish, self.english)


OUTCOMES: Final[Mapping[str, Sign]] = {
    "approved": Sign("●", "green", "Godkendt", "Approved"),
    "noted": Sign("○", "cyan", "Taget til efterretning", "Noted"),
    "discussed": Sign("◇", "cyan", "Drøftet", "Discussed"),
    "discussed_and_approved": Sign("◆", "green", "Drøftet og godkendt", "Discussed, approved"),
    "informed": Sign("□", "cyan", "Til orientering", "For information"),
    "recommended": Sign("▲", "blue", "Anbefalet", "Recommended"),
    "amended": Sign("△", "magenta", "Ændret", "Amended"),
    "postponed": Sign("◐", "yellow", "Udsat", "Postponed"),
    "rejected": Sign("✕", "red", "Afvist", "Rejected"),
    "referred_back": Sign("◁", "yellow", "Sendt tilbage", "Referred back"),
    "nothing_reported": Sign("–", "dim", "Intet at meddele", "Nothing to report"),
    "other": Sign("▪", "default", "Andet", "Other"),
}
CLOSED: Final = Sign("■", "dim", "Lukket", "Closed")
UNDECIDED: Final = Sign("·", "dim", "Ingen beslutning", "No decision")

_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "minutes": ("Referat", "Minutes"),
    "agenda": ("Dagsorden", "Agenda"),
    "supplementary_agenda": ("Tillægsdagsorden", "Supplementary agenda"),
}
_CHOICES: Final[Mapping[str, tuple[str, str]]] = {
    "for": ("For", "For"),
    "against": ("Imod", "Against"),
    "abstain": ("Undlod at stemme", "Abstained"),
}
_FINDINGS: Final[Mapping[str, tuple[str, str]]] = {
    "item_missing": (
        "Står i indholdsfortegnelsen, men ikke i referatet. Er det lukket, eller mangler en side?",
        "Stands in the contents, but not in the body. Is it closed, or is a page lost?",
    ),
    "item_unlisted": (
        "Står i referatet, men ikke i indholdsfortegnelsen. Oftest er punktet kommet til på mødet.",
        "Stands in the body, but not in the contents. Usually it was added at the meeting.",
    ),
    "title_differs": (
        "Har én titel i indholdsfortegnelsen og en anden i referatet.",
        "Has one title in the contents and another in the body.",
    ),
    "date_differs": (
        "Der står forskellige datoer for mødet.",
        "Different dates are given for the meeting.",
    ),
    "text_unplaced": (
        "Tekst, som ikke hører til noget punkt. Måske mangler der en side.",
        "Text that belongs to no item. A page may be lost.",
    ),
    "page_missing": (
        "En side mangler eller har ingen tekst.",
        "A page is missing, or has no text.",
    ),
    "routing_unclear": (
        "Et kryds i et skema kan stå i flere kolonner. Slå det op i det oprindelige dokument.",
        "A mark in a matrix may stand in several columns. Look it up in the original.",
    ),
    "total_differs": (
        "En tabel stemmer ikke, ud over hvad afrunding kan forklare.",
        "A table does not add up, beyond what rounding explains.",
    ),
    "changed_by_item": (
        "Et andet punkts beslutning ændrer dette punkt, som ikke selv siger det.",
        "Another item's decision changes this item, which does not say so itself.",
    ),
    "several_meetings": (
        "Filen rummer flere møder. Del den op i ét dokument pr. møde.",
        "The file holds several meetings. Divide it, one document a meeting.",
    ),
    "page_without_text": (
        "En side er et billede uden tekst. Prøv igen med --ocr.",
        "A page is a picture without text. Try again with --ocr.",
    ),
    "page_unreadable": ("En side er beskadiget.", "A page is damaged."),
    "text_recognised": (
        "En side er læst med tekstgenkendelse. Kontrollér den.",
        "A page was read by character recognition. Check it.",
    ),
    "recognition_missing": (
        "Tekstgenkendelse er ikke installeret.",
        "Character recognition is not installed.",
    ),
    "text_only_in_pdf": (
        "En tekst findes kun i en PDF-fil ved siden af og er ikke læst.",
        "A text stands only in a PDF file beside it, and is not read.",
    ),
    "items_missing": ("Der er ingen punkter i filen.", "The file has no items."),
    "attachment_not_public": (
        "Et bilag må ikke publiceres og er udeladt.",
        "An attachment may not be published, and is left out.",
    ),
    "markup_too_deep": (
        "Siden er bygget for indviklet. Fed og kursiv skrift er gået tabt.",
        "The page is nested too deep. Bold and italic are lost.",
    ),
    "part_unread": (
        "Der ligger et andet dokument inde i Word-filen. Det er ikke læst.",
        "The Word file holds another document, which is not read.",
    ),
    "text_undivided": (
        "Teksten har flere linjer, end et referat kan have. Resten står samlet.",
        "The text has more lines than minutes can have. The rest is kept as one.",
    ),
}

_MONTHS: Final = (
    ("januar", "January"),
    ("februar", "February"),
    ("marts", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("august", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)
_WEEKDAYS: Final = (
    ("mandag", "Monday"),
    ("tirsdag", "Tuesday"),
    ("onsdag", "Wednesday"),
    ("torsdag", "Thursday"),
    ("fredag", "Friday"),
    ("lørdag", "Saturday"),
    ("søndag", "Sunday"),
)


def outcome(name: str) -> Sign:
    """The sign of an outcome."""
    return OUTCOMES.get(name) or Sign("▪", "default", name, name)


def kind(name: str) -> str:
    """What a document is called: `Referat`."""
    return say(*_KINDS.get(name, (name, name)))


def choice(name: str) -> str:
    """What a choice in a vote is called: `Imod`."""
    return say(*_CHOICES.get(name, (name, name)))


def finding(code: str) -> str:
    """What a finding means, in a sentence; a code that is not known here stands for itself."""
    return say(*_FINDINGS.get(code, (code, code)))


def date(iso: str) -> str:
    """A date as it is said: `18. juni 2025`."""
    try:
        day = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    month = say(*_MONTHS[day.month - 1])
    return say(f"{day.day}. {month} {day.year}", f"{day.day} {month} {day.year}")


def moment(iso: str, time: str | None) -> str:
    """A meeting's date and time as they are said: `onsdag den 18. juni 2025 kl. 15.00`."""
    said = date(iso)
    if said != iso:
        weekday = say(*_WEEKDAYS[dt.date.fromisoformat(iso).weekday()])
        said = say(f"{weekday} den {said}", f"{weekday} {said}")
    if time:
        said += say(f" kl. {time.replace(':', '.')}", f", {time}")
    return said


def number(count: int, danish: tuple[str, str], english: tuple[str, str]) -> str:
    """A number with its word, in the singular or the plural: `1 punkt`, `1.200 punkter`."""
    word = say(*(words[count != 1] for words in (danish, english)))
    separator = "," if spoken() == "en" else "."
    return f"{count:,}".replace(",", separator) + f" {word}"
