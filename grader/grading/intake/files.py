"""Files of strangers: opened without following links, only regular ones of a reasonable size."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

MAX_BYTES = 20_000_000

MAX_NOTEBOOK = 100_000_000
"""With outputs and pasted pictures, which are dropped: what is left may have MAX_BYTES."""


SEVERAL_NAMES = "it is a hard link, one file under several names; hand in a copy"

TICKS = (20_000_000, 5_000_000)
"""ns: how far two times may lie apart that the kernel took at one moment: on a busy machine, and at most by
its clock."""


BY_DESCRIPTOR = os.open in os.supports_dir_fd  # not on Windows


class Refused(ValueError):
    """A file that cannot be taken in; the message completes "This file could not be read: "."""

    @property
    def in_words(self) -> str:
        """The reason for a person who grades."""
        return str(self)


class Unclear(Refused):
    """A file whose student it is no fault of: whatever marks there are for it stay, and a person is told."""


class Closed(Unclear):
    """One that whoever grades may not read."""

    @property
    def in_words(self) -> str:
        return f"{self}: give yourself the right to read it, and grade again"


class SeveralNames(Unclear):
    """A file under several names that is not known to be this student's.

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


class Place:
    """An opened folder: what lies in it is reached from there, whatever becomes of the path to it."""

    def __init__(self, folder: Path, descriptor: int | None):
        self.folder, self.descriptor = folder, descriptor

    def entries(self) -> list[os.DirEntry]:
        """What lies in it, by name."""
        with os.scandir(self.folder if self.descriptor is None else self.descriptor) as entries:
            return sorted(entries, key=lambda entry: entry.name)

    @contextlib.contextmanager
    def inside(self, name: str) -> Iterator[Place]:
        """A folder in it, which is no link. Raises OSError."""
        if self.descriptor is None:
            yield Place(self.folder / name, None)
            return
        descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=self.descriptor)
        try:
            yield Place(self.folder / name, descriptor)
        finally:
            os.close(descriptor)

    def read(self, name: str, max_bytes: int = MAX_BYTES) -> bytes:
        """The bytes of a regular file that is no link to another's. Raises Refused for everything else.

        Links would reach other students' files or the gradebook, a FIFO would wait for ever, a device
        would never end. What is there is looked at before it is opened and once more after.
        """
        path, at = (name, {"dir_fd": self.descriptor}) if self.descriptor else (self.folder / name, {})
        as_it_is = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            refuse_irregular(os.lstat(path, **at), max_bytes)
            with open(path, "rb", opener=lambda path, flags: os.open(path, flags | as_it_is, **at)) as file:
                before = os.fstat(file.fileno())
                refuse_irregular(before, max_bytes)
                if before.st_nlink > 1:
                    refuse_second_name(self.folder, before)
                data = file.read(max_bytes + 1)
                after = os.fstat(file.fileno())
        except PermissionError as error:
            raise Closed(f"it cannot be opened ({error.strerror})") from error
        except OSError as error:
            raise Refused(f"it cannot be opened ({error.strerror})") from error
        if len(data) != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
            raise Refused("it changed while it was read; grade it again")
        return data


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Place]:
    """A folder to read from; submitted/<student>/<chapter>/ is opened step by step, none of them a link.

    They are strangers' too, and may have been exchanged for a neighbour's since somebody looked. Raises
    OSError.
    """
    if not BY_DESCRIPTOR:
        yield Place(folder, None)
        return
    student = folder.parent
    steps = (student.parent, student.name, folder.name) if student.parent.name == "submitted" else (folder,)
    with contextlib.ExitStack() as stack:
        descriptor = None
        for step in steps:
            follow = 0 if descriptor is None else os.O_NOFOLLOW
            descriptor = os.open(step, os.O_RDONLY | os.O_DIRECTORY | follow, dir_fd=descriptor)
            stack.callback(os.close, descriptor)
        yield Place(folder, descriptor)


def read_regular_file(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """One file, as a Place reads it. Raises Refused."""
    try:
        with opened(path.absolute().parent) as place:
            return place.read(path.name, max_bytes)
    except OSError as error:
        raise Refused(f"it cannot be opened ({error.strerror})") from error


def refuse_irregular(status: os.stat_result, max_bytes: int) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise Refused("it is a link to another file; hand in the file itself")
    if stat.S_ISDIR(status.st_mode):
        raise Refused("it is a folder; put what the notebooks need beside them and grade again")
    if not stat.S_ISREG(status.st_mode):
        raise Refused("it is not a regular file")
    if status.st_size > max_bytes:
        raise Refused(
            f"it has {status.st_size / 1e6:.0f} MB, more than the {max_bytes / 1e6:.0f} MB that are accepted"
            f"{'; clear all outputs and save it again' if max_bytes == MAX_NOTEBOOK else ''}"
        )


def refuse_second_name(folder: Path, file: os.stat_result) -> None:
    """Let a file in submitted/<student>/<chapter>/ pass where others have linked to it. Raises SeveralNames.

    All its names have to lie in this class, and the folder has to be that of its owner.
    """
    submitted, chapter = folder.parent.parent, folder.name
    found = names_of(file, submitted, chapter) if submitted.name == "submitted" else []
    folders = {path.parent: os.stat(path.parent) for path in found}
    if len(found) < file.st_nlink or whose(file, folders) != folder:
        raise SeveralNames(other.parent.name for other in folders if other != folder)


def names_of(file: os.stat_result, submitted: Path, chapter: str) -> list[Path]:
    """Where in students' folders of a chapter a file lies."""
    return [
        place / name
        for place in submitted.glob(f"*/{chapter}")
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
    except OSError:  # it is gone
        return False
