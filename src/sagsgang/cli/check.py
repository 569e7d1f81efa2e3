"""`sagsgang check`: proofreads minutes and agendas."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from cyclopts import Parameter

from .console import Desk, terminal
from .gathering import gather
from .language import Language, say, speak, spoken
from .reading import results_of
from .refusal import Refusal
from .work import Job, Task

if TYPE_CHECKING:
    from ..minutes import Minutes


@dataclass(frozen=True, slots=True)
class Proofreading(Job):
    """Each document is proofread; what is made of it is its remarks, as a line of JSON."""

    looks_at_files: ClassVar[bool] = True

    def made(self, minutes: Minutes, data: bytes) -> Iterable[bytes]:
        """The remarks on the document, and how many items it has."""
        from ..minutes.proof import proofread
        from ..minutes.proof.markup import headings_in

        told = {
            "source": minutes.source.name if minutes.source else None,
            "items": len(minutes.items),
            "remarks": [
                {**remark.to_dict(), "title": remark.item.title if remark.item else None}
                for remark in (*headings_in(data), *proofread(minutes))
            ],
        }
        return (json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace"), b"\n")


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
    documents, problems = gather(sources)
    tasks = [Task(one.source, size=one.size) for one in documents]
    wrong = bool(problems)
    job = Proofreading(language=spoken())
    with Desk(len(documents), results=True) as desk:
        for problem in problems:
            desk.problem(*problem)
        with closing(results_of(job, tasks, None)) as results:
            for document, done in zip(documents, results, strict=True):
                if done.problem:
                    desk.problem(document.name, done.problem)
                    wrong = True
                else:
                    line = b"".join(done.made)
                    data = json.loads(line)
                    wrong |= any(one["severity"] == "error" for one in data["remarks"])
                    desk.result([line if form == "json" else _text(document.name, data).encode()])
                desk.advance()
    sys.stdout.flush()
    return 1 if wrong else 0


def _text(name: str, data: dict[str, Any]) -> str:
    """The remarks on a document as a person reads them."""
    import textwrap

    lines = [name]
    if not data["remarks"]:
        count = data["items"]
        lines.append(
            say(f"  Intet at bemærke ({count} punkter).", f"  Nothing to remark ({count} items).")
        )
    width = terminal(sys.stdout).width
    last = ""
    for remark in data["remarks"]:
        heading = _heading(remark)
        if heading != last:
            lines.append(f"  {heading}")
            last = heading
        told = f"{_sign(remark)} {_told(remark)}"
        lines += textwrap.wrap(told, width, initial_indent="    ", subsequent_indent="      ")
    return "\n".join(lines) + "\n\n"


def _heading(remark: dict[str, Any]) -> str:
    if remark["item"] is None and remark["title"] is None:
        return say("Dokumentet", "The document")
    return f"{say('Punkt', 'Item')} {remark['item'] or '–'} {remark['title'] or ''}".rstrip()


def _sign(remark: dict[str, Any]) -> str:
    signs = {
        "error": say("✗ Fejl:", "✗ Error:"),
        "warning": say("! Se efter:", "! Look:"),
        "advice": say("· Råd:", "· Advice:"),
    }
    return signs[remark["severity"]]


def _told(remark: dict[str, Any]) -> str:
    words = remark["message"]["en" if spoken() == "en" else "da"]
    quote = f"»{remark['quote']}«" if remark["quote"] else ""
    where = ", ".join(part for part in (remark["place"], quote) if part)
    return f"{words} ({where})" if where else str(words)
