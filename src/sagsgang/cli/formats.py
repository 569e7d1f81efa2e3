"""`sagsgang formats`: what can be read."""

from __future__ import annotations

import sys

from .console import terminal
from .language import say, spoken


def formats() -> int:
    """The exit status, after the formats have been listed on standard output."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ..minutes.sources import FORMATS

    shown = terminal(sys.stdout)
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(3):
        grid.add_column()
    for one in FORMATS:
        grid.add_row(
            Text(one.name, "bold"),
            Text(" ".join(one.endings)),
            Text(one.english if spoken() == "en" else one.danish),
        )
    console = Console(width=shown.width, no_color=not shown.coloured, highlight=False)
    console.print(grid)
    console.print()
    console.print(
        say(
            "Formatet findes ud fra indholdet, så en forkert endelse gør ikke noget.",
            "The format is found from the content, so a wrong ending does no harm.",
        )
    )
    return 0
