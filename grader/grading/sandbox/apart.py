"""A place for each lesson that is made for it and goes with it: how a warm parent lends itself.

Runs inside, as launch.py does. Where the parent may make namespaces, its child sees processes, IPC and
mounts of its own, with empty file systems that end with it; elsewhere it gets a new folder, and
Landlock lets it write nowhere else. The child gives up the right to make namespaces, and every
descriptor but those named, before a student's byte is read. After each lesson the parent looks whether
it is what it was, and ends itself where it is not: the next one is a new one.
"""

import contextlib
import ctypes
import fcntl
import os
import resource
import select
import shutil
import stat
import sys
import tempfile
from itertools import pairwise

from __main__ import checked, copy, install, libc, make_ruleset, prctl, restrict

NEW_MOUNTS, NEW_IPC, NEW_PIDS = 0x20000, 0x8000000, 0x20000000
PRIVATE, HARMLESS, READ_ONLY = 0x4000 | 0x40000, 0x2 | 0x4 | 0x8, 0x1  # no devices, no set-uid, no programs
SET_PDEATHSIG, SET_DUMPABLE, SET_CHILD_SUBREAPER, KILL = 1, 4, 36, 9
GROWTH = 64 * 1024**2  # bytes: what a parent may take more without having been changed


class Apart:
    def __init__(self, plan):
        self.plan, self.before = plan, None
        self.pids = os.open("/proc/self/ns/pid", os.O_RDONLY) if plan["mounts"] else None
        self.returns = self.pids is not None and libc.setns(self.pids, NEW_PIDS) == 0

    def fork(self):
        """As os.fork, and the place in which the child is to settle."""
        if self.pids is None:
            place = tempfile.mkdtemp()
            return os.fork(), place
        if not self.returns:
            return fork_by_another(), None
        checked(libc.unshare(NEW_PIDS))
        pid = os.fork()
        if pid:
            checked(libc.setns(self.pids, NEW_PIDS))
        return pid, None

    def settle(self, place, keep):
        """In the child: move in, and lock the door. Of the descriptors, those to `keep` stay open."""
        prctl(SET_PDEATHSIG, KILL)
        prctl(SET_DUMPABLE, 1)  # its own files in /proc are its own again
        close_all_but(keep)
        home, tmp = self.move_in(place)
        for source, target in self.plan["copies"]:
            copy(source, os.path.join(home, target))
        os.chdir(os.path.join(home, "lesson"))
        if rules := self.plan["landlock"]:
            own = [(path.format(home=home, tmp=tmp), rights) for path, rights in rules["rules"]]
            restrict(make_ruleset(**rules | {"rules": own}))
        if self.pids is not None:
            give_up_capabilities()
        if self.plan["filter"]:
            install(self.plan["filter"])

    def move_in(self, place):
        """The lesson's HOME and its folder for temporary files, both empty."""
        if place is None:
            checked(libc.unshare(NEW_MOUNTS | NEW_IPC))
            mount(None, "/", None, PRIVATE)
            mount("proc", "/proc", "proc", HARMLESS | READ_ONLY)
            for path, options in self.plan["mounts"]:
                mount("tmpfs", path, "tmpfs", HARMLESS, options)
            return os.environ["HOME"], os.environ["TMPDIR"]
        home, tmp = os.path.join(place, "home"), os.path.join(place, "tmp")
        os.mkdir(home)
        os.mkdir(tmp)
        os.environ |= {"HOME": home, "TMPDIR": tmp, "MPLCONFIGDIR": f"{home}/.config/matplotlib"}
        tempfile.tempdir = tmp
        return home, tmp

    def stay(self):
        """In a child that lends itself as its parent does: end with the parent, and wait for what it has."""
        prctl(SET_PDEATHSIG, KILL)
        prctl(SET_CHILD_SUBREAPER, 1)

    def traces(self):
        """This process as it is now, to be asked later whether it `has_left` anything."""
        return traces()

    def has_left(self, before):
        """Whether files or descriptors are not those that they were."""
        now = traces()
        return any(now[name] != before[name] for name in ("files", "attributes", "descriptors"))

    def remember(self):
        """In the parent: this is how it is to be after every lesson."""
        self.before = traces()

    def end(self, place):
        """In the parent, when the child is gone. Raises what ends it, where the child has left anything."""
        if place is not None:
            shutil.rmtree(place)
        now = traces()
        if now.pop("memory") > self.before["memory"] + GROWTH:
            sys.exit("a lesson left something in its parent: memory")
        if changed := [name for name, value in now.items() if value != self.before[name]]:
            sys.exit(f"a lesson left something in its parent: {', '.join(changed)}")


def fork_by_another():
    """A child with processes of its own, where this process could not return from there: bubblewrap gives
    an ordinary user's processes to one user namespace and has us run in another.

    A process in between has the child and ends; the child is then ours, who are the first process here.
    Only then may it go on: it is to die with its parent.
    """
    told, tell = os.pipe()
    waits, go = os.pipe()
    between = os.fork()
    if between:
        os.close(tell)
        pid = int(os.read(told, 20))
        os.waitpid(between, 0)
        os.write(go, b"g")
        rest = (told, waits, go)
    else:
        try:
            checked(libc.unshare(NEW_PIDS))
            if pid := os.fork():
                os.write(tell, b"%d" % pid)
        except OSError:
            os._exit(1)
        if pid:
            os._exit(0)
        os.read(waits, 1)
        rest = (told, tell, waits, go)
    for descriptor in rest:
        os.close(descriptor)
    return pid


def mount(source, target, kind, flags, options=None):
    texts = (text and text.encode() for text in (source, target, kind))
    checked(libc.mount(*texts, ctypes.c_ulong(flags), options and options.encode()))


def give_up_capabilities():
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, this process
    checked(libc.capset(header, (ctypes.c_uint32 * 6)()))


def close_all_but(keep):
    keep = sorted({*keep, -1, resource.getrlimit(resource.RLIMIT_NOFILE)[0]})
    for before, after in pairwise(keep):
        if before + 1 < after:  # of nothing, os.closerange closes everything
            os.closerange(before + 1, after)


def traces():
    """What a lesson could have changed in its parent, by kind."""
    files, marks = {}, {}
    for top in {os.environ["HOME"], tempfile.gettempdir()}:
        for folder, _, names in os.walk(top):
            marks[folder] = marks_on(folder)
            for path in (os.path.join(folder, name) for name in names):
                status, marks[path] = os.lstat(path), marks_on(path)
                files[path] = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return {
        "files": files,
        "attributes": marks,
        "descriptors": descriptors(),
        "environment": (dict(os.environ), os.getcwd(), len(sys.modules)),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def marks_on(path):
    status = os.lstat(path)
    with contextlib.suppress(OSError):
        return status.st_mode, status.st_uid, os.listxattr(path, follow_symlinks=False)
    return status.st_mode, status.st_uid


def descriptors():
    """By number: which file, how far it is read, and how it is opened."""
    found, poll = {}, select.poll()  # which ones there are, in one question
    numbers = range(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    for number in numbers:
        poll.register(number, 0)
    closed = {number for number, event in poll.poll(0) if event & select.POLLNVAL}
    for number in sorted({*numbers} - closed):
        status, offset = os.fstat(number), 0
        with contextlib.suppress(OSError):  # a namespace has none
            offset = os.lseek(number, 0, os.SEEK_CUR) if stat.S_ISREG(status.st_mode) else 0
        found[number] = (status.st_dev, status.st_ino, offset, fcntl.fcntl(number, fcntl.F_GETFL))
    return found
