"""What a student's interpreter may use, as numbers that the launcher turns into rlimits."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path

MIB = 1024**2


@dataclass(frozen=True)
class Limits:
    """Each limit ends one interpreter, never the class run. Sizes are in bytes."""

    memory: int = 2048 * MIB  # address space: an array that is too large raises MemoryError
    disk: int = 128 * MIB  # home and /tmp each: filling the disk
    semaphores: int = MIB  # in shared memory, where thread pools keep their locks
    file_size: int = 64 * MIB  # one file: the same, where no tmpfs holds the total
    open_files: int = 256  # descriptors, and with them the memory in pipes and sockets
    processes: int = 64  # threads, and processes where they are allowed: fork and thread bombs
    cpu_seconds: int = 600  # processor time: an endless loop that nothing else notices
    message: int = 32 * MIB  # one message from the kernel: 100 MB of output in one print
    entries: int = 2_000  # files and directories that it may leave on the host's disk

    def rlimits(self, threads_elsewhere: int = 0) -> list[tuple[int, int]]:
        """Pairs for `setrlimit`; soft and hard are the same, so that none can be raised again.

        `threads_elsewhere` are those that the kernel counts as well: see `count_threads`.
        """
        return [
            (resource.RLIMIT_AS, self.memory),
            (resource.RLIMIT_FSIZE, self.file_size),
            (resource.RLIMIT_NOFILE, self.open_files),
            (resource.RLIMIT_NPROC, self.processes + threads_elsewhere),
            (resource.RLIMIT_CPU, self.cpu_seconds),
            (resource.RLIMIT_CORE, 0),  # a core file holds what the interpreter held, on our disk
            (resource.RLIMIT_MSGQUEUE, 0),  # queues outlive the process that made them
        ]


def count_threads() -> int:
    """How many threads this user runs now: a process limit counts them all, unless the sandbox
    runs as a user of its own or in a user namespace."""
    threads = 0
    for task in Path("/proc").glob("[0-9]*/task"):
        try:
            if task.stat().st_uid == os.getuid():
                threads += len(list(task.iterdir()))
        except OSError:
            continue  # it ended meanwhile
    return threads
