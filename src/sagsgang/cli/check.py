"""`sagsgang check`: proofreads minutes and agendas."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from .console import complain, terminal
from .language import Language, say, speak, spoken
from .refusal import Refusal

if TYPE_CHECKING:
    from ..minutes import Minutes
    from ..minutes.proof import Remark


def check(
    *sources: Annotated[
        str,
        Parameter(
            name=say("FIL", "FILE"),
            help=say("Filer, mapper og webadresser.", "Files, folders and web addresses."),
        ),
    ],
    form: Annotated[
        Literal["text", "json"],
        Parameter(
            name=["--format", "-f"],
            help=say("Et overblik eller data.", "An overview, or data."),
        ),
    ] = "text",
    language: Annotated[
        Language | None,
        Parameter(help=say("Sproget: dansk eller engelsk.", "The language: Danish or English.")),
    ] = None,
) -> int:
    """The exit status: 0 where nothing is wrong, 1 where something is or could not be read.

    Warnings and advice do not count.

    Raises:
        Refusal: nothing was named.
    """
    if language:
        speak(language)
    if not sources:
        raise Refusal(
            say(
                "Nævn mindst én fil, mappe eller webadresse. Se sagsgang check --help.",
                "Name at least one file, folder or web address. See sagsgang check --help.",
            )
        )
    from ..minutes import UnreadableDocument, read_bytes
    from ..minutes.proof import proofread
    from .gathering import gather
    from .work import contents

    documents, problems = gather(sources)
    for name, problem in problems:
        complain(name, problem)
    wrong = bool(problems)
    for document in documents:
        try:
            minutes = read_bytes(contents(document.source), document.name)
        except (UnreadableDocument, OSError) as error:
            complain(document.name, str(error))
            wrong = True
            continue
        remarks = proofread(minutes)
        wrong |= any(remark.severity == "error" for remark in remarks)
        if form == "json":
            found = [remark.to_dict() for remark in remarks]
            data = {"source": document.name, "remarks": found}
            sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
        else:
            _show(document.name, minutes, remarks)
    return 1 if wrong else 0


def _show(name: str, minutes: Minutes, remarks: list[Remark]) -> None:
    from rich.console import Console
    from rich.text import Text

    shown = terminal(sys.stdout)
    console = Console(width=shown.width, no_color=not shown.coloured, highlight=False)
    console.print(Text(name, "bold"))
    if not remarks:
        count = len(minutes.items)
        console.print(
            say(f"  Intet at bemærke ({count} punkter).", f"  Nothing to remark ({count} items).")
        )
    last: object = False
    for remark in remarks:
        if remark.item is not last:
            last = remark.item
            console.print(Text("  " + _heading(remark), "bold"))
        console.print(Text(f"    {_sign(remark)} {_told(remark)}"), soft_wrap=False)
    console.print()


def _heading(remark: Remark) -> str:
    if remark.item is None:
        return say("Dokumentet", "The document")
    return say("Punkt", "Item") + f" {remark.item.number or '–'} {remark.item.title or ''}".rstrip()


def _sign(remark: Remark) -> str:
    signs = {
        "error": say("✗ Fejl:", "✗ Error:"),
        "warning": say("! Se efter:", "! Look:"),
        "advice": say("· Råd:", "· Advice:"),
    }
    return signs[remark.severity]


def _told(remark: Remark) -> str:
    words = remark.words.english if spoken() == "en" else remark.words.danish
    quote = f"»{remark.quote}«" if remark.quote else ""
    where = ", ".join(part for part in (remark.place, quote) if part)
    return f"{words} ({where})" if where else words
