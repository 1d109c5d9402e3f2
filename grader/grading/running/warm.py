"""Warm kernels: one sandboxed parent that has imported what lessons use, one fork of it for each lesson.

The host's side of `sandbox/parent.py`. A kernel answers a cell, or the probe, with a line of JSON; what
it says is as little trusted as a Jupyter kernel's messages, and costs the lesson when it cannot be read.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
import tempfile
import time
from pathlib import Path

from ..sandbox.base import Sandbox, last_line

START_SECONDS = 60
CLOSE_SECONDS = 1
GRACE_SECONDS = 5  # for an interrupted cell to say so, on a busy machine
LOOK_SECONDS = 0.5  # between two looks at the disk that it fills, where no file system limits it
READY = b"ready\n"  # what a kernel says before anything of a student runs in it
MAX_REPLY = 8_000_000  # bytes


class KernelLost(Exception):
    """The kernel cannot go on: it died, did not answer in time, or said what cannot be read.

    `why` is "died", "stuck" or "garbled".
    """

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class WarmParent:
    """A sandboxed process that lends kernels, one at a time; started anew when it has ended."""

    def __init__(self, sandbox: Sandbox):
        self.sandbox = sandbox
        self.confined = None
        self.replaced: list[str] = []
        """Why a process was replaced, in its last words."""

    def start(self) -> None:
        """Start the process; it is ready when the first kernel is asked for."""
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self.control, theirs = socket.socketpair()
        self.control.settimeout(START_SECONDS)
        programs = Path(self.sandbox.inside.home)
        with theirs:
            self.confined = self.sandbox.start(
                [programs / "parent.py", theirs.fileno(), programs / "probe.py", programs / "trials.py"],
                may_fork=True,
                pass_fds=(theirs.fileno(),),
                stderr=self.log,
            )

    def kernel(self) -> WarmKernel:
        """A fresh kernel. Raises RuntimeError when none can be had."""
        for _ in range(3):  # it may have ended itself after the last lesson
            if self.confined is None:
                self.start()
            if kernel := self.lend():
                return kernel
            message = self.last_words()
            self.replaced.append(message)
            self.close()
        raise RuntimeError(f"no kernel could be started in the sandbox: {message}")

    def lend(self) -> WarmKernel | None:
        """A kernel that says that it is ready; None when the process has ended, or lends what is dead."""
        ours, theirs = socket.socketpair()
        with theirs, contextlib.suppress(OSError):
            if self.confined.poll() is None and self.control.recv(1) == b"R":
                socket.send_fds(self.control, [b"L"], [theirs.fileno()])
                theirs.close()
                ours.settimeout(START_SECONDS)
                if ours.recv(len(READY), socket.MSG_WAITALL) == READY:
                    return WarmKernel(self, ours)
        ours.close()
        return None

    def tell(self, command: bytes) -> None:
        with contextlib.suppress(OSError):  # it has ended; the kernel with it
            self.control.send(command)

    def last_words(self) -> str:
        self.log.seek(0)
        return last_line(self.log.read(100_000))

    def close(self) -> None:
        """End it and everything in its sandbox: by itself, so that it waits for its child, else by force."""
        if self.confined is not None:
            self.control.close()
            self.confined.close(CLOSE_SECONDS)
            self.log.close()
            self.confined = None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class WarmKernel:
    """A fork of the parent that has run nothing yet."""

    def __init__(self, parent: WarmParent, channel: socket.socket):
        self.parent, self.channel = parent, channel
        self.rest = bytearray()
        self.looked = time.monotonic()

    def run(self, seconds: float, **request) -> tuple[dict, bool]:
        """Its reply to {"code": ...} or {"plan": ...}, and whether it had to be interrupted.

        The reply holds "outputs", "count" and "record". Raises KernelLost.
        """
        request["id"] = secrets.token_hex(8)
        deadline = time.monotonic() + seconds
        try:
            self.channel.settimeout(seconds)
            self.channel.sendall(json.dumps(request).encode() + b"\n")
            try:
                line, late = self.line(deadline), False
            except TimeoutError:
                self.parent.tell(b"I")
                line, late = self.line(time.monotonic() + GRACE_SECONDS), True
            return parse_reply(line, request["id"]), late
        except TimeoutError:
            raise KernelLost("stuck") from None
        except OSError:
            raise KernelLost("died") from None

    def line(self, deadline: float) -> bytes:
        while (end := self.rest.find(b"\n", max(0, len(self.rest) - 2**16))) < 0:
            if len(self.rest) > MAX_REPLY:
                raise KernelLost("garbled")
            if (left := deadline - time.monotonic()) <= 0:
                raise TimeoutError
            self.channel.settimeout(min(left, LOOK_SECONDS))
            try:
                part = self.channel.recv(2**16)
            except TimeoutError:
                part = None
            if part == b"" or (self.is_time_to_look() and self.parent.confined.poll() is not None):
                raise KernelLost("died")
            self.rest += part or b""
        line = bytes(self.rest[:end])
        del self.rest[: end + 1]
        return line

    def is_time_to_look(self) -> bool:
        """By the clock: whoever lets a byte trickle out now and then is looked at as well."""
        now = time.monotonic()
        due = now - self.looked >= LOOK_SECONDS
        self.looked = now if due else self.looked
        return due

    def close(self) -> None:
        self.channel.close()
        self.parent.tell(b"E")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def parse_reply(line: bytes, wanted: str) -> dict:
    """The reply as plain data of the right form. Raises KernelLost."""
    try:
        reply = json.loads(line)
    except (ValueError, RecursionError):
        raise KernelLost("garbled") from None
    if not isinstance(reply, dict) or reply.get("id") != wanted or not isinstance(reply.get("outputs"), list):
        raise KernelLost("garbled")
    return reply
