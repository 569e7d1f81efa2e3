"""`sagsgang read`: what comes out, where, and what is told when something cannot be read."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

import sagsgang.minutes as minutes_room
from sagsgang import __version__
from sagsgang.cli.manifest import MANIFEST
from sagsgang.minutes import Minutes, read, read_bytes
from sagsgang.minutes.writers import to_html, to_markdown

from .conftest import Sagsgang, Write

MISSING = "✗ findes-ikke.pdf: Filen findes ikke. Se efter, om navnet er skrevet rigtigt.\n"


# --- to standard output ----------------------------------------------------------------------


def test_json_is_one_compact_line_for_each_document(write: Write, sagsgang: Sagsgang) -> None:
    paths = [write(f"{number}.txt", number) for number in range(3)]
    done = sagsgang("read", *paths)
    assert (done.status, done.err) == (0, "")
    assert done.lines == [read(path).to_dict() for path in paths]
    first = done.out.splitlines()[0]
    assert first == json.dumps(json.loads(first), ensure_ascii=False, separators=(",", ":"))
    assert "Beskæftigelsesudvalget" in first


def test_a_folder_gives_all_that_is_in_it(write: Write, sagsgang: Sagsgang) -> None:
    for name in ("ind/b.md", "ind/a/c.txt", "ind/logo.png"):
        write(name)
    assert sagsgang("read", "ind").names == ["c.txt", "b.md"]


def test_explain_adds_the_rules(write: Write, sagsgang: Sagsgang) -> None:
    path = write("a.txt")
    [line] = sagsgang("read", path, "--explain").lines
    assert line == read(path).to_dict(explain=True)
    assert line["explain"]


@pytest.mark.parametrize(("form", "written"), [("markdown", to_markdown), ("html", to_html)])
def test_minutes_are_written_anew(
    write: Write, sagsgang: Sagsgang, form: str, written: object
) -> None:
    path = write("a.txt")
    done = sagsgang("read", path, "--format", form)
    assert (done.status, done.err) == (0, "")
    assert done.out.strip() == written(read(path)).strip()  # type: ignore[operator]
    assert read_bytes(done.out.encode()) == read(path)


def test_summaries_are_parted_by_a_line(write: Write, sagsgang: Sagsgang) -> None:
    done = sagsgang("read", write("a.txt"), write("b.txt"), "--format", "summary")
    assert done.out.count("Beskæftigelsesudvalget\n") == 2
    assert f"\n\n{'─' * 80}\n\nLindvig Kommune\n" in done.out
    assert "\x1b" not in done.out


def test_a_summary_is_in_the_language_that_is_asked_for(write: Write, sagsgang: Sagsgang) -> None:
    done = sagsgang("read", write("a.txt"), "--format", "summary", "--language", "en")
    assert "Minutes · Wednesday 18 June 2025, 15:00" in done.out


def test_a_name_that_is_not_unicode_survives(desk: Path, write: Write, sagsgang: Sagsgang) -> None:
    name = os.fsdecode(b"m\xf8de.txt")
    try:
        write("a.txt").rename(desk / name)
    except OSError:
        pytest.skip("the file system takes only names in Unicode")
    assert sagsgang("read", desk).names == [name]
    assert sagsgang("read", desk, "--format", "summary").status == 0
    assert sagsgang("read", desk, "--out", "ud").status == 0


def test_several_jobs_give_what_one_gives(write: Write, apart: Sagsgang) -> None:
    for number in range(20):
        write(f"ind/{number:02}.txt", number)
    alone = apart("read", "ind", "--jobs", "1")
    assert alone.status == 0
    assert alone.names == [f"{number:02}.txt" for number in range(20)]
    assert apart("read", "ind", "--jobs", "3") == alone


def test_a_municipalitys_own_words_are_used(desk: Path, write: Write, sagsgang: Sagsgang) -> None:
    path = write("a.txt")
    path.write_text(path.read_text().replace("### Indstilling", "### Sagen i en nøddeskal"))
    words = desk / "lindvig.toml"
    words.write_text('[sections.summary]\nfixed = ["Sagen i en nøddeskal"]\n')

    def kinds(*options: str | Path) -> list[str]:
        [line] = sagsgang("read", path, *options).lines
        return [section["kind"] for section in line["items"][0]["sections"]]

    assert "summary" not in kinds()
    assert "summary" in kinds("--vocabulary", words)


def test_a_web_address_is_fetched(
    write: Write, sagsgang: Sagsgang, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sagsgang.cli import fetching

    data = write("a.txt").read_bytes()
    asked: list[str] = []

    def fetch(address: str, limit: int) -> fetching.Fetched:
        asked.append(address)
        return fetching.Fetched(data, address)

    monkeypatch.setattr(fetching, "fetch", fetch)
    assert sagsgang("read", "https://lindvig.dk/juni.txt", "--jobs", "1").names == ["juni.txt"]
    assert asked == ["https://lindvig.dk/juni.txt"]


# --- what cannot be read ---------------------------------------------------------------------


def test_what_cannot_be_read_is_reported_and_the_rest_is_read(
    desk: Path, write: Write, sagsgang: Sagsgang
) -> None:
    (desk / "billede.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    done = sagsgang("read", "findes-ikke.pdf", write("a.txt"), "billede.pdf", write("b.txt"))
    assert done.status == 1
    assert done.names == ["a.txt", "b.txt"]
    first, second, third = done.err.splitlines(keepends=True)
    assert first == MISSING
    assert second.startswith("✗ billede.pdf: ")
    assert third == "✗ 2 af 4 kunne ikke læses.\n"


def test_one_document_is_not_counted(sagsgang: Sagsgang, desk: Path) -> None:
    assert sagsgang("read", "findes-ikke.pdf") == (1, "", MISSING)


def test_messages_are_english_for_those_who_read_that(
    sagsgang: Sagsgang, monkeypatch: pytest.MonkeyPatch, desk: Path
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    done = sagsgang("read", "a.pdf", "b.pdf")
    assert done.err == (
        "✗ a.pdf: The file does not exist. Check that the name is right.\n"
        "✗ b.pdf: The file does not exist. Check that the name is right.\n"
        "✗ 2 of 2 could not be read.\n"
    )


def test_a_mistake_of_ours_is_told_without_a_traceback(
    write: Write, sagsgang: Sagsgang, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(data: bytes, name: str, **_: object) -> Minutes:
        if name == "a.txt":
            raise ZeroDivisionError("secret words of the document")
        return read_bytes(data, name)

    monkeypatch.setattr(minutes_room, "read_bytes", fail)
    done = sagsgang("read", write("a.txt"), write("b.txt"))
    assert (done.status, done.names) == (1, ["b.txt"])
    assert re.search(r"fejl i Sagsgang \(ZeroDivisionError, test_read.py:\d+\)", done.err)
    assert "Traceback" not in done.err
    assert "secret" not in done.err


@pytest.mark.parametrize(
    ("error", "told"),
    [(MemoryError(), "ikke hukommelse nok"), (RecursionError(), "fejl i Sagsgang")],
)
def test_a_document_that_is_too_much_stops_nothing(
    write: Write,
    sagsgang: Sagsgang,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    told: str,
) -> None:
    def fail(*_: object, **__: object) -> Minutes:
        raise error

    monkeypatch.setattr(minutes_room, "read_bytes", fail)
    done = sagsgang("read", write("a.txt"), write("b.txt"))
    assert done.status == 1
    assert done.err.count(told) == 2


def test_a_file_that_never_ends_is_not_read_for_ever(
    write: Write, sagsgang: Sagsgang, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a.txt")
    monkeypatch.setattr("sagsgang.cli.work.LARGEST", path.stat().st_size)
    assert sagsgang("read", path).status == 0
    monkeypatch.setattr("sagsgang.cli.work.LARGEST", path.stat().st_size - 1)
    done = sagsgang("read", path)
    assert done.status == 1
    assert "Filen er over" in done.err


def test_a_name_cannot_command_the_terminal(sagsgang: Sagsgang, desk: Path) -> None:
    done = sagsgang("read", "\x1b[2J\x1b]0;title\x07.pdf")
    assert "\x1b" not in done.err
    assert "\x07" not in done.err


def test_a_vocabulary_that_is_wrong_is_refused(desk: Path, sagsgang: Sagsgang) -> None:
    (desk / "ord.toml").write_text('[sections.summary]\nfixed = ["Bilag"]\n')
    done = sagsgang("read", "a.txt", "--vocabulary", "ord.toml")
    assert done.status == 2
    assert done.err.startswith("✗ --vocabulary: Overskriften »Bilag«")


# --- to a folder -----------------------------------------------------------------------------


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that are read."""
    names: list[str] = []

    def counted(data: bytes, name: str, **options: object) -> Minutes:
        names.append(name)
        return read_bytes(data, name, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(minutes_room, "read_bytes", counted)
    return names


def below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("akn", b"<?xml")]
)
def test_paper_word_and_akoma_ntoso_go_to_files(
    desk: Path, write: Write, sagsgang: Sagsgang, form: str, begins: bytes
) -> None:
    for name in ("ind/a.txt", "ind/b.txt"):
        write(name)
    done = sagsgang("read", "ind", "--out", "ud", "--format", form, "--style", "horsens")
    assert done.status == 0
    [first, second] = [path for path in (desk / "ud").iterdir() if path.name != MANIFEST]
    assert first.suffix == second.suffix == {"akn": ".xml"}.get(form, f".{form}")
    assert first.read_bytes().startswith(begins)


def test_a_pdf_comes_through_a_redirect_whole(desk: Path, write: Write) -> None:
    write("a.txt")
    command = [sys.executable, "-m", "sagsgang", "read", "a.txt", "--format", "pdf"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.startswith(b"%PDF-")
    assert done.stdout.rstrip().endswith(b"%%EOF")


def test_bytes_are_not_written_on_a_screen(
    write: Write, sagsgang: Sagsgang, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.txt")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    done = sagsgang("read", "a.txt", "--format", "pdf")
    assert done.status == 2
    assert "pdf er ikke tekst" in done.err


def test_several_documents_are_not_one_pdf(write: Write, sagsgang: Sagsgang) -> None:
    write("a.txt")
    write("b.txt")
    done = sagsgang("read", "a.txt", "b.txt", "--format", "docx")
    assert done.status == 2
    assert "2 referater kan ikke stå i én docx-fil" in done.err


def test_every_form_is_in_the_style_that_is_asked_for(write: Write, sagsgang: Sagsgang) -> None:
    write("a.txt")
    for form in ("json", "markdown", "html", "akn"):
        asked = ("read", "a.txt", "--format", form)
        assert "Beslutning i " not in sagsgang(*asked).out
        assert "Beslutning i " in sagsgang(*asked, "--style", "haderslev").out, form


@pytest.mark.parametrize(
    ("style", "said"), [("odense", "Vælg en af standard"), ("ingen.toml", "kan ikke læses")]
)
def test_a_wrong_style_is_told(write: Write, sagsgang: Sagsgang, style: str, said: str) -> None:
    write("a.txt")
    done = sagsgang("read", "a.txt", "--format", "pdf", "--style", style)
    assert done.status == 2
    assert said in done.err


@pytest.mark.parametrize(
    ("form", "ending"),
    [("json", ".json"), ("summary", ".txt"), ("markdown", ".md"), ("html", ".html")],
)
def test_out_gives_one_file_for_each_document(
    desk: Path, write: Write, sagsgang: Sagsgang, form: str, ending: str
) -> None:
    for name in ("ind/a.txt", "ind/2025/b.txt"):
        write(name)
    done = sagsgang("read", "ind", "--out", "ud", "--format", form)
    assert done == (0, "", "2 referater lagt i ud.\n")
    assert below(desk / "ud") == [MANIFEST, f"2025/b{ending}", f"a{ending}"]
    text = (desk / "ud" / f"a{ending}").read_text("utf-8")
    assert text == sagsgang("read", "ind/a.txt", "--format", form).out


def test_out_gives_json_where_no_form_is_named(
    desk: Path, write: Write, sagsgang: Sagsgang
) -> None:
    sagsgang("read", write("a.txt"), "--out", "ud")
    assert Minutes.from_dict(json.loads((desk / "ud/a.json").read_text())) == read(desk / "a.txt")


def test_what_has_not_changed_is_not_read_again(
    desk: Path, write: Write, sagsgang: Sagsgang, reads: list[str]
) -> None:
    for name in ("ind/a.txt", "ind/b.txt", "ind/c.txt"):
        write(name)
    sagsgang("read", "ind", "--out", "ud")
    assert reads == ["a.txt", "b.txt", "c.txt"]
    reads.clear()

    done = sagsgang("read", "ind", "--out", "ud")
    assert done.err == "0 referater lagt i ud; 3 sprunget over, fordi intet er ændret.\n"
    assert reads == []

    write("ind/b.txt", 22)
    os.utime(desk / "ind/c.txt", ns=(1, 1))
    (desk / "ud/a.json").unlink()
    done = sagsgang("read", "ind", "--out", "ud")
    assert done.err == "2 referater lagt i ud; 1 sprunget over, fordi intet er ændret.\n"
    assert reads == ["a.txt", "b.txt"]
    assert "A00-22-25" in (desk / "ud/b.json").read_text()


@pytest.mark.parametrize("option", ["--explain", "--ocr"])
def test_other_options_are_another_result(
    write: Write, sagsgang: Sagsgang, reads: list[str], option: str
) -> None:
    path = write("a.txt")
    sagsgang("read", path, "--out", "ud")
    sagsgang("read", path, "--out", "ud", option)
    sagsgang("read", path, "--out", "ud", option)
    assert reads == ["a.txt"] * 2


def test_another_version_or_vocabulary_is_another_result(
    desk: Path, write: Write, sagsgang: Sagsgang, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, words = write("a.txt"), desk / "ord.toml"
    words.write_text('[sections.summary]\nfixed = ["I korte træk"]\n')
    command = ("read", path, "--out", "ud", "--vocabulary", words)
    sagsgang(*command)
    sagsgang(*command)
    assert len(reads) == 1
    words.write_text('[sections.summary]\nfixed = ["Kort sagt"]\n')
    sagsgang(*command)
    assert len(reads) == 2
    monkeypatch.setattr("sagsgang.cli.read.__version__", f"{__version__}.1")
    sagsgang(*command)
    assert len(reads) == 3


def test_two_forms_live_in_one_folder(
    desk: Path, write: Write, sagsgang: Sagsgang, reads: list[str]
) -> None:
    path = write("a.txt")
    for form in ("json", "markdown", "json", "markdown"):
        sagsgang("read", path, "--out", "ud", "--format", form)
    assert below(desk / "ud") == [MANIFEST, "a.json", "a.md"]
    assert len(reads) == 2


def test_results_are_not_read_as_documents(
    desk: Path, write: Write, sagsgang: Sagsgang, reads: list[str]
) -> None:
    write("a.txt")
    for _ in range(2):
        assert sagsgang("read", ".", "--out", ".", "--format", "markdown").status == 0
    assert reads == ["a.txt"]
    assert below(desk) == [MANIFEST, "a.md", "a.txt"]


@pytest.mark.parametrize("out", ["ud", "ud/2026", "ind/ud"])
def test_results_in_a_folder_below_are_not_read_as_documents(
    write: Write, sagsgang: Sagsgang, reads: list[str], out: str
) -> None:
    write("ind/a.txt")
    write(f"{out}/b.txt")
    sagsgang("read", "ind/a.txt", "--out", out)
    reads.clear()

    assert sagsgang("read", ".", "--format", "summary").status == 0
    assert sagsgang("read", ".", "--out", "andet").status == 0
    assert sorted(reads) == ["a.txt", "a.txt", "b.txt", "b.txt"]


def test_results_beside_their_documents_are_not_read(
    write: Write, sagsgang: Sagsgang, reads: list[str]
) -> None:
    write("ind/a.txt")
    sagsgang("read", "ind", "--out", "ind")
    sagsgang("read", "ind")
    assert reads == ["a.txt", "a.txt"]


def test_results_are_read_where_their_folder_or_they_themselves_are_named(
    write: Write, sagsgang: Sagsgang
) -> None:
    write("ind/a.txt")
    sagsgang("read", "ind", "--out", "ud")
    assert sagsgang("read", "ud").names == ["a.json"]
    assert sagsgang("read", "ud/a.json").names == ["a.json"]


def test_a_run_that_was_broken_off_goes_on(
    desk: Path, write: Write, sagsgang: Sagsgang, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abcd":
        write(f"ind/{name}.txt")
    names: list[str] = []

    def interrupted(data: bytes, name: str, **_: object) -> Minutes:
        if names == ["a.txt", "b.txt"]:
            raise KeyboardInterrupt
        names.append(name)
        return read_bytes(data, name)

    monkeypatch.setattr(minutes_room, "read_bytes", interrupted)
    assert sagsgang("read", "ind", "--out", "ud") == (130, "", "")
    assert below(desk / "ud") == [MANIFEST, "a.json", "b.json"]
    names.append("go on")
    assert sagsgang("read", "ind", "--out", "ud").status == 0
    assert names == ["a.txt", "b.txt", "go on", "c.txt", "d.txt"]


def test_what_could_not_be_read_is_tried_again(
    desk: Path, write: Write, sagsgang: Sagsgang
) -> None:
    write("ind/a.txt")
    (desk / "ind/b.txt").write_bytes(b"")
    for _ in range(2):
        done = sagsgang("read", "ind", "--out", "ud")
        assert done.status == 1
        assert "✗ ind/b.txt: " in done.err
        assert "✗ 1 af 2 kunne ikke læses." in done.err
    assert below(desk / "ud") == [MANIFEST, "a.json"]


def test_the_manifest_tells_what_each_file_was_written_from(
    desk: Path, write: Write, sagsgang: Sagsgang
) -> None:
    path = write("a.txt")
    sagsgang("read", "a.txt", "--out", "ud")
    manifest = json.loads((desk / "ud" / MANIFEST).read_text())
    entry = manifest["files"]["a.json"]
    assert entry["source"] == str(path)
    assert entry["size"] == path.stat().st_size
    assert entry["mtime_ns"] == path.stat().st_mtime_ns
    assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_folder_that_cannot_be_made_is_refused(write: Write, sagsgang: Sagsgang) -> None:
    path = write("a.txt")
    done = sagsgang("read", path, "--out", path)
    assert (done.status, done.out) == (2, "")
    assert "er en fil" in done.err
    assert path.read_text().startswith("# Lindvig")


# --- on a terminal ---------------------------------------------------------------------------


def on_terminal(
    *arguments: str | Path, columns: int = 80, keys: bytes = b"", after: bytes = b"", **more: str
) -> tuple[int, str]:
    """The exit status and what is seen on a terminal; `keys` are pressed `after` something."""
    child, screen = pty.fork()
    if child == 0:
        # A person at a terminal can interrupt, also where the tests run in the background.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        environment = os.environ | {"TERM": "xterm-256color", "PYTHONUTF8": "1"} | more
        command = [sys.executable, "-m", "sagsgang", *map(str, arguments)]
        os.execvpe(command[0], command, environment)
    seen = b""
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        if not select.select([screen], [], [], 0.1)[0]:
            continue
        try:
            piece = os.read(screen, 65536)
        except OSError:  # how Linux tells that nobody has the terminal open any more
            break
        if not piece:
            break
        seen += piece
        if keys and after in seen:
            os.write(screen, keys)
            keys = b""
    else:
        os.kill(child, signal.SIGKILL)
    os.close(screen)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), seen.decode().replace("\r\n", "\n")


def test_a_terminal_gets_the_picture_in_its_width(write: Write) -> None:
    status, seen = on_terminal("read", write("a.txt"), columns=50)
    assert status == 0
    assert "\x1b[1mBeskæftigelsesudvalget\x1b[0m\n" in seen
    bare = re.sub(r"\x1b\[[0-9;]*m", "", seen)
    assert "Onsdag" not in bare
    assert "Referat · onsdag den 18. juni 2025 kl. 15.00" in bare
    assert max(map(len, bare.splitlines())) <= 50


def test_a_form_that_is_asked_for_always_wins(write: Write) -> None:
    path = write("a.txt")
    status, seen = on_terminal("read", path, "--format", "json")
    assert status == 0
    assert json.loads(seen) == read(path).to_dict()


def test_no_color_is_obeyed(write: Write) -> None:
    path = write("a.txt")
    assert "\x1b[32m● Godkendt" in on_terminal("read", path)[1]
    _, seen = on_terminal("read", path, NO_COLOR="1")
    assert "\x1b[1m" in seen
    assert not re.search(r"\x1b\[(?:[0-9;]*;)?3[0-9]", seen)
    assert "\x1b" not in on_terminal("read", path, TERM="dumb")[1]


def test_many_files_have_a_progress_bar(desk: Path, write: Write) -> None:
    paths = [write(f"{number}.txt", number) for number in range(4)]
    _, seen = on_terminal("read", *paths, "--out", "ud")
    assert "4/4" in seen
    assert "4 referater lagt i ud." in seen
    assert below(desk / "ud") == [MANIFEST, *(f"{number}.json" for number in range(4))]
    assert "1/1" not in on_terminal("read", paths[0], "--out", "ud2")[1]


def test_results_scroll_by_above_the_bar(write: Write) -> None:
    paths = [write(f"{number}.txt", number) for number in range(3)]
    status, seen = on_terminal("read", *paths, "findes-ikke.pdf")
    assert status == 1
    assert "4/4" in seen
    for number in range(3):
        assert f"A00-{number}-25" in seen
    assert "findes-ikke.pdf: \x1b[0mFilen findes ikke." in seen


# --- leaving early ---------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_quietly(write: Write, jobs: str) -> None:
    for number in range(300):
        write(f"ind/{number:03}.txt", number)
    status, seen = on_terminal(
        "read", "ind", "--jobs", jobs, "--format", "json", keys=b"\x03", after=b'"name":"000.txt"'
    )
    assert status == 130
    assert '"name":"299.txt"' not in seen
    assert "Traceback" not in seen
    assert "Interrupt" not in seen


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_pipe_that_is_closed_ends_quietly(write: Write, jobs: str) -> None:
    for number in range(300):
        write(f"ind/{number:03}.txt", number)
    process = subprocess.Popen(
        [sys.executable, "-m", "sagsgang", "read", "ind", "--jobs", jobs],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    assert process.stdout.read(20).startswith(b"{")
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(600) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_a_full_disk_is_told_of(write: Write) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sagsgang", "read", write("a.txt")],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("✗ Disken er fuld. ")
    assert "Traceback" not in done.stderr


def test_a_closed_output_is_no_mistake(write: Write) -> None:
    command = f"{sys.executable} -m sagsgang read {write('a.txt')} >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], check=False, timeout=600).returncode == 0
