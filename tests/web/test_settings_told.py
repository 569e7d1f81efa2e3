"""Every setting of the environment is told of in the guide, and none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
GUIDE = PROJECT / "docs" / "da" / "driv-webstedet.md"
NAME = re.compile(r"\b(?:SAGSGANG_[A-Z_]+|DATABASE_URL)\b")


def test_the_guide_names_each_setting() -> None:
    code = "\n".join(file.read_text("utf-8") for file in (PROJECT / "src").rglob("*.py"))
    read = set(re.findall(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"", code))
    ours = {name for name in read if NAME.fullmatch(name)}
    assert set(re.findall(r"^\| `([A-Z_]+)`", GUIDE.read_text("utf-8"), re.MULTILINE)) == ours
