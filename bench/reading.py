"""Speed and memory of reading, as ratios within one run.

Seconds depend on the machine; each row compares two things measured side by side, and says
what the project wants the ratio to be.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import typst
from markdown_it import MarkdownIt

from bench.measuring import Cost, Row, best, sagsgang
from sagsgang import samples
from sagsgang.minutes import read_bytes
from sagsgang.minutes.sources import open_blocks
from sagsgang.minutes.writers import to_json
from sagsgang.minutes.writers.pdf import to_pdf

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
DOCUMENTS = 10_000
PDF_PAGES = 60
PAPER_PAGES = 40
_OF_TEXTS = 1000
"""Caches of this size or more are of texts; smaller ones are of the vocabulary."""


def rows(quick: bool) -> Iterator[Row]:
    """Every measurement of reading."""
    yield from text_rows()
    yield from pdf_rows()
    yield from paper_rows()
    yield from bulk_rows(DOCUMENTS // 10 if quick else DOCUMENTS)


def text_rows() -> Iterator[Row]:
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
        yield Row(
            f"reading text ({name})", own / other, "×", "markdown-it-py parsing it", at_most=1.0
        )


def pdf_rows() -> Iterator[Row]:
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
    compared = "bare text extraction"
    yield Row(f"the blocks of {name}", blocks / bare, "×", compared, at_most=1.5)
    yield Row(f"the minutes in {name}", minutes / bare, "×", compared, at_most=1.5)


def paper_rows() -> Iterator[Row]:
    """Minutes of 40 printed pages or a little more, in each of the forms for paper and archives.

    Each is made by a command of its own, reading included: the typesetter remembers what it has
    set before, so that a second time in one process would be no measure.
    """
    minutes = read_bytes(samples.paths()[3].read_bytes(), "x.txt")
    while (pages := len(pypdfium2.PdfDocument(to_pdf(minutes)))) < PAPER_PAGES:
        minutes = replace(minutes, items=(*minutes.items, *minutes.items))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "minutes.json"
        file.write_text(to_json(minutes), "utf-8")
        for name, form in {"PDF": "pdf", "Word": "docx", "Akoma Ntoso": "akn"}.items():
            out = Path(folder) / form
            cost = sagsgang("read", file, "--format", form, "--out", out)
            what = f"{pages} printed pages as {name}, a command"
            yield Row(what, cost.seconds, "s", at_most=2.0)


def bulk_rows(count: int) -> Iterator[Row]:
    """Many documents with two jobs against one, and the memory of many against a few."""
    folder = Path(tempfile.mkdtemp(prefix="sagsgang-bench-"))
    try:
        fill(folder / "many", count)
        fill(folder / "few", count // 10)
        one = read(folder / "many", jobs=1)
        two = read(folder / "many", jobs=2)
        few = read(folder / "few", jobs=2)
        compared = "with --jobs 1 (times as fast)"
        yield Row(
            f"{count} documents with --jobs 2",
            one.seconds / two.seconds,
            "×",
            compared,
            at_least=1.7,
        )
        compared = f"{count // 10} documents"
        yield Row(
            f"peak memory, {count} documents",
            two.megabytes / few.megabytes,
            "×",
            compared,
            at_most=1.2,
        )
        yield Row("the same in megabytes, all processes", two.megabytes, "MB")
    finally:
        shutil.rmtree(folder)


def fill(folder: Path, count: int) -> None:
    """Fills a folder with samples, each with a date of its own so that no two are the same."""
    folder.mkdir(parents=True)
    texts = [p.read_text("utf-8") for p in samples.paths() if p.suffix in (".md", ".txt")]
    for number in range(count):
        text = texts[number % len(texts)]
        (folder / f"{number:06}.md").write_text(f"{text}\n\nDokument {number}\n", "utf-8")


def read(folder: Path, *, jobs: int) -> Cost:
    """What reading a folder takes."""
    return sagsgang("read", folder, "--format", "json", "--jobs", str(jobs))


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


def forget() -> None:
    """Empties what the reader remembers of texts it has seen (not its vocabulary)."""
    for name, module in list(sys.modules.items()):
        if name.startswith("sagsgang.minutes"):
            for value in vars(module).values():
                information = getattr(value, "cache_info", None)
                if information is not None and (information().maxsize or 0) >= _OF_TEXTS:
                    value.cache_clear()
