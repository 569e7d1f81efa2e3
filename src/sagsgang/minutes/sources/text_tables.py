"""Tables in Markdown and plain text: lines of tab-separated cells, or of pipes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .text_lines import list_mark, words_of

Rows = tuple[tuple[str, ...], ...]

_PIPE_RULE: Final = re.compile(r"[\s:|-]+$")
_FEW_CELLS: Final = 3


def has_leaders(line: str) -> bool:
    """Whether a line ends in dots and a page number, as those of a table of contents do."""
    return "..." in line and line.rstrip().rstrip("0123456789").rstrip().endswith("...")


def tab_rows(lines: Sequence[str], first: int) -> Rows:
    """The rows of tab-separated cells that stand from line `first` on, or none.

    A lone line with one tab is a label and its value, and so is a numbered one: no table.
    """
    rows: list[tuple[str, ...]] = []
    for index in range(first, len(lines)):
        line = lines[index]
        if "\t" not in line or has_leaders(line):
            break
        cells = tuple(cell_text(cell) for cell in line.split("\t"))
        if len(cells) == 2 and list_mark(line.strip())[0]:
            break
        rows.append(cells)
    if len(rows) == 1 and len(rows[0]) < _FEW_CELLS:
        return ()
    return tuple(rows)


def pipe_rows(lines: Sequence[str], first: int) -> tuple[int, Rows]:
    """How many lines of pipes stand from line `first` on, and their rows of cells."""
    rows: list[tuple[str, ...]] = []
    end = first
    while end < len(lines) and (body := lines[end].strip()).startswith("|"):
        end += 1
        if not is_pipe_rule(body):
            cells = body.replace("\\|", "\0").strip("|").split("|")
            rows.append(tuple(cell_text(cell.replace("\0", "|")) for cell in cells))
    return end - first, tuple(rows)


def is_pipe_rule(body: str) -> bool:
    """Whether a line only parts a table's header from its rows: `|---|:--|`."""
    return _PIPE_RULE.match(body) is not None


def cell_text(text: str) -> str:
    """A cell's text without the marks of bold that spans it."""
    body = text.strip()
    return words_of(body)[0] if body else ""
