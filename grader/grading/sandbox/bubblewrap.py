"""Confinement by bubblewrap: namespaces of its own for files, network, processes, IPC and host name."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from . import landlock, seccomp
from .base import NoSandbox, Sandbox
from .environment import Student

HOME, TMP, SHARED, STUDENT, FILES = "/home/student", "/tmp", "/dev/shm", "/student", "/mnt"


class Bubblewrap(Sandbox):
    name = "bubblewrap"
    summary = "no network, no files but Python's, no other process; seccomp, Landlock and limits inside"

    @property
    def inside(self) -> Student:
        return self.student.moved(STUDENT)

    def home(self, run) -> str:
        return HOME

    def files(self, run) -> str:
        return FILES

    def variables(self, run) -> dict[str, str]:
        """bwrap itself gets no more than the student: its /proc/1/environ can be read inside."""
        return self.inside.variables(HOME, TMP)

    def threads_elsewhere(self) -> int:
        return 0  # counted per user namespace (Linux 5.14), or for the user that root becomes

    def plan(self, run, uid, may_fork) -> dict:
        return super().plan(run, uid, may_fork) | {
            "parent": None,  # bwrap is outside of the process namespace
            "filter": seccomp.assemble(may_fork, serves=bool(run.connection_dir)),
            # Once more, from within: no file but sockets can be made in the one folder that lies on
            # the host's disk, so that it cannot be filled. (It would forbid a warm parent to mount.)
            "landlock": None if may_fork else within([HOME, TMP], ipc(run)),
        }

    def lesson(self, run) -> dict:
        own = {HOME: run.limits.disk, TMP: run.limits.disk, SHARED: run.limits.semaphores}
        mounts = [(path, f"size={size},nr_inodes={run.limits.entries}") for path, size in own.items()]
        return super().lesson(run, mounts, within([HOME, TMP, SHARED]), seccomp.assemble())

    def wrapper(self, run, may_fork) -> list[str]:
        bwrap = shutil.which("bwrap")
        if bwrap is None:
            raise NoSandbox("bwrap is not installed")
        return [
            bwrap,
            # The network (abstract sockets too), the processes, the shared memory of others.
            "--unshare-ipc",
            "--unshare-pid",
            "--unshare-net",
            "--unshare-uts",
            "--unshare-cgroup-try",
            *user(may_fork),
            "--die-with-parent",  # nothing lives on when the grader is killed
            # (--new-session is done outside: as its leader, pid 1 would be sent no interrupts)
            "--hostname",
            "localhost",
            *tmpfs(HOME, run),
            *tmpfs(TMP, run),  # all that can be written: gone with the process
            *read_only(self, run),
            *connection(run),
            "--proc",
            "/proc",  # shows and signals the sandbox's own processes only
            "--dev",
            "/dev",
            "--remount-ro",
            "/dev",  # its tmpfs (and /dev/shm) has no size limit
            "--remount-ro",
            "/",  # the root is a tmpfs that could be filled
            "--chdir",
            HOME,
            "--",
        ]


def user(may_fork) -> list[str]:
    """Root becomes a free user in the launcher: a mapped root would still own root's files and have no
    process limit. bwrap's reaper stays root then, out of reach, and must, to be told of its parent's end.

    Anybody else gets a user namespace and a neutral number, and no reaper: it would be a process of the
    student's own user without limits, to be taken over through /proc/1/mem."""
    namespaces = ["--cap-add", "CAP_SYS_ADMIN"] if may_fork else []  # for its children's: see apart.py
    if os.getuid() == 0:
        return ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", *namespaces]
    return ["--unshare-user", "--uid", "1000", "--gid", "1000", "--as-pid-1", *namespaces]


def within(write, sockets=()) -> dict | None:
    """A Landlock ruleset to read everything that is mounted, and to write there only."""
    if not landlock.version():
        return None
    return landlock.ruleset(read=["/"], write=write, devices=landlock.DEVICES, sockets=sockets)


def read_only(sandbox: Sandbox, run) -> list[str]:
    """A list of paths, never `/`: no gradebook, no sources, no home, no sockets in /run."""
    args = mount("--ro-bind", sandbox.student.home, STUDENT) + mount("--ro-bind", run.dir / "files", FILES)
    for path in dict.fromkeys(sandbox.inside.libraries()):
        if path.is_symlink():
            args += ["--symlink", os.readlink(path), str(path)]
        elif path.exists():
            args += mount("--ro-bind", path)
    for path in sandbox.inside.hidden():
        args += mount("--ro-bind", sandbox.student.empty, path)
    for path in ("/etc/ld.so.cache", "/etc/localtime"):
        args += mount("--ro-bind-try", path)
    return args


def mount(kind, source, target=None) -> list[str]:
    """bwrap makes the folders above a mount for its own user alone; the one inside is another."""
    target = Path(target or source)
    above = [part for folder in reversed(target.parents[:-1]) for part in ("--dir", str(folder))]
    return [*above, kind, str(source), str(target)]


def tmpfs(path, run) -> list[str]:
    return ["--perms", "0777", "--size", str(run.limits.disk), "--tmpfs", path]


def ipc(run) -> list[str]:
    return [str(run.connection_dir / "ipc")] if run.connection_dir else []


def connection(run) -> list[str]:
    """The connection file cannot be changed: the grader reads it again after the start."""
    if run.connection_dir is None:
        return []
    path = run.connection_dir
    return mount("--ro-bind", path) + mount("--bind", path / "ipc")
