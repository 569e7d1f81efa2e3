"""What is wrong with the archive, in words."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """Something in the archive that is not as it shall be.

    `place` tells where: a page's address, or a table's name. `mends` is the meeting whose rows,
    made again, are rid of it; `None` where it takes a backup.
    """

    place: str
    danish: str
    english: str
    mends: int | None = None
