"""Confinement without namespaces, for Docker and Kubernetes: Landlock, seccomp and rlimits.

Weaker than bubblewrap, in this: whether a path exists, its size and owner can be asked (stat), and
with them the numbers of other processes; the host's name is seen; the disk is limited from outside
(per file at once; in total, deleted files that are open included, when `Confined.poll` looks); a lesson
has a folder of its own in place of mounts, and sees the numbers of other processes, none of their files
in /proc; an ordinary user's lessons share one number of threads, so that one which takes them all leaves
another that runs meanwhile none to start. What is as strong: no file but the listed ones can be opened, no
connection be made (seccomp refuses connect, and every socket but a local one), no process be started,
signalled or traced.

Three system calls through ctypes, in launch.py: the bindings on PyPI are development releases and
would have to be installed where student code runs.
"""

from __future__ import annotations

import ctypes
from pathlib import Path

from . import seccomp
from .base import NoSandbox, Sandbox

(
    EXECUTE,
    WRITE,
    READ,
    LIST,
    REMOVE_DIR,
    REMOVE_FILE,
    _,
    MAKE_DIR,
    MAKE_FILE,
    MAKE_SOCKET,
    _,
    _,
    LINK,
    RENAME,
    TRUNCATE,
    DEVICE_CONTROL,
) = (1 << bit for bit in range(16))
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # version: how many of these it knows
ABSTRACT_SOCKETS, SIGNALS = 1, 2  # scopes of version 6: only within the sandbox

DEVICES = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"]
FACTS = [
    "/proc/self",
    "/proc/stat",
    "/proc/meminfo",
    "/proc/cpuinfo",
    "/sys/devices/system/cpu",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
]


class Landlock(Sandbox):
    name = "landlock"
    summary = "Landlock, seccomp and limits (no namespaces here): no network, no files but Python's"

    def plan(self, run, uid, may_fork) -> dict:
        if not version():
            raise NoSandbox("this kernel has no Landlock (Linux 5.13 or later, enabled at boot)")
        home, tmp = self.home(run), str(run.dir / "tmp")
        sockets = [str(run.connection_dir / "ipc")] if run.connection_dir else []
        files = [str(run.dir / "files"), *([str(run.connection_dir)] if run.connection_dir else [])]
        hidden = {path.resolve() for path in self.student.hidden()}
        tops = {path.resolve() for path in self.student.libraries() if path.exists()}
        libraries = [str(path) for top in tops for path in without(top, hidden)]
        read = [str(self.student.home), *libraries, *FACTS, *files]
        if may_fork:
            read.remove("/proc/self")  # the parent's: none of its children's business
        return super().plan(run, uid, may_fork) | {
            "filter": seccomp.assemble(may_fork, serves=bool(run.connection_dir)),
            "landlock": ruleset(read, [home, tmp], DEVICES, sockets),
        }

    def lesson(self, run) -> dict:
        """Within what the parent may: everything may be read, and only its own place be written to."""
        own = ruleset(["/"], ["{home}", "{tmp}"], DEVICES, [])
        return super().lesson(run, None, own, seccomp.assemble())


def version() -> int:
    """Which Landlock the kernel has; 0 for none."""
    return max(0, ctypes.CDLL(None).syscall(444, None, ctypes.c_long(0), 1))


def ruleset(read, write, devices, sockets) -> dict:
    """What `make_ruleset` in launch.py takes: all rights are handled, these paths get some back."""
    handled = (1 << RIGHTS.get(version(), 16)) - 1
    look = EXECUTE | READ | LIST
    anything = look | WRITE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_FILE | LINK | RENAME | TRUNCATE
    rules = [(path, look) for path in read] + [(path, anything) for path in write]
    rules += [(path, READ | WRITE | TRUNCATE) for path in devices]
    rules += [(path, LIST | MAKE_SOCKET | REMOVE_FILE) for path in sockets]
    return {
        "handled": handled,
        "scoped": ABSTRACT_SOCKETS | SIGNALS if version() >= 6 else 0,
        "on_files": EXECUTE | WRITE | READ | TRUNCATE | DEVICE_CONTROL,
        "rules": [(path, handled & rights) for path, rights in rules],
    }


def without(top: Path, hidden: set[Path]) -> list[Path]:
    """The path, or where something under it is hidden its children without that: rights only add up.

    Links among the children are left out: the right would go to whatever they point to."""
    if top in hidden:
        return []
    if not any(path.is_relative_to(top) for path in hidden):
        return [top]
    return [found for child in top.iterdir() if not child.is_symlink() for found in without(child, hidden)]
