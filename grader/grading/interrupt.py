"""Ctrl-C that holds, wherever in a run it falls."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """While processes are started: a Ctrl-C, which a terminal sends to them as well, waits in them until they
    leave it to this one by `leave_to_the_run`; else Python would print where each stood."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_to_the_run() -> None:
    """In a process that was started so: whoever started it answers a Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""What ends a run: Ctrl-C, `kill`, a terminal that is closed."""


class Interrupt:
    """While it is entered, what ends a run does so as Ctrl-C does, and one that was lost is not forgotten:
    `check` raises it again.

    Python loses a KeyboardInterrupt that falls into a finalizer or into a callback of a weak reference,
    which there are many of while nbgrader is imported: it would print where that was, and the run would go on
    to its end.
    Where a signal means something else, as in a background job or a notebook, nothing is changed. One may be
    entered within another, and answers meanwhile.
    """

    def __init__(self):
        self.pressed = 0
        self.before = {}

    def press(self, number, frame) -> None:
        self.pressed = number
        raise KeyboardInterrupt(number)

    def check(self) -> None:
        """Raises KeyboardInterrupt with the signal's number if there was one."""
        if self.pressed:
            raise KeyboardInterrupt(self.pressed)

    def lose(self, unraisable) -> None:
        """In place of `sys.unraisablehook`: nothing is said of what `check` raises again."""
        if not (self.pressed and issubclass(unraisable.exc_type, KeyboardInterrupt)):
            self.usual(unraisable)

    def __enter__(self):
        self.usual, sys.unraisablehook = sys.unraisablehook, self.lose
        if threading.current_thread() is threading.main_thread():
            for number in ENDING:
                if ends(signal.getsignal(number)):
                    self.before[number] = signal.signal(number, self.press)
        return self

    def __exit__(self, kind, *error):
        for number, handler in self.before.items():
            signal.signal(number, handler)
        sys.unraisablehook = self.usual
        if kind is None:
            self.check()


def ends(handler: object) -> bool:
    """Whether it is what Python does by itself, or another Interrupt."""
    usual = (signal.default_int_handler, signal.SIG_DFL)
    return handler in usual or isinstance(getattr(handler, "__self__", None), Interrupt)


def ignore_endings() -> None:
    """A second one has nothing left to stop."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)
