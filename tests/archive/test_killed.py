"""Killed at any moment, and a disk that is full: the old state or the new, and the next run goes on."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from .processes import command, content, started

pytestmark = [
    pytest.mark.usefixtures("unmeasured"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="watches the file of SQLite"),
    pytest.mark.skipif(os.name != "posix", reason="kill -9"),
]

# Several of the groups that are written at once.
DOCUMENTS = 160
TEXT = """\
# Lindvig Kommune

## {body}

Referat

den {day}. {month} 2025 kl. 15:00

Medlemmer: Karin Østergaard (A), Jens Mølgaard (V)

## 1. Godkendelse af dagsorden

### Beslutning

Godkendt.

## 2. Indsats for langtidsledige {number}

Sagsnr.: 15.20.00-A00-{number}-25

### Sagsfremstilling

{text}

### Beslutning

Udvalget tiltrådte indstillingen.
"""
MONTHS = "januar februar marts april maj juni juli august september oktober".split()
WORDS = (
    "flere ledige er kommet i job efter en indsats i kommunens jobcenter siden sidste år".split()
)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of documents, long enough to read that a run can be killed on the way."""
    folder = tmp_path_factory.mktemp("documents")
    chance = random.Random(1)
    for number in range(DOCUMENTS):
        text = " ".join(chance.choices(WORDS, k=1500)).capitalize() + "."
        body = ("Beskæftigelsesudvalget", "Socialudvalget")[number % 2]
        day, month = number % 28 + 1, MONTHS[number // 28]
        written = TEXT.format(body=body, day=day, month=month, number=number, text=text)
        (folder / f"{number:03}.md").write_text(written, "utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, documents: Path) -> Path:
    """An archive that all of them were imported to, without trouble."""
    folder = tmp_path_factory.mktemp("whole") / "archive"
    done = command("import", documents, "--data", folder)
    assert done.status == 0, done.err
    return folder


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """Where an archive is to be made."""
    return tmp_path / "archive"


@pytest.fixture
def archive(nowhere: Path, empty_archive: Path) -> Path:
    """An archive with nothing in it yet."""
    return Path(shutil.copytree(empty_archive, nowhere))


def count(archive: Path, table: str = "archive_publication") -> int:
    """How many rows a table has, as another program sees it; 0 where it is not there yet."""
    file = archive / "sagsgang.sqlite3"
    if not file.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=600)) as database:
            return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def killed(process: subprocess.Popen[str], when: Callable[[], bool], within: float = 0) -> bool:
    """Whether a command came to a point; it was killed there, or at most so many seconds later.

    On a busy machine it may have been done by then.
    """
    while not when():
        if process.poll() is not None:
            process.communicate()
            return False
        time.sleep(0.003)
    time.sleep(random.uniform(0, within))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return True


def is_clean(archive: Path) -> bool:
    done = command("check-archive", "--data", archive)
    assert done.status == 0, done.err
    return True


def said(archive: Path) -> dict[str, int]:
    """How many rows there are of what documents say."""
    counted = content(archive)
    names = (
        "Publication",
        "Meeting",
        "Item",
        "Case",
        "Person",
        "Spelling",
        "Membership",
        "Present",
    )
    return {name: counted[name][0] for name in names}


def test_an_import_that_is_killed_again_and_again_comes_to_its_end(
    documents: Path, archive: Path, whole: Path
) -> None:
    for least in (1, DOCUMENTS // 3, DOCUMENTS * 2 // 3):
        process = started("import", documents, "--data", archive, "--jobs", "2")
        assert killed(process, lambda least=least: count(archive) >= least, within=0.05)
        assert least <= count(archive)
        is_clean(archive)
    done = command("import", documents, "--data", archive)
    assert done.status == 0, done.err
    assert is_clean(archive)
    assert said(archive) == said(whole)


def test_an_import_that_is_killed_before_it_has_begun_harms_nothing(
    documents: Path, nowhere: Path
) -> None:
    process = started("import", documents, "--data", nowhere)
    assert killed(process, nowhere.exists, within=0.5)
    assert command("import", documents / "000.md", "--data", nowhere).status == 0


def test_a_run_that_was_killed_is_seen_to_have_no_end(documents: Path, archive: Path) -> None:
    process = started("import", documents, "--data", archive, "--jobs", "1")
    assert killed(process, lambda: count(archive) >= 3)
    with closing(sqlite3.connect(archive / "sagsgang.sqlite3")) as database:
        run = database.execute("SELECT ended_at, complete FROM archive_run").fetchall()
    assert run == [(None, 0)]


def test_a_backup_that_is_killed_leaves_the_one_before_it(whole: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.zip"
    assert command("backup", file, "--data", whole).status == 0
    before = file.read_bytes()
    for left in (".copy.zip.database.part", ".copy.zip.part"):
        process = started("backup", file, "--data", whole)
        killed(process, (tmp_path / left).exists)
        # Either the one before, or a new one that was whole by then.
        if file.read_bytes() != before:
            assert command("restore", file, "--data", tmp_path / left.strip(".")).status == 0
    assert command("backup", file, "--data", whole).status == 0
    assert file.read_bytes() != before
    assert command("restore", file, "--data", tmp_path / "other").status == 0
    assert content(tmp_path / "other") == content(whole)
    assert not list(tmp_path.glob(".*"))


def test_a_restore_that_is_killed_leaves_the_old_archive_or_the_new(
    whole: Path, documents: Path, archive: Path, tmp_path: Path
) -> None:
    file = tmp_path / "copy.zip"
    assert command("backup", file, "--data", whole).status == 0
    assert command("import", documents / "000.md", "--data", archive).status == 0
    for _ in range(2):
        process = started("restore", file, "--replace", "--data", archive)
        killed(process, lambda: bool(list(archive.glob(".restoring-*"))), within=0.03)
        assert count(archive) in (1, DOCUMENTS)
        is_clean(archive)
    assert command("restore", file, "--replace", "--data", archive).status == 0
    assert content(archive) == content(whole)
    assert not list(archive.glob(".restoring-*"))


def test_a_backup_made_during_an_import_is_whole(
    documents: Path, archive: Path, tmp_path: Path
) -> None:
    process = started("import", documents, "--data", archive, "--jobs", "1")
    while count(archive) < 5 and process.poll() is None:
        time.sleep(0.01)
    done = command("backup", tmp_path / "copy.zip", "--data", archive)
    assert done.status == 0, done.err
    _, err = process.communicate(timeout=6000)
    assert process.returncode == 0, err
    other = tmp_path / "other"
    assert command("restore", tmp_path / "copy.zip", "--data", other).status == 0
    assert 5 <= count(other) <= DOCUMENTS
    assert is_clean(other)
    assert count(archive) == DOCUMENTS


def no_larger_than(size: int) -> Callable[[], None]:
    """Lets a process write no file beyond a size, as on a disk that is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def cramped(size: int, *arguments: str | Path) -> tuple[int, str]:
    """Status and messages of a command whose files cannot grow."""
    process = started(*arguments, before=no_larger_than(size))
    _, err = process.communicate(timeout=6000)
    return process.returncode, err


def test_a_disk_that_fills_up_stops_an_import_with_a_sentence(
    documents: Path, archive: Path
) -> None:
    assert command("import", documents / "000.md", "--data", archive).status == 0
    size = (archive / "sagsgang.sqlite3").stat().st_size + 100_000
    status, err = cramped(size, "import", documents, "--data", archive, "--jobs", "1")
    assert status == 1
    assert "Der kan ikke skrives i databasen. Se efter, om disken er fuld" in err
    assert "Traceback" not in err
    assert is_clean(archive)
    assert count(archive) < DOCUMENTS
    assert command("import", documents, "--data", archive).status == 0
    assert count(archive) == DOCUMENTS


@pytest.mark.parametrize("portable", [[], ["--portable"]])
def test_a_backup_that_has_no_room_leaves_nothing(
    whole: Path, tmp_path: Path, portable: list[str]
) -> None:
    file = tmp_path / "copy.zip"
    file.write_bytes(b"the one before")
    status, err = cramped(50_000, "backup", file, "--data", whole, *portable)
    assert status == 1
    assert "isken er fuld" in err
    assert [path.name for path in tmp_path.iterdir()] == ["copy.zip"]
    assert file.read_bytes() == b"the one before"


def test_a_restore_that_has_no_room_changes_nothing(
    whole: Path, documents: Path, archive: Path, tmp_path: Path
) -> None:
    file = tmp_path / "copy.zip"
    assert command("backup", file, "--data", whole).status == 0
    assert command("import", documents / "000.md", "--data", archive).status == 0
    before = content(archive)
    status, err = cramped(600_000, "restore", file, "--replace", "--data", archive)
    assert status == 1
    assert "isken er fuld" in err
    assert content(archive) == before
    assert is_clean(archive)


def test_programs_that_begin_at_once_on_a_new_archive_do_not_disturb_one_another(
    nowhere: Path,
) -> None:
    processes = [started("held", "--data", nowhere) for _ in range(3)]
    assert [(process.communicate(timeout=600), process.returncode)[1] for process in processes] == [
        0, 0, 0,
    ]  # fmt: skip
    assert sorted(path.name for path in nowhere.glob("*key*")) == ["secret-key"]
    shutil.rmtree(nowhere)
