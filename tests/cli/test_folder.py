"""The folder that `--out` names: its files' names, and what is already there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.cli.folder import Folder, write
from sagsgang.cli.gathering import Document
from sagsgang.cli.manifest import MANIFEST, Stamp
from sagsgang.cli.refusal import Refusal


def documents(*relatives: str) -> list[Document]:
    return [Document(f"/ind/{relative}", relative, relative) for relative in relatives]


def names(folder: Folder, *relatives: str) -> list[str]:
    return folder.names(documents(*relatives), ".json")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder.open(tmp_path / "ud", "json")


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relative", "name"),
    [
        ("juni.pdf", "juni.json"),
        ("2025/juni.docx", "2025/juni.json"),
        ("juni", "juni.json"),
        ("Møde d. 18.6", "Møde d. 18.6.json"),
        ("Møde d. 18. juni 2025", "Møde d. 18. juni 2025.json"),
        ("../../juni.pdf", "juni.json"),
        (".skjult.txt", "skjult.json"),
        ("...", "dokument.json"),
    ],
)
def test_a_file_is_called_by_its_documents_path(folder: Folder, relative: str, name: str) -> None:
    assert names(folder, relative) == [name]


def test_documents_of_one_name_keep_their_own_endings(folder: Folder) -> None:
    assert names(folder, "juni.docx", "maj.pdf", "Juni.pdf") == [
        "juni.docx.json",
        "maj.json",
        "Juni.pdf.json",
    ]


def test_where_that_is_not_enough_they_are_numbered(folder: Folder) -> None:
    ind = [Document(f"/{place}/juni.pdf", "", "juni.pdf") for place in "abc"]
    assert folder.names(ind, ".md") == ["juni.pdf.md", "juni.pdf-2.md", "juni.pdf-3.md"]


def test_a_document_keeps_the_name_that_it_has_got(folder: Folder) -> None:
    [name] = names(folder, "juni.pdf")
    folder.record(name, documents("juni.pdf")[0], Stamp(1, 1, "a"))
    assert names(folder, "juni.docx", "juni.pdf") == ["juni.docx.json", "juni.json"]


def test_no_file_takes_the_place_of_a_document(tmp_path: Path) -> None:
    folder = Folder.open(tmp_path, "markdown")
    source = str(tmp_path / "juni.md")
    assert folder.names([Document(source, source, "juni.md")], ".md") == ["juni.md.md"]


@given(st.lists(st.text(min_size=1, max_size=12), max_size=12))
def test_names_are_different_and_stay_in_the_folder(relatives: list[str]) -> None:
    folder = Folder(Path("ud"), "json")
    given_names = folder.names(
        [Document(f"/{place}", "", relative) for place, relative in enumerate(relatives)], ".json"
    )
    assert len({name.casefold() for name in given_names}) == len(relatives)
    for name in given_names:
        path = PurePosixPath(name)
        assert not path.is_absolute()
        assert not any(part.startswith(".") for part in path.parts)


# --- what is there ---------------------------------------------------------------------------


def read(folder: Folder, source: Path, name: str = "juni.json") -> Document:
    """A document that has been read to the folder, and the manifest saved."""
    document = Document(str(source), source.name, source.name)
    (folder.path / name).write_text("{}", "utf-8")
    stat = source.stat()
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    folder.record(name, document, Stamp(stat.st_size, stat.st_mtime_ns, sha256))
    folder.save()
    return document


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "juni.txt"
    path.write_text("Godkendt.", "utf-8")
    return path


def test_an_unchanged_document_is_done_in_the_next_run_too(folder: Folder, source: Path) -> None:
    document = read(folder, source)
    assert folder.is_done("juni.json", document)
    assert Folder.open(folder.path, "json").is_done("juni.json", document)


def test_a_document_with_another_text_is_not_done(folder: Folder, source: Path) -> None:
    document = read(folder, source)
    stat = source.stat()
    source.write_text("Forkastet", "utf-8")
    assert not folder.is_done("juni.json", document)
    source.write_text("Godkendt, med en bemærkning.", "utf-8")
    os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert not folder.is_done("juni.json", document)


def test_a_document_that_only_has_a_new_time_is_done(folder: Folder, source: Path) -> None:
    document = read(folder, source)
    os.utime(source, ns=(1, 1))
    assert folder.is_done("juni.json", document)
    folder.save()
    entry = json.loads((folder.path / MANIFEST).read_text())["files"]["juni.json"]
    assert entry["mtime_ns"] == 1


def test_a_document_whose_file_is_gone_is_not_done(folder: Folder, source: Path) -> None:
    document = read(folder, source)
    (folder.path / "juni.json").unlink()
    assert not folder.is_done("juni.json", document)


def test_other_options_or_another_document_is_not_done(folder: Folder, source: Path) -> None:
    document = read(folder, source)
    assert not Folder.open(folder.path, "json, explain").is_done("juni.json", document)
    assert not folder.is_done("juni.json", document._replace(source=f"{source}.bak"))
    assert not folder.is_done("maj.json", document)


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"format": 2, "files": {}}',
        b'{"format": 1}',
        b'{"format": 1, "files": []}',
        b'{"format": 1, "files": {"a.json": 1}}',
        b'{"format": 1, "files": {"a.json": {"size": "stor"}}}',
        b"[" * 100_000,
    ],
    ids=lambda manifest: manifest[:40].decode("latin-1"),
)
def test_a_manifest_that_cannot_be_read_counts_for_nothing(folder: Folder, manifest: bytes) -> None:
    (folder.path / MANIFEST).write_bytes(manifest)
    assert Folder.open(folder.path, "json").entries == {}


def test_a_manifest_cannot_lead_out_of_the_folder(folder: Folder, source: Path) -> None:
    read(folder, source)
    path = folder.path / MANIFEST
    path.write_text(path.read_text().replace('"juni.json"', '"../juni.json"'))
    assert Folder.open(folder.path, "json").entries == {}


def test_the_manifest_is_saved_now_and_then(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    folder = Folder(folder.path, "json", _saved=0.0)
    [document] = documents("a")
    saved = []
    for second in range(10):
        now[0] = float(second)
        folder.record(f"{second}.json", document, Stamp(1, 1, "a"))
        saved.append(len(Folder.open(folder.path, "json").entries))
    assert saved == [0, 0, 0, 4, 4, 4, 7, 7, 7, 10]


def test_nothing_is_written_where_nothing_has_changed(folder: Folder) -> None:
    folder.save()
    assert not (folder.path / MANIFEST).exists()


def test_a_file_is_not_a_folder(source: Path) -> None:
    with pytest.raises(Refusal, match="er en fil"):
        Folder.open(source, "json")


# --- writing ---------------------------------------------------------------------------------


def test_writing_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.json"
    write(path, [b"old"])

    def half() -> Iterator[bytes]:
        yield b"n"
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write(path, half())
    assert path.read_bytes() == b"old"
    write(path, [b"n", b"ew"])
    assert path.read_bytes() == b"new"
    assert [one.name for one in path.parent.iterdir()] == ["b.json"]
