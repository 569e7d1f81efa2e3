"""Where a command writes: results on standard output, everything else on standard error.

Rich is imported only where a terminal is there to see it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, Self, TextIO

from .harmless import harmless
from .language import say

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console as RichConsole
    from rich.console import ConsoleOptions, RenderResult
    from rich.progress import Progress, TaskID

NARROWEST = 40
WIDEST = 100


class Terminal(NamedTuple):
    """What the reader's eyes are given: a width in characters, and whether style and colour show.

    On a terminal without colour (`NO_COLOR`), bold and faint text still say what matters.
    """

    width: int
    styled: bool
    coloured: bool


def terminal(stream: TextIO) -> Terminal:
    """What a stream can show. Text that is not for a terminal has no styles, and 80 columns."""
    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))
    styled = stream.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")
    return Terminal(width, styled, styled and not os.environ.get("NO_COLOR"))


def prepare() -> None:
    """Lets the standard streams take any text: what an old terminal cannot show becomes `?`.

    A stream that was closed before the program began takes it too.
    """
    nowhere = Path(os.devnull)
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def complain(name: str, message: str) -> None:
    """Says on standard error what is wrong with something that the user named."""
    _tell(f"{harmless(name)}: " if name else "", message, mark="✗")


def note(message: str) -> None:
    """Says something on standard error that the user may want to know."""
    _tell("", message)


def _tell(name: str, message: str, mark: str = "") -> None:
    message = harmless(message)
    if terminal(sys.stderr).styled:
        from rich.console import Console as RichConsole

        _tell_styled(RichConsole(stderr=True), name, message, mark)
    else:
        sys.stderr.write(f"{mark} {name}{message}".lstrip() + "\n")
        sys.stderr.flush()


def _tell_styled(console: RichConsole, name: str, message: str, mark: str) -> None:
    from rich.text import Text

    parts = [(f"{mark} ", "bold red"), (name, "bold"), (message, "")]
    console.print(Text.assemble(*((text, style) for text, style in parts if text.strip())))


class _Raw:
    """Finished text, which rich is to pass on as it is."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __rich_console__(self, console: RichConsole, options: ConsoleOptions) -> RenderResult:
        from rich.segment import Segment

        yield Segment(self.text)


class Desk:
    """The one place where results and problems of a long run come out, with a progress bar.

    The bar stands on a terminal, for more than one file or, where `total` is `None`, for a number
    that `expect` tells later. Where the results go to the same terminal, they scroll by above it.
    """

    def __init__(self, total: int | None, *, results: bool, doing: str = "") -> None:
        self._stdout: IO[bytes] = sys.stdout.buffer
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._shared = results and sys.stdout.isatty()
        several = total is None or total > 1
        if several and terminal(sys.stdout if self._shared else sys.stderr).styled:
            self._progress = _bar(stderr=not self._shared)
            self._task = self._progress.add_task(doing or say("Læser", "Reading"), total=total)

    def __enter__(self) -> Self:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress:
            self._progress.stop()

    def result(self, pieces: Iterable[bytes]) -> None:
        """Writes a text (UTF-8, in pieces) on standard output."""
        if not self._shared:
            self._stdout.writelines(pieces)
            return
        text = b"".join(pieces).decode("utf-8")
        if self._progress:
            self._progress.console.print(_Raw(text), end="", soft_wrap=True)
        else:
            sys.stdout.write(text)

    def problem(self, name: str, message: str) -> None:
        """Says on standard error what is wrong with a file."""
        if self._progress:
            named = f"{harmless(name)}: "
            _tell_styled(self._progress.console, named, harmless(message), "✗")
        else:
            if not self._shared:
                self._stdout.flush()
            complain(name, message)

    def expect(self, total: int) -> None:
        """Tells how many there are in all."""
        if self._progress and self._task is not None:
            self._progress.update(self._task, total=total)

    def advance(self, count: int = 1) -> None:
        """Counts files as done."""
        if self._progress and self._task is not None:
            self._progress.advance(self._task, count)


def _bar(*, stderr: bool) -> Progress:
    from rich.console import Console as RichConsole
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=RichConsole(stderr=stderr),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
