"""Backups: everything in one file, and back again whole or not at all."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from sagsgang import samples

from .processes import READY, Finished, command, content, program

sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the file of SQLite")

FILL = (
    READY
    + """
from sagsgang.archive import files
from sagsgang.archive.models import Enclosure, StoredFile
from django.conf import settings
stored = files.keep(b"et bilag")
files.keep(b"et lukket bilag", settings.WORKING_ROOT)
StoredFile.objects.create(sha256=stored, size=8, media_type="text/plain", text="\\u00e6 \\x01")
from sagsgang.archive.publishing import publish
from sagsgang.minutes import Item, Minutes
held = Minutes(items=(Item("1", "Sagen om cpr 010190-1234"),), municipality="Lindvig",
    committee="Socialudvalget", date="2026-01-02")
assert publish(held).result == "held"
from django.utils import timezone
from sagsgang.bodies.models import Municipality
from sagsgang.cases import log
from sagsgang.cases.models import Case, User
with log.action(None, "case.create", "cases.case:1"):
    user = User.objects.create(username="ida@lindvig.dk", is_staff=True)
    user.set_password("x")
    user.save()
    Case.objects.create(municipality=Municipality.objects.first(), number="1", title="Sag",
        officer=user, created_at=timezone.now())
"""
)


WHOLE = "Loggen er intakt, og alt er, som den siger.\n"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder (of SQLite) with something of everything."""
    folder = tmp_path_factory.mktemp("filled") / "archive"
    done = command("import", samples.folder(), "--data", folder, DATABASE_URL="")
    assert done.status == 0, done.err
    done = program(FILL, SAGSGANG_DATA=str(folder), DATABASE_URL="")
    assert done.status == 0, done.err
    return folder


@pytest.fixture
def archive(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which the test may do with as it likes."""
    monkeypatch.setenv("DATABASE_URL", "")
    return Path(shutil.copytree(filled, tmp_path / "archive"))


@pytest.fixture
def made(archive: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    file = tmp_path / "copy.zip"
    assert command("backup", file, "--data", archive).status == 0
    return file


def kept(folder: Path) -> dict[str, tuple[int, str]]:
    """The tables of an archive, but for what is new each time that the search is built."""
    new = ("SearchState", "SearchWord", "Edition")
    return {name: rows for name, rows in content(folder).items() if name not in new}


def restored(file: Path, folder: Path, *options: str) -> Finished:
    return command("restore", file, "--data", folder, *options)


@pytest.mark.parametrize("options", [[], ["--portable"]])
def test_everything_comes_back(archive: Path, tmp_path: Path, options: list[str]) -> None:
    file, other = tmp_path / "copy.zip", tmp_path / "other"
    (archive / "kle.xml").write_text("<Emneplan/>")
    done = command("backup", file, "--data", archive, *options)
    assert (done.status, done.out) == (0, "")
    assert "Pas lige så godt på filen som på datamappen." in done.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    done = restored(file, other)
    assert done.status == 0, done.err
    assert kept(other) == kept(archive)
    assert (archive / "log-heads").read_bytes()
    for name in ("secret-key", "kle.xml", "log-heads", "files", "working-files"):
        before, after = archive / name, other / name
        for path in [before, *before.rglob("*")]:
            if path.is_file():
                assert (after / path.relative_to(before)).read_bytes() == path.read_bytes()
    assert command("check-archive", "--data", other).status == 0
    assert command("audit", "verify", "--data", other).status == 0
    assert {path.name for path in tmp_path.iterdir()} == {"archive", "copy.zip", "other"}


def test_a_portable_backup_goes_into_the_database_that_is_in_use(
    filled: Path, no_archive: Path, tmp_path: Path
) -> None:
    file, again = tmp_path / "copy.zip", tmp_path / "again.zip"
    done = command("backup", file, "--portable", "--data", filled, DATABASE_URL="")
    assert done.status == 0, done.err
    done = command("restore", file)
    assert done.status == 0, done.err
    assert kept(no_archive) == kept(filled)
    assert command("check-archive").status == 0
    assert WHOLE in command("audit", "verify").err
    (tmp_path / "nyt.md").write_text(
        "# Lindvig Kommune\n\n## Socialudvalget\n\nReferat\n\nOnsdag den 18. juni 2025\n\n"
        "## 1. Godkendelse\n\n### Beslutning\n\nGodkendt.\n",
        "utf-8",
    )
    assert "1 nye" in command("import", tmp_path / "nyt.md").err
    assert command("backup", again, "--portable").status == 0
    assert command("restore", again).status == 2
    assert command("restore", again, "--replace").status == 0
    assert command("check-archive").status == 0
    assert WHOLE in command("audit", "verify").err


def test_an_archive_is_only_replaced_where_that_is_said(archive: Path, made: Path) -> None:
    before = content(archive)
    refused = restored(made, archive)
    assert refused.status == 2
    assert "Skal det erstattes, så kør igen med --replace." in refused.err
    program(
        READY + "from sagsgang.archive.models import Meeting; Meeting.objects.first().delete()",
        SAGSGANG_DATA=str(archive),
    )
    assert content(archive) != before
    assert restored(made, archive, "--replace").status == 0
    assert content(archive) == before


def spoil(file: Path, how: str) -> None:
    """Damages a backup."""
    data = bytearray(file.read_bytes())
    if how == "cut short":
        file.write_bytes(data[: len(data) // 2])
    elif how == "one byte":
        data[len(data) // 3] ^= 1
        file.write_bytes(data)
    elif how == "no zip":
        file.write_text("Kære kollega")
    else:
        _without(file, how)


def _without(file: Path, how: str) -> None:
    with zipfile.ZipFile(file) as zipped:
        entries = {name: zipped.read(name) for name in zipped.namelist()}
    manifest = json.loads(entries["manifest.json"])
    if how == "an entry is missing":
        del entries["secret-key"]
    elif how == "a path that leads out":
        manifest["entries"]["../../x"] = manifest["entries"]["secret-key"]
    elif how == "a newer format":
        manifest["format"] = 2
    elif how == "a newer database":
        manifest["migrations"].append("archive.0999_later")
    entries["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(file, "w") as zipped:
        for name, data in entries.items():
            zipped.writestr(name, data)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("cut short", "ikke en sikkerhedskopi fra Sagsgang, eller den er ikke hel"),
        ("one byte", "ikke en sikkerhedskopi fra Sagsgang, eller den er ikke hel"),
        ("no zip", "ikke en sikkerhedskopi fra Sagsgang, eller den er ikke hel"),
        ("an entry is missing", "ikke en sikkerhedskopi fra Sagsgang, eller den er ikke hel"),
        ("a path that leads out", "ikke en sikkerhedskopi fra Sagsgang, eller den er ikke hel"),
        ("a newer format", "er lavet af en nyere udgave af Sagsgang"),
        ("a newer database", "er lavet af en nyere udgave af Sagsgang"),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_is_changed(
    archive: Path, made: Path, how: str, message: str
) -> None:
    before = (archive / "sagsgang.sqlite3").read_bytes()
    spoil(made, how)
    done = restored(made, archive, "--replace")
    assert done.status == 2
    assert message in done.err
    assert (archive / "sagsgang.sqlite3").read_bytes() == before
    assert not list(archive.glob(".restoring*"))


def test_a_backup_replaces_the_one_before_it(archive: Path, made: Path) -> None:
    first = made.stat().st_ino
    made.with_name(f".{made.name}.part").write_text("left by one that was killed")
    made.with_name(f".{made.name}.database.part").write_text("left by one that was killed")
    assert command("backup", made, "--data", archive).status == 0
    assert made.stat().st_ino != first
    assert restored(made, made.parent / "other").status == 0
    assert {path.name for path in made.parent.iterdir()} == {"archive", "copy.zip", "other"}


def test_a_file_that_is_lost_is_told_and_the_rest_is_saved(archive: Path, tmp_path: Path) -> None:
    next(path for path in (archive / "files").rglob("*") if path.is_file()).unlink()
    done = command("backup", tmp_path / "copy.zip", "--data", archive)
    assert done.status == 1
    assert "1 bilagsfiler mangler i arkivet" in done.err
    assert restored(tmp_path / "copy.zip", tmp_path / "other").status == 0


@pytest.mark.parametrize("name", ["", "findes/ikke.zip"])
def test_a_place_that_is_no_place_for_a_file_is_refused(
    archive: Path, tmp_path: Path, name: str
) -> None:
    done = command("backup", tmp_path / name, "--data", archive)
    assert done.status == 2
    assert "Nævn en fil i en mappe, der er der." in done.err
