"""`sagsgang held`: the documents that are held back, and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .console import note, terminal
from .data import Data, ready
from .harmless import harmless
from .language import say

if TYPE_CHECKING:
    from ..archive.models import Held


def held(*, data: Data | None = None) -> int:
    """The exit status, after the documents have been listed on standard output."""
    ready(data)
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ..archive.models import Held

    waiting = list(Held.objects.order_by("held_at", "id"))
    if not waiting:
        note(say("Intet er holdt tilbage.", "Nothing is held back."))
        return 0
    shown = terminal(sys.stdout)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    for one in waiting:
        about = Text(harmless(one.title), "bold")
        for where in _places(one):
            about.append(f"\n{where}", "")
        grid.add_row(Text(str(one.pk), "cyan"), about)
    console = Console(width=shown.width, no_color=not shown.coloured, highlight=False)
    console.print(grid)
    note(
        say(
            "Ret dokumentet, og læg det i arkivet igen; eller frigiv det med sagsgang release.",
            "Mend the document, and import it again; or release it with sagsgang release.",
        )
    )
    return 0


def _places(one: Held) -> list[str]:
    """Where in the document the numbers stand, and how certain each find is."""
    return [
        f"{_item(finding['item'])}{harmless(finding['field'])}: {_certainty(finding['certainty'])}"
        for finding in one.findings
    ]


def _item(number: str | None) -> str:
    return say(f"punkt {harmless(number)}, ", f"item {harmless(number)}, ") if number else ""


def _certainty(grade: str) -> str:
    return {
        "certain": say("et CPR-nummer", "a CPR number"),
        "likely": say("sandsynligvis et CPR-nummer", "probably a CPR number"),
    }.get(grade, say("måske et CPR-nummer", "maybe a CPR number"))
