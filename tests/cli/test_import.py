"""`sagsgang import`, as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Finished, Sagsgang, Write

SOURCES = (
    "import sagsgang.web; sagsgang.web.ready()\n"
    "from sagsgang.archive.models import Source\n"
    "print(*Source.objects.values_list('name', flat=True))"
)


@pytest.fixture
def imported(apart: Sagsgang, own_archive: Path) -> Sagsgang:
    """Runs `sagsgang import` on an archive of the test's own."""

    def run(*arguments: str | Path, **environment: str) -> Finished:
        return apart("import", *arguments, **environment)

    return run


def test_a_folder_is_imported_once(imported: Sagsgang, write: Write, desk: Path) -> None:
    for number in range(3):
        path = write(f"referater/{number}.md", number)
        path.write_text(path.read_text("utf-8").replace("18. juni", f"{number + 1}. juni"), "utf-8")
    first = imported("referater")
    assert first == (0, "", "3 dokumenter: 3 nye, 0 ændrede, 0 uændrede.\n")
    assert imported("referater").err == "3 dokumenter: 0 nye, 0 ændrede, 3 uændrede.\n"
    told = imported("referater", "--language", "en").err
    assert told == "3 documents: 0 new, 0 changed, 3 unchanged.\n"


def test_what_is_not_in_the_archive_is_told(imported: Sagsgang, write: Write) -> None:
    write("a.md")
    path = write("b.md")
    path.write_text("Hverken kommune eller udvalg", "utf-8")
    done = imported("a.md", "b.md", "findes-ikke.md")
    assert done.status == 1
    lines = done.err.splitlines()
    assert lines[0].startswith("✗ findes-ikke.md: Filen findes ikke.")
    assert lines[1].startswith("✗ b.md: ")
    assert lines[2] == "3 dokumenter: 1 nye, 0 ændrede, 0 uændrede, 2 ikke lagt i arkivet."


def test_a_folder_that_has_shrunk_is_refused_until_that_is_accepted(
    imported: Sagsgang, write: Write, desk: Path
) -> None:
    for number in range(4):
        write(f"referater/{number}.md", number)
    assert imported("referater").status == 0
    for number in range(1, 4):
        (desk / f"referater/{number}.md").unlink()
    refused = imported("referater")
    assert refused.status == 2
    assert "Der er 1 dokument nu, og der var 4" in refused.err
    assert imported("referater", "--accept-shrink").status == 0


def test_a_folder_with_nothing_in_it_is_no_source(
    imported: Sagsgang, write: Write, desk: Path
) -> None:
    (desk / "tom").mkdir()
    write("fuld/a.md")
    done = imported("fuld", "tom")
    assert done.status == 1
    assert "Der er ingen dokumenter i mappen." in done.err
    asked = [sys.executable, "-c", SOURCES]
    assert subprocess.check_output(asked, text=True).split() == ["fuld"]


def test_several_processes_read_and_the_archive_itself_is_passed_over(
    imported: Sagsgang, write: Write, own_archive: Path
) -> None:
    for number in range(1, 28):
        path = write(f"{number}.md", number)
        path.write_text(path.read_text("utf-8").replace("18. juni", f"{number}. juni"), "utf-8")
    done = imported(".", "--jobs", "2")
    assert own_archive.parent == Path.cwd()
    assert done.err == "27 dokumenter: 27 nye, 0 ændrede, 0 uændrede.\n"


def test_what_read_writes_can_be_imported_line_by_line(
    imported: Sagsgang, sagsgang: Sagsgang, write: Write, desk: Path
) -> None:
    write("a.md")
    written = sagsgang("read", "a.md", "--format", "json").out
    other = json.loads(written) | {"date": "2025-07-02"}
    (desk / "alt.jsonl").write_text(written + json.dumps(other) + "\n", "utf-8")
    assert imported("alt.jsonl").err == "2 dokumenter: 2 nye, 0 ændrede, 0 uændrede.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Nævn mindst én fil eller mappe. Se sagsgang import --help."),
        (["https://lindvig.dk/"], "Et websted hentes med sagsgang harvest."),
        (["a.md", "--jobs", "0"], "--jobs skal være mindst 1."),
    ],
)
def test_a_wrong_command_is_refused(imported: Sagsgang, arguments: list[str], message: str) -> None:
    done = imported(*arguments)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
