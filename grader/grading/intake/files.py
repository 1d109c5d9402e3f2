"""Files of strangers: opened without following links, only regular ones of a reasonable size."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

MAX_BYTES = 20_000_000

MAX_NOTEBOOK = 100_000_000
"""With outputs and pasted pictures, which are dropped: what is left may have MAX_BYTES."""


SEVERAL_NAMES = "it is a hard link, one file under several names; hand in a copy"

TICKS = (20_000_000, 5_000_000)
"""ns: how far two times may lie apart that the kernel took at one moment: on a busy machine, and at most by
its clock."""


class Refused(ValueError):
    """A file that cannot be taken in; the message completes "This file could not be read: "."""


class Unclear(Refused):
    """A file under several names that is not known to be this student's. Whatever marks there are for it
    stay as they are, and a person is told.

    `others` are the students in whose folders it lies as well.
    """

    def __init__(self, others: Iterable[str]):
        super().__init__(SEVERAL_NAMES)
        self.others = sorted(others)

    @property
    def in_words(self) -> str:
        """What a person who grades does about it; what a student reads names nobody else."""
        where = f"with that of {', '.join(self.others)}" if self.others else "with one elsewhere"
        return (
            f"it is one file {where}, a hard link; find out who has written it, put a copy into its place "
            "there, and grade again"
        )


def read_regular_file(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file that is no link to another's. Raises Refused for everything else.

    Links would reach other students' files or the gradebook, a FIFO would wait for ever, a device
    would never end. What is there is looked at before it is opened and once more after.
    """
    try:
        refuse_irregular(os.lstat(path), max_bytes)
        with open(path, "rb", opener=open_as_it_is) as file:
            before = os.fstat(file.fileno())
            refuse_irregular(before, max_bytes)
            if before.st_nlink > 1:
                refuse_second_name(path, before)
            data = file.read(max_bytes + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise Refused(f"it cannot be opened ({error.strerror})") from error
    if len(data) != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise Refused("it changed while it was read; grade it again")
    return data


def open_as_it_is(path: str | os.PathLike[str], flags: int) -> int:
    """Open without following a link and without waiting for the other end of a pipe.

    A file in submitted/<student>/<chapter>/ is opened folder by folder, none of them a link: they are
    strangers' too, and may have been exchanged for a neighbour's since somebody looked.
    """
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    above = Path(path).absolute().parents
    if os.open not in os.supports_dir_fd or len(above) < 3 or above[2].name != "submitted":
        return os.open(path, flags)
    passing = os.O_DIRECTORY | getattr(os, "O_PATH", os.O_RDONLY)
    with contextlib.ExitStack() as opened:
        place = None
        for folder in (above[2], above[1].name, above[0].name):
            follow = 0 if place is None else os.O_NOFOLLOW
            place = os.open(folder, passing | follow, dir_fd=place)
            opened.callback(os.close, place)
        return os.open(Path(path).name, flags, dir_fd=place)


def refuse_irregular(status: os.stat_result, max_bytes: int) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise Refused("it is a link to another file; hand in the file itself")
    if not stat.S_ISREG(status.st_mode):
        raise Refused("it is not a regular file")
    if status.st_size > max_bytes:
        raise Refused(
            f"it has {status.st_size / 1e6:.0f} MB, more than the {max_bytes / 1e6:.0f} MB that are accepted"
            f"{'; clear all outputs and save it again' if max_bytes == MAX_NOTEBOOK else ''}"
        )


def refuse_second_name(path: Path, file: os.stat_result) -> None:
    """Let a file in submitted/<student>/<chapter>/ pass where others have linked to it. Raises Unclear.

    All its names have to lie in this class, and the folder has to be that of its owner.
    """
    submitted, chapter = path.parent.parent.parent, path.parent.name
    found = names_of(file, submitted, chapter) if submitted.name == "submitted" else []
    folders = {name.parent: os.stat(name.parent) for name in found if name.parts[-4:-3] == ("submitted",)}
    if len(found) < file.st_nlink or whose(file, folders) != path.parent:
        raise Unclear(folder.parent.name for folder in folders if folder != path.parent)


def names_of(file: os.stat_result, submitted: Path, chapter: str) -> list[Path]:
    """Where in a class a file lies: in students' folders of a chapter, and among what was set aside."""
    places = [*submitted.glob(f"*/{chapter}"), *(submitted.parent / "set-aside").glob(f"*/{chapter}/**/")]
    return [
        place / name
        for place in places
        if not (place.is_symlink() or place.parent.is_symlink())
        for name in listed(place)
        if is_file(place / name, file)
    ]


def listed(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:  # somebody's that may not be read: what is in it counts as elsewhere
        return []


def whose(file: os.stat_result, folders: dict[Path, os.stat_result]) -> Path | None:
    """The folder of its owner; None where that cannot be told.

    It is told by the user that the file belongs to, else by the moment of the last link: that is the
    file's own last change, and one of the folder in which the link was made, so that a folder that was
    not changed then had the file already. A folder that was changed before tells nothing: who has linked
    can change the file once more.
    """
    same_user = [folder for folder, status in folders.items() if status.st_uid == file.st_uid]
    not_then = (
        [folder for folder, s in folders.items() if abs(s.st_ctime_ns - file.st_ctime_ns) > tick]
        for tick in TICKS
    )
    for candidates in (list(folders), same_user, *not_then):
        if len(candidates) == 1:
            return candidates[0]
    return None


def is_file(path: Path, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.lstat(path), status)
    except OSError:  # another worker has just set it aside
        return False
