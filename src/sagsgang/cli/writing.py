"""What `sagsgang read` makes of each document: a text in the form that was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from .console import Terminal
from .folder import write
from .work import Done, Got, Job, Task

if TYPE_CHECKING:
    from ..minutes import Minutes

Form = Literal["json", "summary", "markdown", "html"]

ENDINGS: Final[dict[Form, str]] = {
    "json": ".json",
    "summary": ".txt",
    "markdown": ".md",
    "html": ".html",
}

PAPER: Final = Terminal(80, styled=False, coloured=False)
"""What a summary in a file is made for."""


@dataclass(frozen=True, slots=True)
class Writing(Job):
    """Each document is written in a form, and given back or put in a folder."""

    form: Form = "json"
    terminal: Terminal = PAPER
    explain: bool = False
    folder: str | None = None
    """Where the texts are written; `None` gives them back."""

    def made(self, minutes: Minutes) -> Iterable[bytes]:
        """The document in the form that was asked for, as UTF-8.

        JSON, in which nothing can go wrong, is made piece by piece as it is asked for.
        """
        if self.form == "json":
            from ..minutes.writers import json_pieces

            pieces = chain(json_pieces(minutes, explain=self.explain), "\n")
            return (piece.encode("utf-8") for piece in pieces)
        if self.form == "summary":
            from .summary import picture

            text = picture(minutes, self.terminal, explain=self.explain)
        elif self.form == "markdown":
            from ..minutes.writers import to_markdown

            text = to_markdown(minutes)
        else:
            from ..minutes.writers import to_html

            text = to_html(minutes)
        return ((text.rstrip("\n") + "\n").encode("utf-8", "replace"),)

    def done(self, made: Iterable[bytes], task: Task, got: Got) -> Done:
        """The text; or, when it has been written in the folder, what the document's file was."""
        if self.folder is None:
            return Done(made)
        write(Path(self.folder, task.target), made)
        return Done(stamp=got.stamp)
