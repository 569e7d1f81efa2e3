"""`sagsgang reindex`: builds the index of the search anew."""

from __future__ import annotations

from . import wording
from .console import Desk, note
from .data import Data, ready
from .language import say


def reindex(*, data: Data | None = None) -> int:
    """The exit status: 0 when the index was built; until then the old one answers."""
    ready(data)
    from ..archive.search import index

    with Desk(None, results=False, doing=say("Bygger søgeindekset", "Building the index")) as desk:
        steps = 0

        def tell(done: int, total: int) -> None:
            nonlocal steps
            desk.expect(total)
            desk.advance(done - steps)
            steps = done

        items = index.rebuild(tell)
    counted = wording.number(items, ("punkt", "punkter"), ("item", "items"))
    note(say(f"Søgeindekset er bygget: {counted}.", f"The index was built: {counted}."))
    return 0
