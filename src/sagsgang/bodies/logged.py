"""Changes that are written down by the working house's log, where there is one above.

Rows of this room are watched, and the archive writes them with each document that names somebody
new. Neither room knows the log; it says here how an action begins.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

Action = Callable[[str, str], AbstractContextManager[None]]
"""An action of the program's own, by its name and what it is done to."""

_beginning: Action = lambda _name, _subject: nullcontext()  # noqa: E731


def by(beginning: Action) -> None:
    """Lets a log write down what is done from now on."""
    global _beginning
    _beginning = beginning


def action(name: str, subject: str) -> AbstractContextManager[None]:
    """Something that the program does by itself, in one transaction where there is a log."""
    return _beginning(name, subject)
