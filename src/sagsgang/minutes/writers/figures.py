"""What a printed table shows by more than words: columns of figures, and lines of totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_FIGURE: Final = re.compile(
    r"[-–+±(]?\s?(?:kr\.? ?)?\d[\d., \u00a0]*\s?(?:%|pct\.?|kr\.?|mio\.?|,-)?\)?"
)
_TOTAL: Final = re.compile(r"(?:i alt|ialt|total|sum|samlet)\b", re.IGNORECASE)


def holds_figures(cells: Sequence[str]) -> bool:
    """Whether a column, without its header, holds figures alone."""
    filled = [cell.strip("* ") for cell in cells if cell.strip("* -–")]
    return bool(filled) and all(_FIGURE.fullmatch(cell) for cell in filled)


def is_total(first: str) -> bool:
    """Whether a row is one of totals, by its first cell."""
    return _TOTAL.match(first.strip("* ")) is not None
