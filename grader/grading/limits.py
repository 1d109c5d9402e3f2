"""Limits of the host's own processes: what a worker may take for one submission, whatever is in it."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

MEMORY = 3 * 1024**3  # bytes of address space, besides what a worker takes when it starts
LESSONS = 5 * 60  # seconds in which all cells of all lessons have to be over, tried twice if need be
GRADING, PAGES = 3 * LESSONS, 5 * 60  # seconds; a cell that runs when the time is over is waited for


class OutOfTime(Exception):
    """A submission took longer than `limited` allows."""


def limit_memory() -> None:
    """In a worker of our own: more memory raises MemoryError, and the machine goes on."""
    import resource  # not on Windows

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most, hard = pages * os.sysconf("SC_PAGE_SIZE") + MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


@contextlib.contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raise OutOfTime in what takes longer, also within a regular expression.

    In the main thread only, and where there are such signals: elsewhere it goes without.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(*_):
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def in_words(error: BaseException) -> str:
    """Which limit an error stands for, or which file is in the way; empty where it is another error."""
    if isinstance(error, OutOfTime):
        return "it took longer than any submission needs"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}; mend that, and grade again"
    return "it took more memory than any submission needs" if isinstance(error, MemoryError) else ""
