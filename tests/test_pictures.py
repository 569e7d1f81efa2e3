"""The pictures in the README and the documentation show what the program prints today.

`UPDATE_PICTURES=1 make test` draws them anew.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from sagsgang import samples
from sagsgang.cli.console import Terminal
from sagsgang.cli.summary import picture
from sagsgang.minutes import read

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDTH = 92

PAPER = TerminalTheme(
    (252, 251, 247),
    (28, 28, 30),
    [(28, 28, 30), (150, 32, 40), (24, 98, 56), (122, 84, 0), (20, 72, 140), (106, 40, 120), (0, 92, 104), (96, 96, 98)],
    [(84, 84, 88), (150, 32, 40), (24, 98, 56), (122, 84, 0), (20, 72, 140), (106, 40, 120), (0, 92, 104), (28, 28, 30)],
)  # fmt: skip

# As Rich's own frame, but with no font fetched from elsewhere.
FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>
{lines}
</defs>
<rect fill="#fcfbf7" stroke="#d8d5cc" x="0.1%" y="0.1%" width="99.8%" height="99.8%" rx="8" />
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def drawn(sample: Path, label: str) -> str:
    """The summary of a sample on a light terminal, as SVG."""
    printed = picture(read(sample), Terminal(WIDTH, True, True))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(printed))
    frame = FRAME.replace("{label}", label)
    svg = console.export_svg(title="", theme=PAPER, code_format=frame, unique_id="summary")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


@pytest.mark.parametrize(
    ("number", "name", "label"),
    [
        ("04", "summary.svg", "sagsgang read: et møde i Lindvig Kommune med afstemning, protokollat og et lukket punkt"),
        ("03", "summary-findings.svg", "sagsgang read: et møde i Lindvig Kommune med fund i tabeller og sagsgang"),
    ],
)  # fmt: skip
def test_the_picture_is_what_the_program_prints(
    number: str, name: str, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
    sample = next(path for path in samples.paths() if path.name.startswith(number))
    svg = drawn(sample, label)
    file = PICTURES / name
    if os.environ.get("UPDATE_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        file.write_text(svg, "utf-8")
    assert file.read_text("utf-8") == svg, "Draw the pictures anew: UPDATE_PICTURES=1 make test"
