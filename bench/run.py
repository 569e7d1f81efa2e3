"""Speed and memory of reading, as ratios within one run: `make bench`.

Seconds depend on the machine; each row compares two things measured side by side, and says
what the project wants the ratio to be.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import typst
from markdown_it import MarkdownIt
from rich.console import Console
from rich.table import Table

from sagsgang import samples
from sagsgang.minutes import read_bytes
from sagsgang.minutes.sources import open_blocks

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
ROUNDS = 7
DOCUMENTS = 10_000
PDF_PAGES = 60
_OF_TEXTS = 1000
"""Caches of this size or more are of texts; smaller ones are of the vocabulary."""


def main() -> None:
    """Runs every measurement and prints the table."""
    quick = "--quick" in sys.argv
    rows = [*text_rows(), *pdf_rows(), *bulk_rows(DOCUMENTS // 10 if quick else DOCUMENTS)]
    table = Table(title="sagsgang: ratios of one run")
    for heading in ("what", "compared with", "ratio", "wanted"):
        table.add_column(heading, justify="right" if heading in ("ratio", "wanted") else "left")
    for what, other, ratio, wanted in rows:
        table.add_row(what, other, f"{ratio:.2f}", wanted)
    Console().print(table)


def text_rows() -> Iterator[tuple[str, str, float, str]]:
    """The reader's own time on text against markdown-it-py parsing the same text.

    What the reader remembers between documents is forgotten before each round.
    """
    folders = {"samples": [p for p in samples.paths() if p.suffix in (".md", ".txt")]}
    if SEEDS.is_dir():
        folders["real documents"] = sorted(SEEDS.glob("*.txt"))
    for name, paths in folders.items():
        own = other = 0.0
        for path in paths:
            data = path.read_bytes()
            text = data.decode("utf-8")
            read_bytes(data, path.name)
            own += best(lambda data=data: read_bytes(data, "x"), before=forget)
            other += best(lambda text=text: MarkdownIt().parse(text))
        yield f"reading text ({name})", "markdown-it-py parsing it", own / other, "≤ 1.0"


def pdf_rows() -> Iterator[tuple[str, str, float, str]]:
    """A PDF's blocks, and the minutes in it, against bare text extraction with the same library."""
    data = long_pdf()

    def extract() -> None:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            page.get_textpage().get_text_range()
        document.close()

    bare = best(extract)
    read_bytes(data, "x.pdf")
    name = f"a PDF of {PDF_PAGES} pages"
    blocks = best(lambda: open_blocks(data), before=forget)
    minutes = best(lambda: read_bytes(data, "x.pdf"), before=forget)
    yield f"the blocks of {name}", "bare text extraction", blocks / bare, "≤ 1.5"
    yield f"the minutes in {name}", "bare text extraction", minutes / bare, "≤ 1.5"


def bulk_rows(count: int) -> Iterator[tuple[str, str, float, str]]:
    """Many documents with two jobs against one, and the memory of many against a few."""
    folder = Path(tempfile.mkdtemp(prefix="sagsgang-bench-"))
    try:
        fill(folder / "many", count)
        fill(folder / "few", count // 10)
        one, _ = run(folder / "many", jobs=1)
        two, many = run(folder / "many", jobs=2)
        _, few = run(folder / "few", jobs=2)
        yield (
            f"{count} documents with --jobs 2",
            "with --jobs 1 (times as fast)",
            one / two,
            "≥ 1.7",
        )
        yield f"peak memory, {count} documents", f"{count // 10} documents", many / few, "≈ 1.0"
        print(f"(peak memory of all processes: {many / 1024:.0f} MB)", file=sys.stderr)
    finally:
        shutil.rmtree(folder)


def fill(folder: Path, count: int) -> None:
    """Fills a folder with samples, each with a date of its own so that no two are the same."""
    folder.mkdir(parents=True)
    texts = [p.read_text("utf-8") for p in samples.paths() if p.suffix in (".md", ".txt")]
    for number in range(count):
        text = texts[number % len(texts)]
        (folder / f"{number:06}.md").write_text(f"{text}\n\nDokument {number}\n", "utf-8")


def run(folder: Path, *, jobs: int) -> tuple[float, int]:
    """Seconds and peak memory (kB, all processes together) of reading a folder."""
    command = ["read", str(folder), "--format", "json", "--jobs", str(jobs)]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "sagsgang", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(resident, family(process.pid))))
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"sagsgang read ended with {process.returncode}.")
    return time.perf_counter() - start, peak


def family(process: int) -> list[int]:
    """A process and those that it, or they, have started."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    members = [process]
    for member in members:
        members += [child for child, parent in parents.items() if parent == member]
    return members


def resident(process: int) -> int:
    """The memory that a process holds now (kB); 0 if it has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0


def long_pdf() -> bytes:
    """A PDF of fictitious minutes, `PDF_PAGES` pages long or a little more."""
    text = samples.paths()[0].read_text("utf-8")
    source = (
        '#set page(paper: "a4", numbering: "1")\n#let data = json(bytes(sys.inputs.text))\n'
        '#for line in data { if line.starts-with("#") [== #line.trim("#")] else [#par(line)] }\n'
    )
    lines = [line.replace("**", "") for line in text.split("\n") if line.strip()]
    pages = 0
    times = 4
    while pages < PDF_PAGES:
        times *= 2
        pdf = typst.compile(source.encode(), sys_inputs={"text": json.dumps(lines * times)})
        pages = len(pypdfium2.PdfDocument(pdf))
    return bytes(pdf)


def best(work: Callable[[], object], before: Callable[[], None] | None = None) -> float:
    """The shortest of several rounds, in seconds."""
    shortest = float("inf")
    for _ in range(ROUNDS):
        if before is not None:
            before()
        start = time.perf_counter()
        work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest


def forget() -> None:
    """Empties what the reader remembers of texts it has seen (not its vocabulary)."""
    for name, module in list(sys.modules.items()):
        if name.startswith("sagsgang.minutes"):
            for value in vars(module).values():
                information = getattr(value, "cache_info", None)
                if information is not None and (information().maxsize or 0) >= _OF_TEXTS:
                    value.cache_clear()


if __name__ == "__main__":
    main()
