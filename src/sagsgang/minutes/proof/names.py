"""Members' names that are nearly, but not quite, as the head of the document has them."""

from __future__ import annotations

from collections.abc import Iterator

from ..danish.names import find_persons, same_person
from ..model import Minutes
from ..words import Words
from .remark import Remark, passages


def check(minutes: Minutes) -> Iterator[Remark]:
    """One remark for each spelling in each item."""
    roster = [member.name for member in minutes.members]
    known = {name.lower() for name in roster}
    if not roster:
        return
    told: set[tuple[int, str]] = set()
    for item, place, text in passages(minutes):
        for name, _, _ in find_persons(text):
            near = [member for member in roster if same_person(name, member)]
            if name.lower() in known or len(near) != 1 or (id(item), name) in told:
                continue
            told.add((id(item), name))
            words = Words(
                f"Er det {near[0]}? Så er navnet stavet forkert her.",
                f"Is this {near[0]}? Then the name is misspelt here.",
            )
            yield Remark("name_misspelt", "warning", words, item, place, name)
