"""From what the user named to the documents to read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.cli.gathering import file_name, gather


def filled(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    return folder


def found(*arguments: str | Path) -> list[str]:
    return [document.relative for document in gather(map(str, arguments)).documents]


def test_a_folder_is_read_with_its_subfolders_sorted_by_name(tmp_path: Path) -> None:
    filled(tmp_path, "b.pdf", "a/2.txt", "a/1.html", "c/d/e.docx")
    assert found(tmp_path) == ["a/1.html", "a/2.txt", "b.pdf", "c/d/e.docx"]


def test_what_is_never_minutes_is_passed_over_in_a_folder(tmp_path: Path) -> None:
    filled(
        tmp_path, "referat.pdf", "logo.PNG", "x.py", "x.pyc", "pyproject.toml", "side.css",
        "app.js", ".skjult.txt", ".git/config.txt", "__pycache__/a.txt", "~$ferat.docx",
        "Thumbs.db", "tal.xlsx",
    )  # fmt: skip
    assert found(tmp_path) == ["referat.pdf"]


def test_a_file_that_is_named_outright_is_always_tried(tmp_path: Path) -> None:
    filled(tmp_path, "x.py", ".skjult.txt")
    assert found(tmp_path / "x.py", tmp_path / ".skjult.txt") == ["x.py", ".skjult.txt"]


def test_endings_that_are_unknown_are_tried(tmp_path: Path) -> None:
    filled(tmp_path, "referat", "referat.xyz", "Referat af 18.6.2025")
    assert len(found(tmp_path)) == 3


def test_each_document_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, "a.txt", "b.txt")
    monkeypatch.chdir(tmp_path)
    assert found("b.txt", ".", "./b.txt", tmp_path / "a.txt") == ["b.txt", "a.txt"]


def test_a_link_back_up_does_not_lead_in_a_ring(tmp_path: Path) -> None:
    filled(tmp_path, "a/referat.txt")
    (tmp_path / "a" / "op").symlink_to(tmp_path, target_is_directory=True)
    assert found(tmp_path) == ["a/referat.txt"]


def test_things_that_are_no_files_are_passed_over_in_a_folder(tmp_path: Path) -> None:
    filled(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "findes-ikke")
    assert found(tmp_path) == ["a.txt"]


def test_sizes_are_known(tmp_path: Path) -> None:
    filled(tmp_path, "a.txt")
    [document] = gather([str(tmp_path)]).documents
    assert document.size == 1


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    filled(tmp_path, "logo.png")
    documents, [problem] = gather([str(tmp_path)])
    assert documents == []
    assert problem == (str(tmp_path), "Der er ingen dokumenter i mappen.")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may open every folder")
def test_a_closed_folder_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    filled(tmp_path, "a.txt", "lukket/b.txt")
    (tmp_path / "lukket").chmod(0)
    try:
        documents, [problem] = gather([str(tmp_path)])
    finally:
        (tmp_path / "lukket").chmod(0o700)
    assert [document.relative for document in documents] == ["a.txt"]
    assert "ikke lov" in problem.message


def test_what_is_told_to_be_passed_over_is(tmp_path: Path) -> None:
    filled(tmp_path, "a.txt", "ud/a.json")
    gathered = gather([str(tmp_path)], but_not={str(tmp_path / "ud" / "a.json")})
    assert [document.relative for document in gathered.documents] == ["a.txt"]


@pytest.mark.parametrize("address", ["https://lindvig.dk/a.pdf", "HTTP://lindvig.dk/a.pdf"])
def test_web_addresses_are_documents(address: str) -> None:
    [document] = gather([address]).documents
    assert document[:3] == (address, address, "a.pdf")


@pytest.mark.parametrize(
    "address", ["file:///etc/hosts", "ftp://lindvig.dk/a.pdf", "data:text/plain,x", "file:x"]
)
def test_other_addresses_are_refused(address: str) -> None:
    documents, [problem] = gather([address])
    assert documents == []
    assert problem.name == address
    assert "https://" in problem.message


def test_a_file_with_a_colon_in_its_name_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, "Punkt: ledighed.txt", "file:x")
    monkeypatch.chdir(tmp_path)
    assert found("Punkt: ledighed.txt", "file:x") == ["Punkt: ledighed.txt", "file:x"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://lindvig.dk/referater/2025/juni.pdf?v=2#side=3", "juni.pdf"),
        ("https://lindvig.dk/m%C3%B8de%201.pdf", "møde 1.pdf"),
        ("https://lindvig.dk/referater/", "referater"),
        ("https://lindvig.dk", "lindvig.dk"),
        ("https://lindvig.dk/..%2F..%2Fetc%2Fpasswd", "..-..-etc-passwd"),
        ("https://lindvig.dk/a%00b%0Ac", "a-b-c"),
    ],
)
def test_a_document_from_the_web_is_called_by_the_end_of_its_address(
    address: str, name: str
) -> None:
    assert file_name(address) == name


@given(st.text(st.characters(exclude_characters="\0"), max_size=60))
def test_any_argument_gives_a_document_or_a_problem(argument: str) -> None:
    if argument and not Path(argument).is_absolute() and not os.path.isdir(argument):  # noqa: PTH112
        documents, problems = gather([argument])
        assert len(documents) + len(problems) == 1
