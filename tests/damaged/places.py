"""What may lie where a notebook should, and is no plain file. Each gets the path and a good file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def _link(path: Path, other: Path) -> None:
    path.symlink_to(other)


def _device_link(path: Path, other: Path) -> None:
    path.symlink_to("/dev/zero")


def _dangling_link(path: Path, other: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


def _link_to_itself(path: Path, other: Path) -> None:
    path.symlink_to(path)


def _hard_link(path: Path, other: Path) -> None:
    os.link(other, path)


def _pipe(path: Path, other: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path, other: Path) -> None:
    path.mkdir()
    (path / "notebook.ipynb").write_bytes(other.read_bytes())


def _huge(path: Path, other: Path) -> None:
    path.write_bytes(other.read_bytes())
    os.truncate(path, 20_000_000_000)


def _nothing(path: Path, other: Path) -> None:
    pass


ODD_PLACES: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "link": (_link, "link to another file"),
    "link_to_a_device": (_device_link, "link to another file"),
    "dangling_link": (_dangling_link, "link to another file"),
    "link_to_itself": (_link_to_itself, "link to another file"),
    "hard_link": (_hard_link, "hard link"),
    "pipe": (_pipe, "not a regular file"),
    "folder": (_folder, "it is a folder"),
    "huge_file": (_huge, "20000 MB"),
    "nothing": (_nothing, "cannot be opened"),
}
