"""What lies in a submission's folder, read once: what is graded, copied and compared are these bytes."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .files import MAX_BYTES, MAX_NOTEBOOK, Place, Refused, Unclear, opened
from .names import (
    MAX_DEPTH,
    NOTEBOOK,
    buried,
    copies_of,
    files_in,
    find_notebooks,
    is_archive,
    is_rubbish,
    may_be,
)
from .text import printable
from .times import read_timestamp

TIME = "timestamp.txt"
NOT_THEIRS = {TIME, "submission_secret.txt", "progress.json"}
"""What nbgrader and the lessons' own checks put there."""

MAX_NOTEBOOKS = 400_000_000  # bytes of all together

MAX_FILES, MAX_NOTES = 1000, 20
"""Of files beside the notebooks, and on names."""


@dataclass
class HandedIn:
    """The files of a submission by name, and why others cannot be used. Nothing is moved or changed.

    Of notebooks those are read that are a lesson's, and of all other files as many as have room together.
    """

    notebooks: dict[str, str] = field(default_factory=dict)
    """The lessons it holds, and in which file, whether that can be used or not."""

    files: dict[str, bytes] = field(default_factory=dict)
    refused: dict[str, Refused] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    """Notes on files that have another name, or lie elsewhere, than was asked for; with the mend."""

    @classmethod
    def read(cls, folder: Path, lessons: tuple[str, ...], called: str) -> HandedIn:
        """`called` is what notes call the folder. Raises OSError where it is none that can be opened."""
        with opened(folder) as place:
            entries = [entry for entry in place.entries() if not is_rubbish(entry.name)]
            plain = files_in(entries)
            deeper = buried(folder, lessons)
            named = {name for name in plain if NOTEBOOK.fullmatch(name) or is_archive(name)}
            named |= {path.relative_to(folder).parts[0] for path in deeper}
            it = cls(find_notebooks(plain, lessons))
            it.take(place, it.notebooks.values(), MAX_NOTEBOOKS)
            rest, folders = divided(entry for entry in entries if entry.name not in named)
            room = it.take(place, sorted(rest, key=lambda name: name not in NOT_THEIRS), MAX_BYTES)
            it.take_folders(place, folders, room)
        where = {path.relative_to(folder).as_posix(): names for path, names in deeper.items()}
        it.names = notes_on_names(plain, it.notebooks, where, lessons, called)
        return it

    def take(self, place: Place, names: Iterable[str], room: int, path: str = "") -> int:
        """Read these files, which are called by their `path` from here; return how many bytes are left."""
        for count, name in enumerate(names):
            try:
                if count >= MAX_FILES or (path and len(self.files) >= MAX_FILES):
                    raise Refused(f"there are more than {MAX_FILES} files")
                self.files[path + name] = content = place.read(name, min(room, most_bytes(name)))
                room -= len(content)
            except Refused as reason:
                self.refused[path + name] = reason
        return room

    def take_folders(self, place: Place, names: Iterable[str], room: int, path: str = "") -> int:
        """Read what lies in these folders, not too deep and through no link."""
        for name in names:
            try:
                if path.count("/") >= MAX_DEPTH or len(self.files) >= MAX_FILES:
                    raise Refused(f"it is more than {MAX_DEPTH} folders deep, or behind {MAX_FILES} files")
                with place.inside(name) as folder:
                    plain, folders = divided(e for e in folder.entries() if not is_rubbish(e.name))
                    room = self.take(folder, plain, room, f"{path}{name}/")
                    room = self.take_folders(folder, folders, room, f"{path}{name}/")
            except OSError as error:
                self.refused[path + name] = Refused(f"it cannot be opened ({error.strerror})")
            except Refused as reason:
                self.refused[path + name] = reason
        return room

    def content(self, lesson: str) -> bytes:
        """That of a lesson's notebook. Raises Refused."""
        name = self.notebooks[lesson]
        if name in self.refused:
            raise self.refused[name]
        return self.files[name]

    @property
    def unclear(self) -> set[str]:
        """Lessons of which nobody knows whose the file is."""
        return {
            lesson for lesson, name in self.notebooks.items() if isinstance(self.refused.get(name), Unclear)
        }

    @property
    def data(self) -> dict[str, bytes]:
        """The files beside the notebooks."""
        notebooks = {*self.notebooks.values()}
        return {name: content for name, content in self.files.items() if name not in notebooks}

    def timestamp(self) -> str:
        """The moment that it claims, in ISO 8601; empty where there is none. What holds none is refused."""
        try:
            return read_timestamp(self.files[TIME]).isoformat() if TIME in self.files else ""
        except Refused as reason:
            self.refused[TIME] = reason
            del self.files[TIME]
            return ""

    @property
    def notes(self) -> list[str]:
        """On names, and on files that could not be used, but for lessons that say so themselves."""
        unused = defaultdict(list)
        for name, reason in self.refused.items():
            if name not in self.notebooks.values() or isinstance(reason, Unclear):
                unused[reason.in_words].append(name)
        notes = [
            f"{listed(names)} {'was' if len(names) == 1 else 'were'} not used: {printable(reason)}."
            for reason, names in unused.items()
        ]
        return notes + self.names

    @property
    def digest(self) -> str:
        """Tells whether something has changed that is graded, or said."""
        digest = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            digest.update(name.encode("utf-8", "surrogateescape") + b"\0" + hashlib.sha256(content).digest())
        said = [f"{name}: {reason.in_words}" for name, reason in sorted(self.refused.items())]
        digest.update("\n".join(said + self.names).encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def divided(entries: Iterable[os.DirEntry]) -> tuple[list[str], list[str]]:
    """The names of files, and of folders; one that is called as a notebook is to be neither."""
    names: tuple[list[str], list[str]] = ([], [])
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False) and not NOTEBOOK.fullmatch(entry.name)
        names[is_folder].append(entry.name)
    return names


def most_bytes(name: str) -> int:
    """How large a file of a submission may be."""
    return MAX_NOTEBOOK if NOTEBOOK.fullmatch(name) else MAX_BYTES


def listed(names) -> str:
    """Some of these names, fit to be shown."""
    some = [printable(name[:80]) for name in names]
    return ", ".join(some[:10]) + (f" and {len(some) - 10} more" if len(some) > 10 else "")


def notes_on_names(
    plain: list[str],
    taken: dict[str, str],
    deeper: dict[str, list[str]],
    lessons: tuple[str, ...],
    called: str,
) -> list[str]:
    """What is said of these files, the `taken` ones by lesson and those in folders `deeper` down."""
    copies = copies_of(plain, lessons)
    notes = [note_on_copies(lesson, copies[lesson], taken) for lesson in lessons if copies[lesson]]
    for where, names in deeper.items():
        some = printable(", ".join(names[:3]))
        notes.append(
            f"{some} in the folder {printable(where)}/ was not used: move it to {called} and grade again."
        )
    for name in filter(is_archive, plain):
        notes.append(f"{printable(name[:80])} was not opened: unpack it into {called} and grade again.")
    known = {name for names in copies.values() for name in names} | {f"{lesson}.ipynb" for lesson in lessons}
    lacking = [lesson for lesson in lessons if lesson not in taken]
    strange = [name for name in plain if name not in known and not is_archive(name)]
    return first_of([*notes, *filter(None, [note_on_unknown(name, lacking) for name in strange])])


def first_of(notes: list[str]) -> list[str]:
    """As many notes on files as a person reads, and how many more there are."""
    more = [f"And so on, for {len(notes) - MAX_NOTES} files more."] if len(notes) > MAX_NOTES else []
    return notes[:MAX_NOTES] + more


def note_on_copies(lesson: str, copies: list[str], taken: dict[str, str]) -> str:
    """What became of files whose names hold a lesson's name among other words."""
    names = " and ".join(printable(name[:80]) for name in copies[:MAX_NOTES])
    if taken.get(lesson) in copies:
        return f"{names} was taken for {lesson}.ipynb."
    if lesson in taken:
        return f"{names} was not used, {lesson}.ipynb was; rename it to that if it is the one to be graded."
    return f"{names}: which is to be graded is not clear; rename one to {lesson}.ipynb and grade again."


def note_on_unknown(name: str, lacking: list[str]) -> str:
    """That a notebook is no lesson of the chapter, or a file is what a lesson was made into, with the lesson
    that may be meant of those that are `lacking`; empty for every other file."""
    meant, shown = next((lesson for lesson in lacking if may_be(name, lesson)), ""), printable(name[:80])
    if NOTEBOOK.fullmatch(name):
        mend = f"; if it is lesson {meant}, rename it to {meant}.ipynb and grade again" if meant else ""
        return f"{shown} is no notebook of the chapter{mend}."
    return f"{shown} is no notebook: ask for {meant}.ipynb itself, and grade again." if meant else ""
