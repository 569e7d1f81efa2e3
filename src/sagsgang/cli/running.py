"""Many documents, in one process or several, with the results in the order of the documents.

Documents go to the processes in chunks, and only a few chunks are under way at any time, so that
memory does not grow with the number of documents. A document that makes its process crash is
found, reported like any other that cannot be read, and the rest go on.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from typing import Final

from .language import say
from .work import Done, Job, Task, Worker

MOST_IN_CHUNK: Final = 32
MOST_BYTES_IN_CHUNK: Final = 4 * 2**20
_CHUNKS_UNDER_WAY: Final = 3
"""For each process: one that it works on, one that waits for it, one that waits to be printed."""

Chunk = tuple[Task, ...]

_workers: list[Worker] = []


def cores() -> int:
    """How many processes this machine lets us run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(
    job: Job, tasks: Sequence[Task], processes: int, sizes: Sequence[int] = ()
) -> Generator[Done, None, None]:
    """What came of each task, in their order.

    `sizes` are the documents' sizes in bytes: large ones get a chunk to themselves.
    """
    if processes <= 1 or len(tasks) <= 1:
        worker = Worker(job)
        return (worker.do(task) for task in tasks)
    return _Pool(job, processes).run(chunks(tasks, processes, sizes))


def chunks(
    tasks: Sequence[Task], processes: int, sizes: Sequence[int] = ()
) -> Iterator[Chunk]:
    """The tasks in chunks: few enough that every process gets its share to the end."""
    most = max(1, min(MOST_IN_CHUNK, len(tasks) // (4 * processes)))
    chunk: list[Task] = []
    size = 0
    for place, task in enumerate(tasks):
        own = sizes[place] if sizes else 0
        if chunk and (len(chunk) == most or size + own > MOST_BYTES_IN_CHUNK):
            yield tuple(chunk)
            chunk, size = [], 0
        chunk.append(task)
        size += own
    if chunk:
        yield tuple(chunk)


class _Pool:
    """A pool of processes that is made anew when one of them has crashed."""

    def __init__(self, job: Job, processes: int) -> None:
        self._job = job
        self._processes = processes
        self._context = _context()

    def run(self, chunked: Iterable[Chunk]) -> Generator[Done, None, None]:
        """What came of each task, in order."""
        left = iter(chunked)
        while True:
            with self._started(self._processes) as pool:
                unfinished = yield from self._until_crash(pool, left)
            if not unfinished:
                return
            for chunk in unfinished:
                yield from self._one_by_one(chunk)

    def _until_crash(
        self, pool: ProcessPoolExecutor, left: Iterator[Chunk]
    ) -> Generator[Done, None, list[Chunk]]:
        """Works through what is left; gives the chunks that were under way in a crash."""
        under_way: deque[Chunk] = deque()
        futures: deque[Future[list[Done]]] = deque()
        try:
            while True:
                while len(under_way) < self._processes * _CHUNKS_UNDER_WAY:
                    chunk = next(left, None)
                    if chunk is None:
                        break
                    under_way.append(chunk)
                    futures.append(pool.submit(_do, chunk))
                if not under_way:
                    return []
                done = futures.popleft().result()
                under_way.popleft()
                yield from done
        except BrokenProcessPool:
            return list(under_way)

    def _one_by_one(self, tasks: Chunk) -> Iterator[Done]:
        """Does each task by itself, so that it shows which one it was that crashed."""
        left = deque(tasks)
        while left:
            with self._started(1) as pool:
                try:
                    while left:
                        [done] = pool.submit(_do, (left[0],)).result()
                        left.popleft()
                        yield done
                except BrokenProcessPool:
                    left.popleft()
                    yield Done(problem=_crashed())

    @contextmanager
    def _started(self, processes: int) -> Iterator[ProcessPoolExecutor]:
        """A pool. Left early, by Ctrl-C or a broken pipe, it does not finish its work first."""
        pool = ProcessPoolExecutor(processes, self._context, _begin, (self._job,))
        with _interrupts_held_back():
            pool.submit(_do, ())
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise
        pool.shutdown()


def _context() -> BaseContext:
    """How processes are started: not by forking this one, which may have threads (the bar)."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["sagsgang.cli.work", "sagsgang.minutes"])
    return context


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl-C waits a moment: processes that are started meanwhile leave it to this one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in the processes of the pool ------------------------------------------------------------


def _begin(job: Job) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _workers[:] = [Worker(job)]


def _leave_with_parent() -> None:
    """A process that nobody waits for any more ends, also when the program was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(tasks: Chunk) -> list[Done]:
    [worker] = _workers
    return [worker.do(task) for task in tasks]


def _crashed() -> str:
    return say(
        "Læsningen gik ned undervejs. Filen er måske beskadiget; gem den på ny, og prøv igen.",
        "Reading it crashed. The file may be damaged; save it anew, and try again.",
    )
