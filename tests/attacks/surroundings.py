"""What lies around a class directory while it is attacked: canaries to find, sockets to reach."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

from . import World

SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: what is orphaned below this process becomes its child


@contextlib.contextmanager
def surroundings(base: Path) -> Iterator[World]:
    """A class directory in `base` with canaries around it: home, environment, notes, gradebook, sockets.

    `world.heard` lists what reached a socket. Home and environment are put back at the end.
    """
    course, home, temporary = base / "class", base / "home", base / "tmp"
    for folder in (course, home, temporary):
        folder.mkdir()
    world = World(course, home)
    for path, place in (
        (course / "notes.txt", "notes"),
        (home / ".netrc", "home"),
        (home / ".jupyter" / "token.json", "home"),
        (base / "outside.txt", "outside"),
    ):
        path.parent.mkdir(exist_ok=True)
        path.write_text(world.secret(place) + "\n")
    enter_in_gradebook(world)
    changes = {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "COURSE_TOKEN": world.secret("environment"),
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
    }
    before = dict(os.environ)
    os.environ.update(changes)
    try:
        with listening(world, base):
            yield world
    finally:
        os.environ.clear()
        os.environ.update(before)


def enter_in_gradebook(world: World) -> None:
    from nbgrader.api import Gradebook

    from grader.course.places import put_tools_on_path

    put_tools_on_path()
    with Gradebook(f"sqlite:///{world.course / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("registered-only", last_name=world.secret("gradebook"))


@contextlib.contextmanager
def listening(world: World, base: Path) -> Iterator[None]:
    """Sockets that note whoever reaches them: TCP, UDP, one with a path, one abstract."""
    world.socket, world.abstract = str(base / "socket"), f"attacks-{secrets.token_hex(4)}"
    tcp, udp = socket.socket(), socket.socket(type=socket.SOCK_DGRAM)
    named, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    tcp.bind(("127.0.0.1", 0))
    world.port = tcp.getsockname()[1]
    udp.bind(("127.0.0.1", world.port))
    named.bind(world.socket)
    os.chmod(world.socket, 0o777)
    abstract.bind("\0" + world.abstract)

    def hear(listener, datagrams=False):
        with contextlib.suppress(OSError):
            while True:
                if datagrams:
                    data = listener.recv(1000)
                    if not data:
                        return
                    world.heard.append(data.decode(errors="replace"))
                    continue
                connection, _ = listener.accept()
                with connection:
                    connection.settimeout(2)
                    world.heard.append("a connection")
                    with contextlib.suppress(OSError):
                        world.heard.append(connection.recv(1000).decode(errors="replace"))

    for listener in (tcp, named, abstract):
        listener.listen()
        threading.Thread(target=hear, args=(listener,), daemon=True).start()
    threading.Thread(target=hear, args=(udp, True), daemon=True).start()
    try:
        yield
    finally:
        for listener in (tcp, udp, named, abstract):
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()


def adopt_orphans() -> None:
    """Whatever outlives its parent below this process is from now on seen by `children`."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)


def children() -> dict[int, str]:
    """The processes right below this one that still run: their numbers and command lines."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state != "Z":
                line = path.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                found[int(path.parent.name)] = line
    return found


def snapshot(*folders: Path) -> dict[str, str]:
    """What lies below these folders: a digest for each file, the target of each link."""
    found = {}
    for folder in folders:
        for where, _, names in os.walk(folder):  # does not follow links
            if "__pycache__" in where:
                continue
            for name in names:
                path = os.path.join(where, name)
                if os.path.islink(path):
                    found[path] = os.readlink(path)
                elif os.path.isfile(path) and os.path.getsize(path) < 10**8:
                    found[path] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return found


def leaks(world: World, folders: list[Path], student: str) -> set[str]:
    """The places whose canaries, or texts of whose sources, are found in these folders."""
    needles = {place: secret.encode() for place, secret in world.secrets.items() if place != student}
    needles |= {
        "solutions": b"### BEGIN SOLUTION",
        "exercises": b"def drops_zeros(inputs)",
        "passwords": b"root:x:0:0",
        "system passwords": b"root:*:",
    }
    found = set()
    for folder in folders:
        below = [Path(where, name) for where, _, names in os.walk(folder) for name in names]
        paths = [folder] if folder.is_file() else below
        for path in paths:
            if path.is_file():
                data = path.read_bytes()
                found |= {place for place, needle in needles.items() if needle in data}
    return found
