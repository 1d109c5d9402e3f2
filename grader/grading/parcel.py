"""Files of a class directory as bytes, for a machine that does not share its disk: there and back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from .intake.files import MAX_NOTEBOOK, Refused, read_regular_file

Parcel = dict[tuple[str, str], bytes]
"""What files hold, by folder below the class directory and name in it."""


def pack(course: Path, folders: Iterable[str]) -> Parcel:
    """The plain files in some folders of a class directory; what cannot be read as one is left out."""
    parcel = {}
    for folder in folders:
        for path in sorted((course / folder).iterdir()) if (course / folder).is_dir() else []:
            with suppress(Refused):
                parcel[folder, path.name] = read_regular_file(path, MAX_NOTEBOOK)
    return parcel


def unpack(parcel: Parcel, course: Path, folders: Iterable[str]) -> None:
    """Put the files into `folders`, made anew. Raises ValueError for a file that is for elsewhere."""
    for folder in folders:
        make_anew(course / folder)
    for (folder, name), content in parcel.items():
        if folder not in folders or os.path.basename(name) != name or name in ("", ".", ".."):
            raise ValueError(f"{folder}/{name} is not among what was asked for")
        (course / folder / name).write_bytes(content)


def make_anew(folder: Path) -> None:
    """An empty folder, whatever was there. Raises OSError, which names it."""
    with suppress(FileNotFoundError):
        remove(folder)
    folder.mkdir(parents=True)


def remove(path: Path) -> None:
    """A file, or a folder with all that is in it. Raises OSError, which names it."""
    try:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    except OSError as error:  # of what lies deep, only the last part of its name is told
        raise type(error)(error.errno, error.strerror, str(path)) from error
