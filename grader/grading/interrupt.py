"""Ctrl-C that holds, wherever in a run it falls."""

from __future__ import annotations

import signal
import threading


class Interrupt:
    """While it is entered, a Ctrl-C that was lost is not forgotten: `check` raises it again.

    Python loses a KeyboardInterrupt that falls into a finalizer or into a callback of a weak reference,
    which there are many of while nbgrader is imported: it is printed, and the run would go on to its end.
    Where Ctrl-C means something else, as in a background job or a notebook, nothing is changed.
    """

    def __init__(self):
        self.pressed = False
        self.before = None

    def press(self, number, frame) -> None:
        self.pressed = True
        raise KeyboardInterrupt

    def check(self) -> None:
        """Raises KeyboardInterrupt if there was one."""
        if self.pressed:
            raise KeyboardInterrupt

    def __enter__(self):
        main = threading.current_thread() is threading.main_thread()
        if main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self.before = signal.signal(signal.SIGINT, self.press)
        return self

    def __exit__(self, kind, *error):
        if self.before is not None:
            signal.signal(signal.SIGINT, self.before)
        if kind is None:
            self.check()
