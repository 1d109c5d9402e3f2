"""What file names in downloads say: whose a file is, and which notebook it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..course import CHAPTERS

MOODLE = re.compile(r"(?P<name>[^/]+?)[_ ](?P<lms>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<rest>.*)", re.S)
"""`Ada Lovelace_1234567_assignsubmission_file_` as a folder, or with the file's name right behind it;
`Group A-Ada Lovelace_1234567_...` where a group was chosen; `Participant_1234567_...` with names hidden."""

MARK = re.compile(r"\d_assignsubmission_")
"""What stands once in a name that Moodle has made, behind the number of whose it is."""

CANVAS = re.compile(
    r"(?:(?P<too>LATE_)?(?P<anonymous>anon_[^\W_]+)(?P<then>_LATE)?|(?P<name>[^/]*?)_(?P<late>LATE_)?(?P<lms>\d+))"
    r"_(?:\d+_(?P<rest>.+)|(?:text|link)\.html)",
    re.I | re.S,
)
"""`lovelaceada_LATE_12345_67890_01_relu_loop-1.ipynb`: name, user, submission, file; `anon_h3K9a_67890_...`
where names are hidden, and `lovelaceada_12345_text.html` of what was typed in Canvas."""

NOTEBOOK = re.compile(r"(?P<stem>.+)\.ipynb(?:\.(?:json|txt))?", re.I | re.S)
"""Browsers that show a notebook as text save it with another ending."""

AGAIN = re.compile(r"(?:[-_ ]?\((?P<copy>\d+)\)|-(?P<attempt>\d+)|[-_ ]copy(?P<word>\d*))$", re.I)
"""Behind a name: `-1` of Canvas' resubmissions, ` (1)` of browsers, `-Copy1` of Jupyter."""


@dataclass(frozen=True)
class Owner:
    """Whose a file is, as the system names it: a name, and a number where there is one."""

    name: str
    lms: str = ""
    anonymous: bool = False
    """Whether the name is one that the system has made up, and keeps to itself."""


@dataclass(frozen=True)
class Found:
    """What a file's path says of it."""

    owner: Owner
    name: str
    """What it is called; empty for what is no file, as a text typed in Moodle."""

    is_late: bool = False
    """Whether it is marked as late."""

    when: str = ""
    """Of which attempt it is: a later one is greater."""


def moodle_owner(path: PurePosixPath) -> Found | None:
    """In folders or flat, below any folder; with no name for what is no file, as a text typed in Moodle.

    A name that holds Moodle's own signs twice is nobody's: a person may be called as another's folder is.
    """
    for number, part in enumerate(path.parts):
        match = MOODLE.fullmatch(part)
        if not match:
            continue
        if len(MARK.findall(part)) > 1:
            return None
        rest = [match["rest"], *path.parts[number + 1 :]]
        name = next((name for name in reversed(rest) if name), "") if match["kind"] == "file" else ""
        return Found(Owner(match["name"].strip(), match["lms"]), name)
    return None


def canvas_owner(path: PurePosixPath) -> Found | None:
    match = CANVAS.fullmatch(path.name)
    if not match:
        return None
    owner = Owner(match["anonymous"] or match["name"], match["lms"] or "", bool(match["anonymous"]))
    return Found(owner, match["rest"] or "", bool(match["late"] or match["too"] or match["then"]))


def pack_owner(path: PurePosixPath, is_student: Callable[[str], object] = lambda _: False) -> Found | None:
    """A student's archive is called as the student is, and so is a folder of a student's files.

    `pack` itself calls an archive as the chapter is: then the folder tells. What lies in a folder called as
    a student is, where that is known, is that student's, whatever the student called it.
    """
    names = [part for part in path.parts[:-1] if part not in CHAPTERS]
    if path.suffix.lower() == ".zip" and (name := without_chapter(path.stem)):
        names.append(name)
    return Found(Owner(next(filter(is_student, names), names[-1])), path.name) if names else None


def without_chapter(stem: str) -> str:
    """What is left of an archive's name: `ada` of `ada_activations (1)`."""
    while match := AGAIN.search(stem):
        stem = stem[: match.start()]
    chapters = "|".join(map(re.escape, CHAPTERS))
    return re.sub(rf"[-_ ]*\b(?:{chapters})$|^(?:{chapters})\b[-_ ]*|_(?:{chapters})$", "", stem, flags=re.I)


def lesson_of(name: str, lessons: Iterable[str]) -> tuple[str, int]:
    """Which lesson a notebook is, and of which attempt; an empty name where it is none.

    Systems change spaces and case, and put numbers behind a name that was there before.
    """
    match = NOTEBOOK.fullmatch(name)
    stem, attempt = match["stem"] if match else "", 0
    by_name = {simple(lesson): lesson for lesson in lessons}
    while simple(stem) not in by_name:
        match = AGAIN.search(stem)
        if not match:
            return "", 0
        number = match["copy"] or match["attempt"] or match["word"] or "1"
        stem, attempt = stem[: match.start()], attempt + int(number[:6])
    return by_name[simple(stem)], attempt


def simple(name: str) -> str:
    return re.sub(r"[\W_]+", "_", name.casefold())
