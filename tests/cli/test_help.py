"""Help, version and messages about the command itself; `formats` and `schema`; a quick start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sagsgang as program
from sagsgang.minutes.schema import json_schema
from sagsgang.minutes.sources import FORMATS

from .conftest import Sagsgang, Write

DANISH_WORDS = {"Brug:", "Valg", "Argumenter", "mappe", "Vis denne hjælp."}
ENGLISH_WORDS = {"Usage:", "Options", "Arguments", "folder", "Show this help."}
OPTIONS = ("--format", "--explain", "--jobs", "--out", "--ocr", "--vocabulary", "--language")


def help_in(apart: Sagsgang, locale: str) -> str:
    pages = [apart("--help", LC_ALL=locale), apart("read", "--help", LC_ALL=locale)]
    assert [page.status for page in pages] == [0, 0]
    assert [page.err for page in pages] == ["", ""]
    return "".join(page.out for page in pages)


def test_help_is_danish(apart: Sagsgang) -> None:
    page = help_in(apart, "da_DK.UTF-8")
    assert all(word in page for word in (*DANISH_WORDS, *OPTIONS))
    assert not any(word in page for word in ENGLISH_WORDS)


def test_help_is_english_for_those_who_read_that(apart: Sagsgang) -> None:
    page = help_in(apart, "en_GB.UTF-8")
    assert all(word in page for word in (*ENGLISH_WORDS, *OPTIONS))
    assert not any(word in page for word in DANISH_WORDS)


def test_without_a_command_help_is_shown(sagsgang: Sagsgang) -> None:
    done = sagsgang()
    assert done.status == 0
    assert all(command in done.out for command in ("read", "formats", "schema"))


def test_the_version_is_told(sagsgang: Sagsgang) -> None:
    assert sagsgang("--version") == (0, f"sagsgang {program.__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["raed", "a.pdf"], "Kommandoen »raed« findes ikke. Mente du read?"),
        (["xyz"], "Kommandoen »xyz« findes ikke. Se sagsgang --help."),
        (["https://lindvig.dk/a.pdf"], "Mente du: sagsgang read https://lindvig.dk/a.pdf"),
        (["."], "Mente du: sagsgang read ."),
        (["read", "a.pdf", "--job", "2"], "--job findes ikke. Mente du --jobs?"),
        (["read", "a.pdf", "--xyzzy"], "--xyzzy findes ikke."),
        (["read", "a.pdf", "--jobs", "to"], "--jobs skal være et helt tal, ikke »to«."),
        (
            ["export", "--since", "2026-13-01"],
            "--since skal være en dag eller et tidspunkt, som 2026-03-04 eller 2026-03-04T15:30, "
            "ikke »2026-13-01«.",
        ),
        (["read", "a.pdf", "--jobs", "0"], "--jobs skal være mindst 1."),
        (["read", "a.pdf", "--jobs"], "--jobs mangler en værdi."),
        (["read", "a.pdf", "-j", "1", "-j", "2"], "-j er givet mere end én gang."),
        (
            ["read", "a.pdf", "--format", "odt"],
            "--format kan ikke være »odt«. Vælg mellem json, summary, markdown, html, pdf, docx, akn.",
        ),
        (["backup"], "FIL mangler en værdi."),
        (["release", "x"], "NUMMER skal være et helt tal, ikke »x«."),
        (["read"], "Nævn mindst én fil, mappe eller webadresse. Se sagsgang read --help."),
    ],
)
def test_a_command_that_is_wrongly_written_is_refused_with_a_sentence(
    sagsgang: Sagsgang, arguments: list[str], message: str
) -> None:
    assert sagsgang(*arguments) == (2, "", f"✗ {message}\n")


def test_refusals_are_english_for_those_who_read_that(
    sagsgang: Sagsgang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    done = sagsgang("read", "a.pdf", "--format", "odt")
    assert done.err == (
        "✗ --format cannot be “odt”. Choose between json, summary, markdown, html, pdf, docx, akn.\n"
    )


@pytest.mark.parametrize("locale", ["da_DK.UTF-8", "en_GB.UTF-8"])
def test_formats_lists_every_format_that_can_be_read(
    sagsgang: Sagsgang, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    done = sagsgang("formats")
    assert done.status == 0
    words = " ".join(done.out.split())
    for one in FORMATS:
        assert one.name in words
        assert all(ending in words for ending in one.endings)
        told = one.english if locale.startswith("en") else one.danish
        assert told.split()[0] in words


def test_the_schema_is_printed(sagsgang: Sagsgang) -> None:
    done = sagsgang("schema")
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out) == json_schema()


def modules_of(*arguments: str | Path) -> set[str]:
    """The modules that a command has imported when it is done, without those of coverage."""
    code = (
        "import sys; from sagsgang.cli import main; main(sys.argv[1:]); "
        "print(*sys.modules, file=sys.stderr)"
    )
    unmeasured = {name: value for name, value in os.environ.items() if "COV" not in name}
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=unmeasured,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=True,
    )
    return set(done.stderr.split())


def test_help_is_quick_because_it_reads_no_documents() -> None:
    loaded = modules_of("--help")
    assert "sagsgang.cli.app" in loaded
    assert not loaded & {
        "django",
        "sagsgang.minutes",
        "sagsgang.cli.read",
        "lxml",
        "pypdfium2",
        "docx",
    }


def test_a_text_is_read_without_what_other_documents_need(write: Write) -> None:
    loaded = modules_of("read", write("a.txt"))
    assert "sagsgang.minutes.sources.text" in loaded
    assert not loaded & {
        "docx", "multiprocessing", "nh3", "pypdfium2", "rich.console", "ssl", "urllib.request",
    }  # fmt: skip
