"""Warm kernels: one sandboxed parent that has imported what lessons use, one fork of it for each lesson.

A lesson's own cells before the first answer are the same for everybody. They run once, in a branch: a fork
of the parent, of which the lesson's kernels are forks then.

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
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

from ..sandbox.base import Confined, Sandbox, last_line

START_SECONDS = 60
CLOSE_SECONDS = 1
GRACE_SECONDS = 5  # for an interrupted cell to say so, on a busy machine
LOOK_SECONDS = 0.5  # between two looks at the disk that it fills, where no file system limits it
READY = b"ready\n"  # what a kernel says before anything of a student runs in it
MAX_REPLY = 8_000_000  # bytes
MAX_BRANCHES = 12  # of one parent: a chapter's lessons, and some more

Cells = tuple[str, ...]
"""The texts of cells that run one after the other."""


class KernelLost(Exception):
    """The kernel cannot go on: it died, did not answer in time, or said what cannot be read.

    `why` is "died", "stuck" or "garbled".
    """

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class Lender:
    """A process in a sandbox that lends kernels, one at a time: its forks."""

    confined: Confined | None
    control: socket.socket
    said = b""
    """What it has said last and nobody has acted upon: b"R" where it can lend."""

    replies: Sequence[dict] = ()
    """What the cells have put out that have run in it."""

    def lend(self) -> WarmKernel | None:
        """A kernel that says that it is ready; None when the process has ended, or lends what is dead."""
        ours, theirs = socket.socketpair()
        with theirs, contextlib.suppress(OSError):
            if self.confined.poll() is None and self.is_ready():
                self.order(b"L", theirs)
                ours.settimeout(START_SECONDS)
                if ours.recv(len(READY), socket.MSG_WAITALL) == READY:
                    return WarmKernel(self, ours)
        ours.close()
        return None

    def is_ready(self) -> bool:
        """Whether it can lend: what it has lent before is gone then. Waits until it says so, or ends."""
        self.said = self.said or self.control.recv(1)
        return self.said == b"R"

    def order(self, command: bytes, theirs: socket.socket) -> None:
        """Have it begin a lesson or a branch, which gets its end of a socket."""
        self.said = b""
        socket.send_fds(self.control, [command], [theirs.fileno()])
        theirs.close()

    def tell(self, command: bytes) -> None:
        with contextlib.suppress(OSError):  # it has ended; the kernel with it
            self.control.send(command)


class WarmParent(Lender):
    """A sandboxed process that lends kernels, one at a time; started anew when it has ended."""

    def __init__(self, sandbox: Sandbox):
        self.sandbox = sandbox
        self.confined = None
        self.lent: Lender = self  # who has lent last
        self.replaced: list[str] = []
        """Why a process was replaced, in its last words."""

        self.branches: dict[Cells, Branch | None] = {}
        """By the cells that they have run; None for cells that leave more than names."""

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

    def kernel(self, first: Cells = ()) -> WarmKernel:
        """A fresh kernel, in which the cells `first` may have run already: those of a lesson's own that come
        before anything of a student. What they have put out is in its `begun`, which else is empty.

        Raises RuntimeError when none can be had.
        """
        for _ in range(3):  # it may have ended itself after the last lesson
            if self.confined is None:
                self.start()
            if self.last_is_over():
                self.lent = self.branch(first) or self
                if kernel := self.lent.lend():
                    return kernel
            self.replaced.append(self.lent.last_words() or self.last_words())
            self.close()  # with all branches: what a lesson has left beside one of them is beside all
        raise RuntimeError(f"no kernel could be started in the sandbox: {self.replaced[-1]}")

    def last_is_over(self) -> bool:
        """Whether whoever has lent last is what it was before; others could mistake for a change of theirs
        what is only going with its lesson."""
        with contextlib.suppress(OSError):
            return self.lent.is_ready()
        return False

    def branch(self, first: Cells) -> Branch | None:
        """The branch that has run these cells, made where there is none yet; None where there can be none."""
        if first and first not in self.branches:
            if len(self.branches) >= MAX_BRANCHES:
                self.forget(next(iter(self.branches)))
            self.branches[first] = self.new_branch(first)
        return self.branches.get(first)

    def new_branch(self, first: Cells) -> Branch | None:
        ours, theirs = socket.socketpair()
        with theirs, contextlib.suppress(OSError, KernelLost):
            if self.confined.poll() is None and self.is_ready():
                self.order(b"B", theirs)
                return Branch(self, ours, first)
        ours.close()
        return None

    def forget(self, first: Cells) -> None:
        if branch := self.branches.pop(first):
            branch.control.close()

    def last_words(self) -> str:
        self.log.seek(0)
        return last_line(self.log.read(100_000))

    def close(self) -> None:
        """End it and everything in its sandbox: by itself, so that it waits for its child, else by force."""
        for first in list(self.branches):
            self.forget(first)
        if self.confined is not None:
            self.control.close()
            self.confined.close(CLOSE_SECONDS)
            self.log.close()
            self.confined, self.lent, self.said = None, self, b""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class Branch(Lender):
    """A fork of the parent that has run a lesson's first cells."""

    def __init__(self, parent: WarmParent, control: socket.socket, first: Cells):
        """Raises KernelLost or OSError where these cannot be run, or leave more than names."""
        self.confined, self.control = parent.confined, control
        control.settimeout(START_SECONDS)
        request = {"id": secrets.token_hex(8), "cells": first}
        control.sendall(json.dumps(request).encode() + b"\n")
        with control.makefile("rb", 0) as said:
            line = said.readline(MAX_REPLY)
        self.replies = parse_reply(line, request["id"], "replies")["replies"]

    def last_words(self) -> str:
        """Why it has ended, as far as it could say so."""
        with contextlib.suppress(OSError):
            return self.control.recv(1000).decode(errors="replace") if self.said == b"X" else ""
        return ""


class WarmKernel:
    """A fork of the parent that has run nothing yet."""

    def __init__(self, parent: Lender, channel: socket.socket):
        self.parent, self.channel = parent, channel
        self.begun = deepcopy([*parent.replies])
        """The replies of the cells that have run in it already."""

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


def parse_reply(line: bytes, wanted: str, holds: str = "outputs") -> dict:
    """The reply as plain data of the right form, which `holds` a list. Raises KernelLost."""
    try:
        reply = json.loads(line)
    except (ValueError, RecursionError):
        raise KernelLost("garbled") from None
    if not isinstance(reply, dict) or reply.get("id") != wanted or not isinstance(reply.get(holds), list):
        raise KernelLost("garbled")
    return reply
