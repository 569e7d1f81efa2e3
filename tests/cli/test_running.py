"""Many documents in several processes."""

from __future__ import annotations

import multiprocessing
import os
import sys
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sagsgang.cli.running import MOST_BYTES_IN_CHUNK, MOST_IN_CHUNK, chunks, run
from sagsgang.cli.work import Task, one_by_one
from sagsgang.cli.writing import Writing

from .conftest import Sagsgang, Write

JOB = Writing("da")


@given(
    st.lists(st.integers(0, 2 * MOST_BYTES_IN_CHUNK), max_size=300),
    st.integers(1, 8),
)
def test_chunks_hold_every_document_once_and_in_order(sizes: list[int], processes: int) -> None:
    chunked = list(chunks(len(sizes), processes, sizes))
    assert [place for chunk in chunked for place in chunk] == list(range(len(sizes)))
    for chunk in chunked:
        assert 1 <= len(chunk) <= MOST_IN_CHUNK
        assert len(chunk) == 1 or sum(sizes[place] for place in chunk) <= MOST_BYTES_IN_CHUNK
    for one, other in pairwise(chunked):
        assert one.stop == other.start


def test_few_documents_are_shared_among_all_processes() -> None:
    assert len(list(chunks(8, 4))) == 8
    assert len(list(chunks(10_000, 2))) == -(-10_000 // MOST_IN_CHUNK)


def test_several_processes_give_what_one_gives_in_the_same_order(write: Write) -> None:
    tasks = [Task(str(write(f"{number:03}.txt", number))) for number in range(70)]
    tasks.insert(20, Task("findes-ikke.txt"))
    alone = [done.whole() for done in one_by_one(JOB, tasks)]
    assert list(run(JOB, tasks, processes=3)) == alone
    assert [bool(done.problem) for done in alone] == [place == 20 for place in range(71)]
    assert len({done.made for done in alone}) == 71


def test_a_run_that_is_left_leaves_no_processes(write: Write) -> None:
    tasks = [Task(str(write(f"{number}.txt", number))) for number in range(40)]
    results = run(JOB, tasks, processes=2)
    assert b"".join(next(results).made)
    assert multiprocessing.active_children()
    results.close()
    assert not multiprocessing.active_children()


CRASH = """
import os
import sagsgang.minutes

real = sagsgang.minutes.read_bytes

def read_bytes(data, name="", **options):
    if name.startswith("ned"):
        os._exit(11)
    return real(data, name, **options)

sagsgang.minutes.read_bytes = read_bytes
"""


def test_a_document_that_crashes_its_process_is_reported_and_the_rest_read(
    desk: Path, write: Write, apart: Sagsgang
) -> None:
    for number in range(40):
        write(f"ind/{'ned' if number in (3, 4, 39) else 'ref'}{number:02}.txt", number)
    (desk / "sitecustomize.py").write_text(CRASH, "utf-8")
    path = os.pathsep.join([str(desk), *filter(None, sys.path)])
    done = apart("read", "--jobs", "2", "ind", PYTHONPATH=path)
    assert done.status == 1
    assert done.names == sorted(
        f"ref{number:02}.txt" for number in range(40) if number not in (3, 4, 39)
    )
    assert [line for line in done.err.splitlines() if "gik ned" in line] == [
        f"✗ ind/{name}.txt: Læsningen gik ned undervejs. Filen er måske beskadiget; gem den på "
        "ny, og prøv igen."
        for name in ("ned03", "ned04", "ned39")
    ]
    assert done.err.splitlines()[-1] == "✗ 3 af 40 kunne ikke læses."
    assert "Traceback" not in done.err
