"""What `sagsgang read` makes of each document: a text in the form that was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from .console import Terminal
from .folder import write
from .gathering import Unavailable
from .work import Done, Got, Job, Task

if TYPE_CHECKING:
    from ..minutes import Minutes
    from ..minutes.writers.style import Style

Form = Literal["json", "summary", "markdown", "html", "pdf", "docx", "akn"]

ENDINGS: Final[dict[Form, str]] = {
    "json": ".json",
    "summary": ".txt",
    "markdown": ".md",
    "html": ".html",
    "pdf": ".pdf",
    "docx": ".docx",
    "akn": ".xml",
}
BINARY: Final = frozenset(("pdf", "docx"))
"""Forms that are no text: they are for a file, never for a screen."""

PAPER: Final = Terminal(80, styled=False, coloured=False)
"""What a summary in a file is made for."""


@dataclass(frozen=True, slots=True)
class Writing(Job):
    """Each document is written in a form, and given back or put in a folder."""

    form: Form = "json"
    terminal: Terminal = PAPER
    explain: bool = False
    style: str = ""
    """A style's name, or its file. Without it paper and Word are in the standard manner, and the
    other forms are as the document was."""
    folder: str | None = None
    """Where the texts are written; `None` gives them back."""

    def made(self, minutes: Minutes, data: bytes) -> Iterable[bytes]:
        """The document in the form that was asked for, as UTF-8.

        JSON, in which nothing can go wrong, is made piece by piece as it is asked for.
        """
        if self.style and self.form not in BINARY:
            from ..minutes.writers.styled import styled

            minutes = styled(minutes, chosen(self.style))
        if self.form == "json":
            from ..minutes.writers import json_pieces

            pieces = chain(json_pieces(minutes, explain=self.explain), "\n")
            return (piece.encode("utf-8") for piece in pieces)
        if self.form in BINARY:
            return (self._printed(minutes),)
        return ((self._text(minutes).rstrip("\n") + "\n").encode("utf-8", "replace"),)

    def _printed(self, minutes: Minutes) -> bytes:
        manner = chosen(self.style)
        if self.form == "pdf":
            from ..minutes.writers.pdf import to_pdf

            return to_pdf(minutes, manner)
        from ..minutes.writers.docx import to_docx

        return to_docx(minutes, manner)

    def _text(self, minutes: Minutes) -> str:
        if self.form == "summary":
            from .summary import picture

            return picture(minutes, self.terminal, explain=self.explain)
        if self.form == "akn":
            return _akoma_ntoso(minutes)
        from ..minutes.writers import to_html, to_markdown

        return to_markdown(minutes) if self.form == "markdown" else to_html(minutes)

    def done(self, made: Iterable[bytes], task: Task, got: Got) -> Done:
        """The text; or, when it has been written in the folder, what the document's file was."""
        if self.folder is None:
            return Done(made)
        write(Path(self.folder, task.target), made)
        return Done(stamp=got.stamp)


def chosen(name: str) -> Style:
    """The style by its name, or from its file; the standard one for `""`.

    Raises:
        StyleError: there is no such style, or its file is wrong.
    """
    from ..minutes.writers import style

    if not name:
        return style.standard()
    return style.loaded(Path(name)) if name.endswith(".toml") else style.named(name)


def _akoma_ntoso(minutes: Minutes) -> str:
    from ..minutes.writers.akoma_ntoso import Unwritable, to_akoma_ntoso

    try:
        return to_akoma_ntoso(minutes)
    except Unwritable as error:
        raise Unavailable(str(error)) from error
