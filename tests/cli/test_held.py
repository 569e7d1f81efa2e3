"""`sagsgang held` and `sagsgang release`: what is held back, and who lets it out."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Sagsgang, Write


@pytest.fixture
def holding(apart: Sagsgang, own_archive: Path, write: Write) -> None:
    """An archive that holds a document back."""
    path = write("a.md")
    text = path.read_text("utf-8")
    path.write_text(text.replace("tog orienteringen", "tog sagen om cpr 010190-1234"), "utf-8")
    done = apart("import", "a.md")
    assert done.status == 1
    assert "sagsgang release 1 --by NAVN --why GRUND" in done.err
    assert done.err.splitlines()[-1].endswith("1 holdt tilbage.")


@pytest.mark.usefixtures("holding")
def test_what_is_held_back_is_listed_without_the_number_and_released_by_a_name(
    apart: Sagsgang,
) -> None:
    listed = apart("held")
    assert listed.status == 0
    assert "Beskæftigelsesudvalget, 2025-06-18" in listed.out
    assert "punkt 2, beslutningen: et CPR-nummer" in listed.out
    assert "010190" not in listed.out + listed.err
    refused = apart("release", "1", "--by", "Bo Hansen")
    assert (refused.status, refused.out) == (2, "")
    assert "--why" in refused.err
    assert apart("release", "7", "--by", "Bo", "--why", "Et journalnummer").status == 2
    done = apart("release", "1", "--by", "Bo Hansen", "--why", "Et journalnummer")
    assert done.status == 0
    assert "/lindvig/beskaeftigelsesudvalget/2025-06-18/version/1/" in done.err
    assert apart("held").err == "Intet er holdt tilbage.\n"
    assert apart("import", "a.md").err == "1 dokument: 0 nye, 0 ændrede, 1 uændrede.\n"


@pytest.mark.usefixtures("holding")
def test_what_was_corrected_since_is_not_released(apart: Sagsgang, write: Write) -> None:
    write("a.md")
    assert apart("import", "a.md").status == 0
    refused = apart("release", "1", "--by", "Bo Hansen", "--why", "Et journalnummer")
    assert (refused.status, refused.out) == (2, "")
    assert "rettet dokument" in refused.err
