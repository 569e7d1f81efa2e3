"""What findings say to a person.

A finding's `message` is written for the one who mends the reading: it is English, and exact. Here
is what each code means in plain words of both languages, and what a message adds to that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from .model import Finding
from .words import Words

_QUOTED: Final = re.compile(r'"([^"]+)"')

# What a finding's message adds to what its code means: nothing, the words that it quotes, or the
# text after its colon. Other messages are told as they are.
_ADDS_NOTHING: Final = frozenset({"routing_unclear"})
_ADDS_QUOTES: Final = frozenset(
    {"changed_by_item", "date_differs", "item_missing", "item_unlisted", "title_differs"}
)
_ADDS_TEXT: Final = frozenset({"text_unplaced"})

MEANINGS: Final[Mapping[str, Words]] = {
    "item_missing": Words(
        "Står i indholdsfortegnelsen, men ikke i referatet. Er det lukket, eller mangler en side?",
        "Stands in the contents, but not in the body. Is it closed, or is a page lost?",
    ),
    "item_unlisted": Words(
        "Står i referatet, men ikke i indholdsfortegnelsen. Oftest er punktet kommet til på mødet.",
        "Stands in the body, but not in the contents. Usually it was added at the meeting.",
    ),
    "title_differs": Words(
        "Har én titel i indholdsfortegnelsen og en anden i referatet.",
        "Has one title in the contents and another in the body.",
    ),
    "date_differs": Words(
        "Der står forskellige datoer for mødet.",
        "Different dates are given for the meeting.",
    ),
    "text_unplaced": Words(
        "Tekst, som ikke hører til noget punkt. Måske mangler der en side.",
        "Text that belongs to no item. A page may be lost.",
    ),
    "page_missing": Words(
        "En side mangler eller har ingen tekst.",
        "A page is missing, or has no text.",
    ),
    "routing_unclear": Words(
        "Et kryds i et skema kan stå i flere kolonner. Slå det op i det oprindelige dokument.",
        "A mark in a matrix may stand in several columns. Look it up in the original.",
    ),
    "total_differs": Words(
        "En tabel stemmer ikke, og afrunding forklarer det ikke.",
        "A table does not add up, beyond what rounding explains.",
    ),
    "agenda_heading": Words(
        "En overskrift på dagsordenen, som punktet og de følgende står under.",
        "A heading of the agenda that the item and those after it stand under.",
    ),
    "changed_by_item": Words(
        "Et andet punkts beslutning ændrer dette punkt, som ikke selv siger det.",
        "Another item's decision changes this item, which does not say so itself.",
    ),
    "several_meetings": Words(
        "Filen rummer flere møder. Del den op i ét dokument pr. møde.",
        "The file holds several meetings. Divide it, one document a meeting.",
    ),
    "page_without_text": Words(
        "En side er et billede uden tekst. Prøv igen med --ocr.",
        "A page is a picture without text. Try again with --ocr.",
    ),
    "page_unreadable": Words("En side er beskadiget.", "A page is damaged."),
    "text_recognised": Words(
        "En side er læst med tekstgenkendelse. Kontrollér den.",
        "A page was read by character recognition. Check it.",
    ),
    "recognition_missing": Words(
        "Tekstgenkendelse er ikke installeret.",
        "Character recognition is not installed.",
    ),
    "text_only_in_pdf": Words(
        "En tekst findes kun i en PDF-fil ved siden af og er ikke læst.",
        "A text stands only in a PDF file beside it, and is not read.",
    ),
    "items_missing": Words("Der er ingen punkter i filen.", "The file has no items."),
    "attachment_not_public": Words(
        "Et bilag må ikke publiceres og er udeladt.",
        "An attachment may not be published, and is left out.",
    ),
    "markup_too_deep": Words(
        "Siden er bygget for indviklet. Fed og kursiv skrift er gået tabt.",
        "The page is nested too deep. Bold and italic are lost.",
    ),
    "part_unread": Words(
        "Der ligger et andet dokument inde i Word-filen. Det er ikke læst.",
        "The Word file holds another document, which is not read.",
    ),
    "text_undivided": Words(
        "Teksten har flere linjer, end et referat kan have. Resten står samlet.",
        "The text has more lines than minutes can have. The rest is kept as one.",
    ),
}


def meaning(code: str) -> Words:
    """What a finding means, in a sentence; a code that is not known here stands for itself."""
    return MEANINGS.get(code) or Words(code, code)


def quotes(finding: Finding) -> tuple[str, ...]:
    """What the document itself says of the matter, quoted in the finding; often nothing."""
    if finding.code in _ADDS_TEXT:
        where, _, text = finding.message.partition(": ")
        return (text or where,)
    return tuple(_QUOTED.findall(finding.message)) if finding.code in _ADDS_QUOTES else ()


def remark(finding: Finding) -> str:
    """The message itself, where it adds more to what the code means than quotes; often `""`."""
    told = finding.code in _ADDS_NOTHING or quotes(finding)
    return "" if told else finding.message
