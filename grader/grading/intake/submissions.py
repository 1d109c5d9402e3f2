"""Finds the submissions of a class directory, and sets aside what is no plain file."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...course import CHAPTERS
from .files import MAX_BYTES, MAX_NOTEBOOK, Refused, Unclear, read_regular_file, refuse_irregular
from .names import (
    NOTEBOOK,
    buried,
    copies_of,
    entries_of,
    find_notebooks,
    holds_only_notebooks_and_data,
    is_archive,
    is_rubbish,
    may_be,
)
from .text import printable
from .times import read_timestamp

TWICE = "two systems wrote the same name; put the notebooks of both into one"

STUDENT_ID = re.compile(r"[^\W_][\w.@+ -]{0,99}")


def is_student_id(name: str) -> bool:
    """Whether nbgrader can use a folder's name as student id: it reads *, ? and [ as patterns.

    Accents and vowel signs may stand as characters of their own, as macOS writes names.
    """
    letters = "".join("m" if unicodedata.category(c).startswith("M") else c for c in name[1:])
    return bool(STUDENT_ID.fullmatch(name[:1] + letters)) and name == name.strip()


def normal(student: str) -> str:
    """An id in one form, whatever system has written its accents; bytes that are no text are spelt out."""
    return unicodedata.normalize("NFC", student.encode("utf-8", "backslashreplace").decode())


@dataclass(frozen=True)
class Submission:
    """One student's folder of one chapter; `reason` says why it cannot be graded, if it cannot.

    `student` is the folder's name in its normal form.
    """

    student: str
    folder: Path
    reason: str = ""

    @property
    def chapter(self) -> str:
        """What the folder is called: nbgrader's assignment."""
        return self.folder.name

    @property
    def lessons(self) -> tuple[str, ...]:
        """What the chapter has, by name."""
        return CHAPTERS[self.chapter].lessons

    @property
    def notebooks(self) -> dict[str, Path]:
        """The lessons it holds, and in which file; none where it cannot be graded."""
        return {} if self.reason else find_notebooks(self.folder, self.lessons)

    @property
    def exists(self) -> bool:
        """Whether there is a folder of its own that can be read, reached through no link to another's."""
        return all(is_folder(path) and is_open(path) for path in (self.folder.parent, self.folder))


def find_submissions(submitted: Path, chapters: Iterable[str] = ()) -> Iterator[Submission]:
    """Every entry of submitted/, chapter by chapter in order of its name, also those that are none.

    Unless `chapters` are named, it is those for which anybody has a folder; where nobody has one, all.
    """
    entries = [entry for entry in sorted(submitted.iterdir()) if not is_rubbish(entry.name)]
    there = [name for name in CHAPTERS if any(is_folder(entry / name) for entry in entries)]
    names = {entry.name for entry in entries}
    for chapter in chapters or there or CHAPTERS:
        for entry in entries:
            folder, student = entry / chapter, normal(entry.name)
            if student != entry.name and student in names:
                yield Submission(entry.name, folder, f"there is another folder {student}: {TWICE}")
            else:
                yield Submission(student, folder, why_not(entry, folder))


def folder_of(course: Path, student: str) -> Path:
    """A student's folder in submitted/, in whatever form its name is written there."""
    submitted = course / "submitted"
    if is_folder(submitted / student) or not is_folder(submitted):
        return submitted / student
    others = (entry for entry in submitted.iterdir() if normal(entry.name) == student)
    return next(others, submitted / student)


def why_not(entry: Path, folder: Path) -> str:
    """The reason why a chapter's folder cannot be graded, with the mend; empty where it can."""
    chapter = folder.name
    if not is_folder(entry):
        how = "unpack it and put its" if is_archive(entry.name) else "put"
        return f"not a folder: {how} notebooks into submitted/<student>/{chapter}/"
    if not is_student_id(entry.name):
        return (
            "the folder's name cannot be a student's id: use up to 100 letters, digits, . _ - @ +, and begin "
            "with a letter or digit"
        )
    if not is_open(entry) or (is_folder(folder) and not is_open(folder)):
        return "the folder cannot be opened: give yourself the right to read it and what is in it"
    if not is_folder(folder):
        return why_no_folder(entry, folder)
    lessons = CHAPTERS[chapter].lessons
    if not find_notebooks(folder, lessons) and not any(
        os.path.lexists(folder / f"{name}.ipynb") for name in lessons
    ):
        others = [printable(e.name[:80]) for e in entries_of(folder) if e.name.endswith(".ipynb")][:3]
        named = f"; {', '.join(others)} is none of {lessons[0]}.ipynb ..." if others else ""
        return f"no notebook of the chapter in it{named}"
    return ""


def why_no_folder(entry: Path, folder: Path) -> str:
    """What lies in a student's folder in place of the chapter's."""
    chapter, target = folder.name, f"submitted/{entry.name}/{folder.name}/"
    if any(NOTEBOOK.fullmatch(e.name) for e in entries_of(entry) if not is_rubbish(e.name)):
        return f"the notebooks lie in submitted/{entry.name}/: move them into its folder {chapter}/"
    for place in buried(entry, CHAPTERS[chapter].lessons):
        where = printable(place.relative_to(entry).as_posix())
        return f"the notebooks lie in submitted/{entry.name}/{where}/: move them into {target}"
    for archive in filter(is_archive, (e.name for e in entries_of(entry))):
        return f"{printable(archive[:80])} lies in submitted/{entry.name}/: unpack it into {target}"
    return f"there is no folder {chapter}/ in it"


def is_folder(path: Path) -> bool:
    """Whether it is a folder itself, and no link to another student's."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def is_open(folder: Path) -> bool:
    """Whether this user may list a folder and open what is in it."""
    return os.access(folder, os.R_OK | os.X_OK)


def set_aside(submission: Submission, shelter: Path) -> list[str]:
    """Move links, pipes, devices, folders and unreadable timestamps out of the submission; name them.

    nbgrader copies data files through links, waits at pipes, reads devices to no end, and gives up at
    such a timestamp. Nothing is deleted: it all lies in `shelter` afterwards, and is named in every
    run until a usable file has taken its place. Packed or buried notebooks stay where they are.
    """
    for entry in sorted(submission.folder.iterdir()) if submission.exists else []:
        harmless = is_folder(entry) and holds_only_notebooks_and_data(entry, submission.lessons)
        if not harmless and why_refused(entry):
            shelter.mkdir(parents=True, exist_ok=True)
            target = shelter / entry.name
            if os.path.lexists(target):
                os.rename(target, Path(tempfile.mkdtemp(prefix="earlier-", dir=shelter)) / entry.name)
            os.rename(entry, target)
    sheltered = sorted(shelter.iterdir()) if is_folder(shelter) else []
    return [
        f"{printable(entry.name[:80])} was not used: {why_refused(entry)}."
        for entry in sheltered
        if not entry.name.startswith("earlier-")
        and not is_rubbish(entry.name)
        and not os.path.lexists(submission.folder / entry.name)
    ]


def why_refused(entry: Path) -> str:
    """Why a file of a submission cannot be used; empty where it can."""
    if is_folder(entry):
        return "it is a folder; put what the notebooks need beside them and grade again"
    try:
        if is_archive(entry.name):  # it is only named, whatever its size
            refuse_irregular(os.lstat(entry), sys.maxsize)
            return ""
        content = read_regular_file(entry, most_bytes(entry.name))
        if entry.name == "timestamp.txt":
            read_timestamp(content)
    except Unclear:  # it stays where it is: whoever moved it would change what tells whose it is
        return ""
    except Refused as reason:
        return str(reason)
    return ""


def most_bytes(name: str) -> int:
    """How large a file of a submission may be."""
    return MAX_NOTEBOOK if NOTEBOOK.fullmatch(name) else MAX_BYTES


def notes_on_names(submission: Submission) -> list[str]:
    """What is said of files that have another name, or lie elsewhere, than was asked for; with the mend."""
    folder, taken = submission.folder, submission.notebooks
    target = f"submitted/{submission.student}/{submission.chapter}/"
    copies = copies_of(folder, submission.lessons)
    notes = [note_on_copies(lesson, copies[lesson], taken) for lesson in submission.lessons if copies[lesson]]
    for place, names in buried(folder, submission.lessons).items():
        where, some = printable(place.relative_to(folder).as_posix()), printable(", ".join(names[:3]))
        notes.append(f"{some} in the folder {where}/ was not used: move it to {target} and grade again.")
    for entry in entries_of(folder):
        if is_archive(entry.name):
            name = printable(entry.name[:80])
            notes.append(f"{name} was not opened: unpack it into {target} and grade again.")
    return notes + unknown_files(submission)


def note_on_copies(lesson: str, copies: list[Path], taken: dict[str, Path]) -> str:
    """What became of files whose names hold a lesson's name among other words."""
    names = " and ".join(printable(path.name[:80]) for path in copies)
    if taken.get(lesson) in copies:
        return f"{names} was taken for {lesson}.ipynb."
    if lesson in taken:
        return f"{names} was not used, {lesson}.ipynb was; rename it to that if it is the one to be graded."
    return f"{names}: which is to be graded is not clear; rename one to {lesson}.ipynb and grade again."


def unknown_files(submission: Submission) -> list[str]:
    """Notes on notebooks that are no lesson of the chapter, and on files that lessons were made into, with
    the lesson they may be meant for."""
    notes, copies = [], copies_of(submission.folder, submission.lessons)
    known = {path.name for paths in copies.values() for path in paths}
    known |= {f"{lesson}.ipynb" for lesson in submission.lessons}
    lacking = [lesson for lesson in submission.lessons if lesson not in submission.notebooks]
    for entry in entries_of(submission.folder):
        name, shown = entry.name, printable(entry.name[:80])
        if name in known or is_rubbish(name) or is_archive(name) or entry.is_dir():
            continue
        meant = next((lesson for lesson in lacking if may_be(name, lesson)), "")
        if NOTEBOOK.fullmatch(name):
            mend = f"; if it is lesson {meant}, rename it to {meant}.ipynb and grade again" if meant else ""
            notes.append(f"{shown} is no notebook of the chapter{mend}.")
        elif meant:
            notes.append(f"{shown} is no notebook: ask for {meant}.ipynb itself, and grade again.")
    return notes


def fingerprint(submission: Submission, chapter: str) -> str:
    """A digest of the submission's files and of the chapter they are graded against."""
    digest = hashlib.sha256(chapter.encode())
    if not submission.exists:
        return f"{submission.reason} {digest.hexdigest()}".strip()
    for path in sorted(submission.folder.iterdir()):
        digest.update(os.fsencode(path.name) + b"\0")
        try:
            digest.update(hashlib.sha256(read_regular_file(path, most_bytes(path.name))).digest())
        except Refused as reason:
            digest.update(str(reason).encode("utf-8", "replace"))
    return digest.hexdigest()


def chapter_fingerprint(release: Path) -> str:
    """A digest of the released notebooks."""
    digest = hashlib.sha256()
    for path in sorted(release.glob("*.ipynb")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
