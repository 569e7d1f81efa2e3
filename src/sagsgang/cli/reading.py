"""Reading many documents, here or in several processes: what the commands that read share."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import Final

from .gathering import is_address
from .language import say
from .refusal import Refusal
from .work import Done, Job, Task, one_by_one

_WORTH_PROCESSES: Final = 2**20
"""Bytes of documents below which one process has read them before others have started."""


def check(jobs: int | None, vocabulary: Sequence[Path]) -> None:
    """Nothing, where the options of reading can be followed.

    Raises:
        Refusal: they cannot.
    """
    if jobs is not None and jobs < 1:
        raise Refusal(say("--jobs skal være mindst 1.", "--jobs must be at least 1."))
    if vocabulary:
        from ..minutes import VocabularyError, extended

        try:
            extended(*vocabulary)
        except VocabularyError as error:
            raise Refusal(f"--vocabulary: {error}") from error


def words_of(vocabulary: Iterable[str]) -> list[str]:
    """What tells whether the words of the vocabulary files are the same as at another time."""
    return [hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in vocabulary]


def results_of(job: Job, tasks: Sequence[Task], jobs: int | None) -> Generator[Done, None, None]:
    """What came of each task, in their order; read in `jobs` processes, or as many as help."""
    processes = min(jobs or _processes(job, tasks), len(tasks))
    if processes <= 1:
        return one_by_one(job, tasks)
    from .running import run

    return run(job, tasks, processes)


def _processes(job: Job, tasks: Sequence[Task]) -> int:
    """How many processes are worth their start: one for each core, if there is work for them."""
    small = sum(task.size for task in tasks) < _WORTH_PROCESSES
    if small and not job.ocr and not any(is_address(task.source) for task in tasks):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
