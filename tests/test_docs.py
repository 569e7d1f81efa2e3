"""The documentation tells the truth: its examples are run, its pages and links hold together."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SAMPLES = PROJECT / "src" / "sagsgang" / "samples"
PAGES = sorted(
    page.relative_to(PROJECT).as_posix()
    for page in [*PROJECT.glob("docs/**/*.md"), PROJECT / "README.md"]
    if page.exists()
)
pytestmark = pytest.mark.usefixtures("unmeasured")
FENCE = re.compile(r"^(?P<indent> *)(?P<ticks>`{3,}) *(?P<language>[\w+-]*)")

# Every fenced block names one of these, so that no example is left unchecked by a slip.
RUN = {"python", "pycon", "console"}
SHOWN = {"json", "make", "text", "toml", "xml", "html", "markdown"}
# What a console block may show beside `sagsgang`; `make` is checked against the Makefile.
SETUP = {"cd", "git", "make", "pip", "python3", "sudo"}


class Example(NamedTuple):
    """A fenced block of a page, and the line that its text begins on (from 1)."""

    language: str
    text: str
    line: int


def examples(page: str) -> Iterator[Example]:
    """The fenced blocks of a page in order, also those inside lists and admonitions."""
    lines = (PROJECT / page).read_text(encoding="utf-8").splitlines()
    number = 0
    while number < len(lines):
        opening = FENCE.match(lines[number])
        number += 1
        if not opening:
            continue
        first = number
        while lines[number].strip() != opening["ticks"]:
            number += 1
        text = textwrap.dedent("\n".join(lines[first:number])) + "\n"
        yield Example(opening["language"], text, first + 1)
        number += 1


def commands(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the output that the page shows for it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def as_pattern(output: str) -> str:
    """A regular expression for printed output, where `…` stands for what the page leaves out.

    Alone on a line it stands for any lines, inside one for any text. A line that ends in `…`
    where the program itself prints that character matches too.
    """
    lines = []
    for line in output.rstrip().splitlines():
        if line.strip() == "…":
            lines.append(r"(?:.*\n)*?")
        else:
            parts = [re.escape(part) for part in line.rstrip().split("…")]
            lines.append(".*?".join(parts) + r"[ ]*\n")
    return "".join(lines)


def runs_of(page: str, language: str) -> bool:
    return any(example.language == language for example in examples(page))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader's folder, with the sample documents in it as `referater`; tests stand in it."""
    shutil.copytree(SAMPLES, tmp_path / "referater", ignore=shutil.ignore_patterns("*.py", "__*"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command: str, language: str) -> str:
    """What a command prints, on a plain terminal of 100 columns, in the page's language."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "DATABASE_URL": "",
        "LANGUAGE": language,
        "LC_ALL": "C.UTF-8",  # bash complains of a locale that the machine does not have
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
        "SAGSGANG_DATA": str(Path.cwd() / "arkiv"),
        "TERM": "dumb",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    return "".join(line.rstrip() + "\n" for line in done.stdout.rstrip().splitlines())


@pytest.mark.parametrize("page", PAGES)
def test_every_block_says_what_it_is(page: str) -> None:
    unknown = [
        f"{page}:{example.line}: {example.language or 'no language'}"
        for example in examples(page)
        if example.language not in RUN | SHOWN
    ]
    assert not unknown


@pytest.mark.parametrize("page", [page for page in PAGES if runs_of(page, "python")])
def test_python_examples_run(page: str, desk: Path) -> None:
    namespace: dict[str, object] = {"__name__": "__main__"}
    for example in examples(page):
        if example.language == "python":
            # Blank lines before the code make a traceback show the page's own line numbers.
            source = "\n" * (example.line - 1) + example.text
            exec(compile(source, PROJECT / page, "exec"), namespace)


@pytest.mark.parametrize("page", [page for page in PAGES if runs_of(page, "pycon")])
def test_python_sessions_print_what_they_show(page: str, desk: Path) -> None:
    parser = doctest.DocTestParser()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    namespace: dict[str, object] = {}
    for example in examples(page):
        if example.language == "pycon":
            test = parser.get_doctest(example.text, namespace, page, page, example.line - 1)
            assert test.examples, f"{page}:{example.line}: a session without >>>"
            report: list[str] = []
            runner.run(test, out=report.append, clear_globs=False)
            assert not report, "".join(report)
            namespace = test.globs


@pytest.mark.parametrize("page", [page for page in PAGES if runs_of(page, "console")])
def test_commands_print_what_they_show(page: str, desk: Path, project: Path) -> None:
    language = "da" if page.startswith("docs/da/") else "en"
    makefile = (project / "Makefile").read_text(encoding="utf-8")
    for example in examples(page):
        if example.language != "console":
            continue
        where = f"{page}:{example.line}"
        assert example.text.startswith("$ "), f"{where}: a console block begins with a command"
        for command, shown in commands(example.text):
            program, *arguments = command.split()
            if program == "sagsgang":
                printed = run(command, language)
                # No output shown: the page leaves it all out.
                assert not shown or re.fullmatch(as_pattern(shown), printed), (
                    f"{where}: $ {command}\n--- shown\n{shown}\n--- printed\n{printed}"
                )
            else:
                assert program in SETUP, f"{where}: {command} is never tried"
            if program == "make":
                target = arguments[0]
                assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), where


def test_an_ellipsis_stands_for_what_is_left_out() -> None:
    shown = "Læst: … filer\n…\nslut.\n"
    assert re.fullmatch(as_pattern(shown), "Læst: 5 filer\na\nb\nslut.\n")
    assert re.fullmatch(as_pattern(shown), "Læst: 5 filer\nslut.\n")
    assert not re.fullmatch(as_pattern(shown), "Læst: 5 filer\na\nslutx\n")
    assert not re.fullmatch(as_pattern(shown), "Læste 5 filer\nslut.\n")


def test_the_documentation_builds_without_a_warning(project: Path, tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", tmp_path],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    guide = (tmp_path / "da" / "kom-i-gang" / "index.html").read_text(encoding="utf-8")
    manual = (tmp_path / "en" / "architecture" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="da"' in guide
    assert '<html lang="en"' in manual
