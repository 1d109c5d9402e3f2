"""What every sandbox does: a throw-away home, a clean environment, limits, and an end that is one."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import os
import re
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from functools import cached_property
from pathlib import Path

from ..intake.names import is_data
from .environment import Student, student
from .limits import Limits, count_threads

# Short, as a socket's path has 107 characters at most; not in /tmp, where inside anything may be written,
# and Landlock cannot take that back for one folder in it.
ROOM = next((path for path in ("/var/tmp", "/tmp") if os.access(path, os.W_OK)), None)
SET_CHILD_SUBREAPER = 36
NOWHERE = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)


PROBE = """
import os, socket
pid, place = apart.fork()
if pid:
    os.waitpid(pid, 0)
    os._exit(0)
apart.settle(place, {1, 2})
connect = lambda: socket.socket().connect(("127.0.0.1", 9))
for reach in (lambda: open(%r), connect):
    try: said = f"reached {reach()}"
    except ConnectionError: said = "reached"
    except OSError: said = "refused"
    print(said, flush=True)
"""


class NoSandbox(RuntimeError):
    """Student code cannot be confined on this machine; the message says what would help."""


class Sandbox:
    """No sandbox at all, for `--unsafe`: limits, a clean environment and a throw-away home only."""

    name = "unconfined"
    summary = "NOT CONFINED (--unsafe): student code can read your files and use the network"

    def __init__(self, packages: tuple[str, ...] = ()):
        self.packages = packages

    @cached_property
    def student(self) -> Student:
        return student(self.packages)

    def describe(self) -> str:
        return f"Sandbox: {self.name}. {self.summary}."

    def start(
        self,
        argv,
        workdir=None,
        connection_dir=None,
        limits=None,
        may_fork=False,
        pass_fds=(),
        **streams,
    ) -> Confined:
        """Run the student's Python with `argv` (-m module | -c code | file, then arguments).

        workdir         a directory whose data files the program finds, as copies, where it starts
        connection_dir  may be read, and sockets be made in its folder `ipc`; same path inside (see ROOM)
        may_fork        for a warm parent: it may start processes, by its global `apart` (see apart.py),
                        and must settle each child before student code runs there
        pass_fds        descriptors that survive, under the same numbers; all others are closed
        streams         stdin, stdout, stderr as for `Popen`; by default all go nowhere
        """
        run = Run(limits or Limits(), connection_dir)
        try:
            uid = a_free_uid() if os.getuid() == 0 else None
            run.prepare(uid, workdir)
            plan = self.plan(run, uid, may_fork)
            with memory_file(json.dumps(plan)) as fd:
                argv = [*self.python(), str(fd), *map(str, argv)]
                return Confined(
                    run,
                    subprocess.Popen(
                        [*self.wrapper(run, may_fork), *argv],
                        env=self.variables(run),
                        cwd="/",
                        pass_fds=(fd, *pass_fds),
                        start_new_session=True,  # no terminal to type into
                        **(NOWHERE | streams),
                    ),
                )
        except BaseException:
            run.remove()
            raise

    def plan(self, run, uid, may_fork) -> dict:
        """What the launcher is to do inside: see launch.py."""
        return {
            "uid": uid,
            "parent": os.getpid(),
            "home": self.home(run),
            "site": str(self.inside.site),
            "rlimits": run.limits.rlimits(0 if uid is not None else self.threads_elsewhere()),
            "copies": self.copies(run),
            "landlock": None,
            "filter": None,
            "lesson": self.lesson(run) if may_fork else None,
        }

    def lesson(self, run, mounts=None, landlock=None, filter=None) -> dict:
        """What a warm parent is to do for each of its children, who has read its fonts: see apart.py."""
        return {
            "copies": [(self.files(run), "lesson")],
            "mounts": mounts,
            "landlock": landlock,
            "filter": filter,
        }

    def copies(self, run) -> list[tuple[str, str]]:
        """What lies in a home from the start: (where it is, where it goes)."""
        return [(str(self.inside.fonts), ".config/matplotlib"), (self.files(run), "lesson")]

    @property
    def inside(self) -> Student:
        return self.student

    def home(self, run) -> str:
        return str(run.dir / "home")

    def files(self, run) -> str:
        return str(run.dir / "files")

    def variables(self, run) -> dict[str, str]:
        return self.inside.variables(self.home(run), str(run.dir / "tmp"))

    def threads_elsewhere(self) -> int:
        return count_threads()

    def wrapper(self, run, may_fork) -> list[str]:
        return []

    def python(self) -> list[str]:
        """-I -S: no variable, no .pth file and no site-packages gets a say; -B: nothing to write to."""
        return [str(self.inside.python), "-I", "-S", "-B", str(self.inside.launcher)]

    def probe(self):
        """Run something trivial as a lesson and see that it is confined. Raises NoSandbox with the reason."""
        try:
            run = self.start(
                ["-c", PROBE % __file__], may_fork=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
        except (OSError, KeyError) as error:
            raise NoSandbox(f"{type(error).__name__}: {error}") from error
        with run:
            try:
                out, err = run.process.communicate(timeout=30)
            except subprocess.TimeoutExpired as error:
                raise NoSandbox("it did not start within 30 s") from error
        if out.split() != [b"refused"] * 2:
            raise NoSandbox(last_line(err) or f"the probe said {out[:80]!r}")


class Run:
    """The traces of one start on the host: what is copied in, and what may be written to."""

    def __init__(self, limits: Limits, connection_dir):
        self.folder, self.limits = Folder(), limits
        self.dir = self.folder.path
        self.connection_dir = Path(connection_dir) if connection_dir else None

    def prepare(self, uid, workdir):
        self.dir.chmod(0o711)
        for name in ("home", "tmp", "files"):
            (self.dir / name).mkdir(mode=0o755)
        if workdir is not None:
            stage(Path(workdir), self.dir / "files", self.limits.disk // 2)
        own = [self.dir / "home", self.dir / "tmp"]
        if self.connection_dir:
            (self.connection_dir / "ipc").mkdir(mode=0o700, exist_ok=True)
            self.connection_dir.chmod(0o711)
            own += [self.connection_dir / "ipc", *self.connection_dir.glob("*.json")]
        for path in own if uid is not None else ():
            os.chown(path, uid, uid)

    def overflowing(self, pid: int) -> bool:
        """Whether more lies on the host's disk than is allowed; to be asked now and then.

        What the processes below `pid` have deleted and keep open counts as well. A folder that cannot
        be read, or lies too deep to be, hides something: that counts as more."""
        size, entries = deleted_and_open(pid), 0
        waiting = [self.dir, *([self.connection_dir] if self.connection_dir else [])]
        while waiting:
            try:
                with os.scandir(waiting.pop()) as listing:
                    for entry in listing:
                        entries += 1
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
                        if size > 2 * self.limits.disk or entries > self.limits.entries:
                            return True
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(entry.path)
            except FileNotFoundError:
                continue  # removed meanwhile
            except OSError:
                return True
        return False

    def remove(self):
        self.folder.close()


def deleted_and_open(pid: int) -> int:
    """Bytes in files without a name that a process and its children hold open."""
    found = {}
    for process in [pid, *children_of(pid)]:
        with contextlib.suppress(OSError):  # it has ended, or is a parent, which nobody may look into
            for number in os.listdir(f"/proc/{process}/fd"):
                with contextlib.suppress(OSError):
                    status = os.stat(f"/proc/{process}/fd/{number}")
                    if stat.S_ISREG(status.st_mode) and not status.st_nlink:
                        found[status.st_dev, status.st_ino] = status.st_blocks * 512
    return sum(found.values())


def adopt_orphans() -> None:
    """Be the one that waits for what a killed process leaves: a container's first process may not, and
    then each would stay as a zombie."""
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children_of(pid: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    try:
        mine = list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:  # it has ended
        return []
    return mine + [below for child in mine for below in children_of(child)]


class Folder:
    """A folder of this process's own in ROOM, locked for as long as the process lives: whatever ends it, the
    next one that looks for a sandbox removes what is left."""

    NAME = re.compile(r"grader-lab-\w{8}")

    def __init__(self):
        self.path = Path(tempfile.mkdtemp(prefix="grader-lab-", dir=ROOM))
        self.lock = os.open(self.path, os.O_RDONLY)
        fcntl.flock(self.lock, fcntl.LOCK_SH)

    def close(self):
        remove_tree(self.path)
        if self.lock is not None:
            os.close(self.lock)
            self.lock = None


def remove_left_folders():
    """Remove this user's folders that nobody locks: those of processes that were killed."""
    for path in Path(ROOM).iterdir():
        with contextlib.suppress(OSError):  # in use, removed meanwhile, another user's
            status = os.lstat(path)
            new = time.time() - status.st_ctime < 60  # perhaps not locked yet
            if not Folder.NAME.fullmatch(path.name) or status.st_uid != os.geteuid() or new:
                continue
            lock = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove_tree(path)
            finally:
                os.close(lock)


def remove_tree(path: Path):
    """By rm, not shutil.rmtree: a tree made to be deep ends Python's recursion."""
    subprocess.run(["/bin/rm", "-rf", "--", str(path)], stderr=subprocess.DEVNULL)


class Confined:
    """A running program. Leaving the `with` block, or `close`, ends it and all that it left."""

    def __init__(self, run: Run, process: subprocess.Popen):
        self.run, self.process = run, process
        self.inside: set[int] = set()

    def poll(self) -> int | None:
        """As `Popen.poll`; a program that fills the host's disk is killed here."""
        if self.process.poll() is None and self.run.overflowing(self.process.pid):
            self.kill()
        return self.process.poll()

    def kill(self):
        """End everything inside: the only process, or all of its process namespace."""
        self.inside |= set(children_of(self.process.pid))
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
        for pid in self.inside:  # orphans are ours where we adopt them: see `adopt_orphans`
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
        self.inside.clear()

    def close(self, seconds: float = 0):
        """End it, by force where it does not end by itself within `seconds`."""
        self.inside |= set(children_of(self.process.pid))
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.kill()
        self.run.remove()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def a_free_uid() -> int:
    """A user that nobody is, drawn for each start: it owns no file, and a process limit counts only
    what this student starts. Within what this container's own user map allows."""
    lines = Path("/proc/self/uid_map").read_text().splitlines()
    top = min(2**31, max(first + count for first, _, count in (map(int, line.split()) for line in lines)))
    if top < 2**16:
        raise NoSandbox("root has no other users here that it could become")
    return top - 2 - secrets.randbelow(min(top // 2, 10**9))


@contextlib.contextmanager
def memory_file(text: str):
    fd = os.memfd_create("plan")
    try:
        os.write(fd, text.encode())
        os.lseek(fd, 0, os.SEEK_SET)
        yield fd
    finally:
        os.close(fd)


def stage(source: Path, target: Path, room: int, depth: int = 3):
    """Copy data files while there is room; links are neither followed nor copied.

    By their endings, so that a folder named by mistake lends no gradebook, notebook or source."""
    with os.scandir(source) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)[:200]
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and depth and not entry.name.startswith("."):
            (target / entry.name).mkdir(mode=0o755)
            room = stage(Path(entry.path), target / entry.name, room, depth - 1)
        elif entry.is_file(follow_symlinks=False) and is_data(entry.name):
            with (
                contextlib.suppress(OSError),
                open(os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as read,
            ):
                size = os.fstat(read.fileno()).st_size
                if stat.S_ISREG(os.fstat(read.fileno()).st_mode) and size <= room:
                    room -= size
                    with open(target / entry.name, "wb") as write:
                        shutil.copyfileobj(read, write)
    return room


def last_line(text: bytes) -> str:
    return text.decode(errors="replace").strip().rpartition("\n")[2][:300]
