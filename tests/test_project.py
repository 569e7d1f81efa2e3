"""What holds for the project as a whole: one version, the layers, the licence, clean files."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import socket
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

import sagsgang

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "src" / "sagsgang"
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = (".ci", "bench", "bin", "docs", "src", "tests")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/(?!anonymous)")
EMPTY_NAMES = re.compile(r"(?:utils?|helpers?|common|misc|managers?|services?)(?:\.py)?")


def files() -> Iterator[Path]:
    """Every file of the project: what lies in its folders and, beside them, at its root."""
    for folder in FOLDERS:
        for path in (PROJECT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
    for path in PROJECT.iterdir():
        if path.is_file() and not path.name.startswith((".coverage", ".git")):
            yield path


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def rooms() -> set[str]:
    """The rooms of the house that exist: the packages and modules right under `sagsgang`."""
    return {
        path.stem
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or any(path.glob("*.py"))
        if not path.name.startswith("__")
    }


def test_the_version_stands_in_one_place() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", sagsgang.__version__)
    assert SETTINGS["project"]["dynamic"] == ["version"]
    assert "version" not in SETTINGS["project"]
    assert importlib.metadata.version("sagsgang") == sagsgang.__version__
    repeated = [
        named(path) for path in modules() if f'"{sagsgang.__version__}"' in path.read_text()
    ]
    assert repeated == ["src/sagsgang/__init__.py"]


def test_the_change_log_tells_of_the_version() -> None:
    log = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(sagsgang.__version__)}\b", log, re.MULTILINE)


def test_the_licence_is_the_one_that_is_declared() -> None:
    licence = (PROJECT / "LICENCE").read_text(encoding="utf-8")
    assert SETTINGS["project"]["license"] == "EUPL-1.2"
    assert SETTINGS["project"]["license-files"] == ["LICENCE"]
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in licence
    assert "Appendix" in licence


def test_every_room_has_its_place_in_the_layers() -> None:
    [house] = [
        contract
        for contract in SETTINGS["tool"]["importlinter"]["contracts"]
        if contract.get("containers") == ["sagsgang"]
    ]
    layers = {name for layer in house["layers"] for name in re.findall(r"\w+", layer)}
    assert rooms() <= layers
    assert house["exhaustive"]


@pytest.mark.parametrize(
    "module", [path for path in modules() if path.parent.name != "migrations"], ids=named
)
def test_every_module_says_what_it_is(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


def test_every_folder_of_code_is_a_package() -> None:
    assert [
        named(path.parent) for path in modules() if not (path.parent / "__init__.py").exists()
    ] == []


def test_names_say_something_of_the_domain() -> None:
    assert [named(path) for path in PACKAGE.rglob("*") if EMPTY_NAMES.fullmatch(path.name)] == []


def test_no_file_names_the_machine_it_was_written_on() -> None:
    found = []
    for path in files():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [f"{named(path)}: {match[0]}" for match in MACHINE_PATH.finditer(text)]
    assert found == []


def test_no_file_is_large() -> None:
    assert [named(path) for path in files() if path.stat().st_size > 1_000_000] == []


def test_findings_in_the_code_are_those_in_the_documentation() -> None:
    page = (PROJECT / "docs" / "en" / "findings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^### `([a-z_]+)`$", page, re.MULTILINE))
    found: set[str] = set()
    strings: set[str] = set()
    for module in modules():
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="Finding"), args=[ast.Constant(value=str(code)), *_]
                ):
                    found.add(code)
                case ast.Constant(value=str(text)):
                    strings.add(text)
    assert found <= documented
    assert documented <= strings


def test_findings_are_explained_in_danish_too() -> None:
    english = (PROJECT / "docs" / "en" / "findings.md").read_text(encoding="utf-8")
    danish = (PROJECT / "docs" / "da" / "forstaa-resultatet.md").read_text(encoding="utf-8")
    table = danish.partition("## Fund")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE) == re.findall(
        r"^### `([a-z_]+)`$", english, re.MULTILINE
    )


def test_every_page_of_the_documentation_is_in_its_navigation() -> None:
    def pages(entry: object) -> Iterator[str]:
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict):
            for value in entry.values():
                yield from pages(value)
        elif isinstance(entry, list):
            for value in entry:
                yield from pages(value)

    site = yaml.safe_load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
    docs = PROJECT / site["docs_dir"]
    listed = list(pages(site["nav"]))
    assert sorted(listed) == sorted(
        page.relative_to(docs).as_posix() for page in docs.rglob("*.md")
    )


@pytest.mark.parametrize("script", sorted((PROJECT / "bin").iterdir()), ids=named)
def test_scripts_can_be_run_and_stop_at_the_first_error(script: Path) -> None:
    assert script.stat().st_mode & 0o111
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env python3\n") or "\nset -euo pipefail\n" in text


def test_the_check_of_the_project_is_the_command_in_the_readme() -> None:
    check = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    assert (PROJECT / ".ci" / "run").stat().st_mode & 0o111
    assert check.endswith("\nmake test\n")
    assert "make test" in (PROJECT / "README.md").read_text(encoding="utf-8")


def with_postgresql(**environment: str) -> subprocess.CompletedProcess[str]:
    unset = {name: value for name, value in os.environ.items() if name not in ("CI", "POSTGRESQL")}
    return subprocess.run(
        [PROJECT / "bin" / "with-postgresql", "printenv", "DATABASE_URL"],
        env=unset | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_check_runs_the_archive_on_postgresql_too() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^test:.*(?:\n\t.*)*\n\tbin/with-postgresql .*pytest", makefile, re.MULTILINE)
    assert "\nexport CI=" in (PROJECT / ".ci" / "run").read_text(encoding="utf-8")


def test_a_missing_postgresql_is_told_and_fails_the_check_only() -> None:
    nowhere = str(PROJECT / "nowhere")
    developer = with_postgresql(POSTGRESQL=nowhere)
    check = with_postgresql(POSTGRESQL=nowhere, CI="true")
    assert developer.returncode == 0
    assert check.returncode == 1
    for run in (developer, check):
        assert "PostgreSQL is not installed: left out: printenv DATABASE_URL" in run.stderr
        assert run.stdout == ""


def test_the_server_of_the_tests_is_thrown_away() -> None:
    run = with_postgresql()
    if "PostgreSQL is not installed" in run.stderr:
        pytest.skip("PostgreSQL is not installed")
    assert run.returncode == 0
    address = urlsplit(run.stdout.strip())
    assert address.hostname == "127.0.0.1"
    assert address.port
    with socket.socket() as knock:
        assert knock.connect_ex(("127.0.0.1", address.port)) != 0
