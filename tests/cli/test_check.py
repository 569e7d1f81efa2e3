"""`sagsgang check` as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TEXT = """# Referat

Lindvig Kommune

Jobudvalget

Onsdag den 4. marts 2026

## 1. Indsats for ledige

**Sagsfremstilling**

Svaret kommer den 31. juni 2026. Se punkt 14.

**Beslutning**

Godkendt.
"""


def _check(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sagsgang", "check", "--language", "da", *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_what_is_wrong_is_told_by_item(tmp_path: Path) -> None:
    file = tmp_path / "referat.md"
    file.write_text(TEXT, encoding="utf-8")
    done = _check(str(file))
    assert done.returncode == 1
    assert "Punkt 1 Indsats for ledige" in done.stdout
    assert "✗ Fejl: Datoen findes ikke" in done.stdout
    assert "! Se efter: Der er intet punkt 14" in done.stdout
    assert done.stderr == ""


def test_warnings_alone_are_no_failure(tmp_path: Path) -> None:
    file = tmp_path / "referat.md"
    file.write_text(TEXT.replace("31. juni", "30. juni"), encoding="utf-8")
    assert _check(str(file)).returncode == 0


def test_data_for_other_programs(tmp_path: Path) -> None:
    file = tmp_path / "referat.md"
    file.write_text(TEXT, encoding="utf-8")
    data = json.loads(_check(str(file), "--format", "json").stdout)
    assert [one["code"] for one in data["remarks"]] == ["date_impossible", "reference_missing"]


def test_a_file_that_cannot_be_read_is_told_and_the_rest_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    done = _check(str(tmp_path))
    assert done.returncode == 1
    assert "b.pdf" in done.stderr
    assert "Punkt 1" in done.stdout


def test_nothing_to_read_is_refused() -> None:
    done = _check()
    assert done.returncode == 2
    assert "Nævn mindst én fil" in done.stderr
