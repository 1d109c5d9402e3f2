"""What stands for other processes in a lesson, which has none: refusals in words, and locks among threads.

Runs inside, as launch.py does. The sandbox refuses processes whatever is done here; this is for honest
cells, so that they read why, and so that pools of threads work, which take their locks from
multiprocessing.
"""

import os
import threading


def share_nothing():
    """In the warm parent: have multiprocessing keep locks and values where a lesson may."""
    import _multiprocessing
    import multiprocessing.heap

    _multiprocessing.SemLock = LockOfThreads
    multiprocessing.heap.Arena._dir_candidates = []  # not /dev/shm, but a temporary file


def refuse_processes():
    """In a lesson: say in words what the sandbox refuses anyway."""
    import _posixsubprocess
    import subprocess

    def refuse(*args, **kwargs):
        raise PermissionError("no other process can be started while notebooks are graded; threads can")

    for name in ("fork", "forkpty", "system", "posix_spawn", "posix_spawnp", "execv", "execve"):
        setattr(os, name, refuse)
    _posixsubprocess.fork_exec = subprocess._fork_exec = refuse


class LockOfThreads:
    """What multiprocessing makes its locks of, pools of threads too, for the one process that there is.

    The true one lies in memory that it shares with everybody, where nothing can be made.
    """

    SEM_VALUE_MAX = 2**31 - 1
    RECURSIVE = 0
    name, handle = None, 0

    def __init__(self, kind, value, maxvalue, name, unlink):
        self.kind, self.value, self.maxvalue = kind, value, maxvalue
        self.owner, self.count, self.changed = 0, 0, threading.Condition()

    def acquire(self, block=True, timeout=None):
        with self.changed:
            again = self.kind == self.RECURSIVE and self._is_mine()
            if not again:
                if not self.changed.wait_for(lambda: self.value > 0, timeout if block else 0):
                    return False
                self.value -= 1
            self.owner, self.count = threading.get_ident(), self.count + 1
            return True

    def release(self):
        with self.changed:
            if self.kind == self.RECURSIVE:
                if not self._is_mine():
                    raise AssertionError("attempt to release recursive lock not owned by thread")
            elif self.value >= self.maxvalue:
                raise ValueError("semaphore or lock released too many times")
            self.count -= 1
            if self.kind != self.RECURSIVE or not self.count:
                self.value += 1
                self.changed.notify()

    def _is_mine(self):
        return self.count > 0 and self.owner == threading.get_ident()

    def _count(self):
        return self.count

    def _get_value(self):
        return self.value

    def _is_zero(self):
        return self.value == 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *error):
        self.release()
