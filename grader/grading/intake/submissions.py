"""Finds the submissions of a class directory."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...course import CHAPTERS
from .handed_in import HandedIn
from .names import NOTEBOOK, buried, entries_of, files_in, find_notebooks, is_archive, is_rubbish
from .text import printable

TWICE = "two systems wrote the same name; put the notebooks of both into one"

MAX_BYTES = 255  # of a folder's name

STUDENT_ID = re.compile(r"[^\W_][\w.@+ -]{0,99}")


def is_student_id(name: str) -> bool:
    """Whether nbgrader can use a folder's name as student id: it reads *, ? and [ as patterns.

    Accents and vowel signs may stand as characters of their own, as macOS writes names, and letters be joined
    or kept apart by signs that cannot be seen, as Persian and Sinhala do.
    """
    name = re.sub("(?<=[^\x00-\x7f])[\u200c\u200d](?=[^\x00-\x7f])", "m", name)
    letters = "".join("m" if unicodedata.category(c).startswith("M") else c for c in name[1:])
    fits = len(os.fsencode(name)) <= MAX_BYTES
    return fits and bool(STUDENT_ID.fullmatch(name[:1] + letters)) and name == name.strip()


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

    def read(self) -> HandedIn:
        """What lies in its folder now; nothing where there is none of its own that can be read."""
        try:
            return HandedIn.read(self.folder, self.lessons, f"submitted/{self.student}/{self.chapter}/")
        except OSError:
            return HandedIn()


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
    lessons, names = CHAPTERS[chapter].lessons, files_in(entries_of(folder))
    if not find_notebooks(names, lessons):
        others = [printable(name[:80]) for name in names if name.endswith(".ipynb")][:3]
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


def fingerprint(submission: Submission, chapter: str, files: str) -> str:
    """What tells whether a submission, given the digest of its files, or the chapter has changed."""
    return hashlib.sha256(f"{submission.reason}\0{chapter}\0{files}".encode("utf-8", "replace")).hexdigest()


def chapter_fingerprint(release: Path) -> str:
    """A digest of the released notebooks."""
    digest = hashlib.sha256()
    for path in sorted(release.glob("*.ipynb")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
