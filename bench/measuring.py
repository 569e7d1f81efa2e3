"""How time and memory are measured, and how figures are shown."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from rich.console import Console
from rich.table import Table

ROUNDS = 7


@dataclass(frozen=True)
class Row:
    """A figure, what it is compared with, and how large or small it is wanted."""

    what: str
    figure: float
    unit: Literal["×", "s", "ms", "MB", "%"]
    compared: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def wanted(self) -> str:
        """Such as `≤ 25 ms`; empty where nothing is promised."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g} {self.unit}"
        return "" if self.at_least is None else f"≥ {self.at_least:g} {self.unit}"

    @property
    def reached(self) -> bool:
        """That the figure is what is wanted, or nothing is."""
        return (self.at_most is None or self.figure <= self.at_most) and (
            self.at_least is None or self.figure >= self.at_least
        )


def show(title: str, rows: Iterable[Row]) -> None:
    """Prints the figures as a table; each one on standard error as it comes."""
    table = Table(title=title)
    for heading in ("what", "compared with", "figure", "wanted", ""):
        table.add_column(heading, justify="right" if heading in ("figure", "wanted") else "left")
    for row in rows:
        decimals = 2 if row.unit == "×" or row.figure < 10 else 0
        figure = f"{row.figure:.{decimals}f} {row.unit}"
        print(f"{row.what}: {figure}", file=sys.stderr, flush=True)
        table.add_row(
            row.what, row.compared, figure, row.wanted, "" if row.reached else "not reached"
        )
    Console(width=None if sys.stdout.isatty() else 132).print(table)


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


class Cost(NamedTuple):
    """What running a program took, with the processes that it started."""

    seconds: float
    processor_seconds: float
    """Of all processors: much the same on a busy machine."""
    megabytes: float
    """Held at once, at most; what processes share is counted once."""
    own_megabytes: float
    """Of these, what is no part of a file: the pages of a mapped database are not in it."""


def sagsgang(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> Cost:
    """What a command takes."""
    command = [sys.executable, "-m", "sagsgang", *map(str, arguments)]
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        command,
        env=None if environment is None else dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    most = own = 0
    while process.poll() is None:
        held = [memory(member) for member in family(process.pid)]
        most = max(most, sum(all_of_it for all_of_it, _ in held))
        own = max(own, sum(part for _, part in held))
        time.sleep(0.05)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        told = process.stderr.read().decode() if process.stderr else ""
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}.\n{told[-2000:]}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, used, most / 1024, own / 1024)


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


def processor_seconds(process: int) -> float:
    """What a process and those that it has started have used of the processors."""
    used = 0
    for member in family(process):
        with contextlib.suppress(OSError):
            after_name = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            used += int(after_name[11]) + int(after_name[12])
    return used / os.sysconf("SC_CLK_TCK")


def at(seconds: Sequence[float], share: float) -> float:
    """The milliseconds that so large a share of sorted times stays within."""
    return seconds[min(len(seconds) - 1, int(len(seconds) * share))] * 1000


def memory(process: int) -> tuple[int, int]:
    """The memory that a process holds now (kB): its share of all, and what is no part of a file."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
        figures = {name: int(figure.split()[0]) for name, figure in (x.split(":") for x in lines)}
        return figures["Pss"], figures["Pss_Anon"]
    return 0, 0
