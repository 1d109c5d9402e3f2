"""Files of strangers: opened without following links, only regular ones of a reasonable size."""

from __future__ import annotations

import os
import stat
from pathlib import Path

MAX_BYTES = 20_000_000
"""A picture of half a megabyte under every cell of a lesson, as Colab saves them, is 12 MB."""


class Refused(ValueError):
    """A file that cannot be taken in; the message completes "This file could not be read: "."""


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
            if before.st_nlink > 1 and not is_first_name(path, before):
                raise Refused("it is a hard link, one file under several names; hand in a copy")
            data = file.read(max_bytes + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise Refused(f"it cannot be opened ({error.strerror})") from error
    if len(data) != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise Refused("it changed while it was read; grade it again")
    return data


def open_as_it_is(path, flags: int) -> int:
    """Open without following a link and without waiting for the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def refuse_irregular(status: os.stat_result, max_bytes: int) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise Refused("it is a link to another file; hand in the file itself")
    if not stat.S_ISREG(status.st_mode):
        raise Refused("it is not a regular file")
    if status.st_size > max_bytes:
        raise Refused(
            f"it has {status.st_size / 1e6:.0f} MB, more than the {max_bytes / 1e6:.0f} MB "
            "that are accepted; clear all outputs and save it again"
        )


def is_first_name(path: Path, status: os.stat_result) -> bool:
    """Whether a file in submitted/<student>/<chapter>/ was there before others linked to it.

    All its names have to lie in this class. Whose folder has not changed for longest had it first:
    to make a link changes the time of the folder it is made in, and nobody can set that back. What was
    set aside is nobody's first.
    """
    submitted, chapter = path.parent.parent.parent, path.parent.name
    if submitted.name != "submitted":
        return False
    folders = [
        other.parent
        for other in submitted.glob(f"*/{chapter}/*")
        if is_file(other, status) and not (other.parent.is_symlink() or other.parents[1].is_symlink())
    ]
    aside = [other for other in (submitted.parent / "set-aside").rglob("*") if is_file(other, status)]
    changed = {folder: os.stat(folder).st_ctime_ns for folder in folders}
    return (
        len(changed) + len(aside) == status.st_nlink > len(aside)
        and min(changed, key=changed.__getitem__) == path.parent
    )


def is_file(path: Path, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.lstat(path), status)
    except OSError:  # another worker has just set it aside
        return False
