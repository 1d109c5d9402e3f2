"""Processes by what they belong to, and the memory they take together."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path


class Memory(threading.Thread):
    """Samples the memory of a process and all below it; pages that they share count once (PSS)."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0.0, threading.Event()

    def run(self):
        while not self.done.wait(1.0):
            self.peak = max(self.peak, sum(map(proportional_mb, [self.pid, *below(self.pid)])))

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.done.set()
        self.join()


def proportional_mb(pid: int) -> float:
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
    return 0.0


def below(pid: int) -> list[int]:
    """Every process below this one: workers, sandboxes, warm parents, kernels."""
    children: dict[int, list[int]] = {}
    for process, fields in stats():
        children.setdefault(int(fields[1]), []).append(process)
    found, waiting = [], [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def of_group(group: int) -> list[int]:
    """Every process of a group that has not ended; one of which nobody has taken note yet has."""
    return [process for process, fields in stats() if int(fields[2]) == group and fields[0] != "Z"]


def stats() -> Iterator[tuple[int, list[str]]]:
    """Each process with what `/proc/PID/stat` tells behind its name: state, parent, group and so on."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            yield int(path.parent.name), path.read_text().rpartition(")")[2].split()
