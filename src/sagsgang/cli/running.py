"""Many documents in several processes, with the results in the order of the documents.

Documents go out and results come back in chunks, and nobody runs far ahead of the document whose
turn it is: memory does not grow with the number of documents. A chunk whose process crashes is
done again one document at a time; the one that crashes it is reported like any other that cannot
be read, and the rest go on.

Each process has a pipe of its own to this one. `concurrent.futures` was tried: its processes share
a queue, and one that Ctrl-C ends while it writes leaves the queue waiting for ever.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Final, Self

from .language import say
from .work import Done, Job, Task, Worker

MOST_IN_CHUNK: Final = 32
MOST_BYTES_IN_CHUNK: Final = 4 * 2**20
_CHUNKS_AHEAD: Final = 4
"""For each process: how far the quick ones may run ahead of a slow one."""


def run(job: Job, tasks: Sequence[Task], processes: int) -> Generator[Done, None, None]:
    """What came of each task, in their order, from several processes."""
    ready: dict[int, Done] = {}
    turn = 0
    sizes = [task.size for task in tasks]
    with _Crew(job, tasks, processes, chunks(len(tasks), processes, sizes)) as crew:
        while turn < len(tasks):
            crew.hand_out(turn)
            ready.update(crew.take_in())
            while turn in ready:
                yield ready.pop(turn)
                turn += 1


def chunks(count: int, processes: int, sizes: Sequence[int] = ()) -> Iterator[range]:
    """The places 0, 1, 2 … `count` - 1 in chunks, small enough that all get a share of the last.

    `sizes` are the documents' sizes in bytes: large ones get a chunk to themselves.
    """
    most = max(1, min(MOST_IN_CHUNK, count // (4 * processes)))
    first, size = 0, 0
    for place in range(count):
        own = sizes[place] if sizes else 0
        if place > first and (place - first == most or size + own > MOST_BYTES_IN_CHUNK):
            yield range(first, place)
            first, size = place, 0
        size += own
    if first < count:
        yield range(first, count)


@dataclass(slots=True, eq=False)
class _Hand:
    """A process, the pipe to it, and the chunk that it works on."""

    process: BaseProcess
    pipe: Connection[Sequence[Task], list[Done]]
    chunk: range | None = None


class _Crew:
    """The processes, and who does what."""

    def __init__(
        self, job: Job, tasks: Sequence[Task], processes: int, chunked: Iterator[range]
    ) -> None:
        self._job = job
        self._tasks = tasks
        self._wanted = processes
        self._ahead = processes * _CHUNKS_AHEAD * MOST_IN_CHUNK
        self._chunked = chunked
        self._first: deque[range] = deque()
        """Chunks that come before those that are left."""
        self._context = _context()
        self._hands: list[_Hand] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Lets the processes go. Left early (by Ctrl-C, say), their work is not finished first."""
        for hand in self._hands:
            hand.pipe.close()
            if error is not None:
                hand.process.terminate()
        for hand in self._hands:
            hand.process.join()

    def hand_out(self, turn: int) -> None:
        """Gives a chunk to each process that has nothing to do, if it is not too far ahead."""
        for place in range(self._wanted):
            if place < len(self._hands) and self._hands[place].chunk is not None:
                continue
            chunk = self._first.popleft() if self._first else next(self._chunked, None)
            if chunk is None:
                return
            if chunk.start > turn + self._ahead:
                self._first.appendleft(chunk)
                return
            if place == len(self._hands):
                self._hands.append(self._hired())
            self._give(self._hands[place], chunk)

    def take_in(self) -> Iterator[tuple[int, Done]]:
        """Waits until a process answers; gives the places of tasks and what came of them."""
        busy = {hand.pipe: hand for hand in self._hands if hand.chunk is not None}
        for pipe in wait(list(busy)):
            hand = busy[pipe]  # type: ignore[index]
            chunk, hand.chunk = hand.chunk or range(0), None
            try:
                yield from zip(chunk, hand.pipe.recv(), strict=True)
            except (EOFError, OSError):
                self._dismiss(hand)
                if len(chunk) == 1:
                    yield chunk.start, Done(problem=_crashed())
                else:
                    self._first.extendleft(range(place, place + 1) for place in reversed(chunk))

    def _give(self, hand: _Hand, chunk: range) -> None:
        hand.chunk = chunk
        # A process is given work only while it waits for some, so this does not block. If it has
        # crashed, that shows when its answer is taken in.
        with suppress(OSError):
            hand.pipe.send(self._tasks[chunk.start : chunk.stop])

    def _dismiss(self, hand: _Hand) -> None:
        self._hands.remove(hand)
        hand.pipe.close()
        hand.process.join()

    def _hired(self) -> _Hand:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._job), daemon=True)
        with _interrupts_held_back():
            process.start()
        theirs.close()
        return _Hand(process, ours)


def _work(pipe: Connection[list[Done], Sequence[Task]], job: Job) -> None:
    """What a process does: tasks come in, answers go out, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker = Worker(job)
    # Whatever goes wrong here, the other end sees that the pipe is closed, and tells the user.
    with suppress(Exception):
        while True:
            pipe.send([worker.do(task).whole() for task in pipe.recv()])


def _context() -> ForkServerContext | SpawnContext:
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


def _crashed() -> str:
    return say(
        "Læsningen gik ned undervejs. Filen er måske beskadiget; gem den på ny, og prøv igen.",
        "Reading it crashed. The file may be damaged; save it anew, and try again.",
    )
