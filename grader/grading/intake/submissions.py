"""Finds the submissions of a class directory, and sets aside what is no plain file."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ...course import CHAPTERS
from .files import Refused, read_regular_file

STUDENT_ID = re.compile(r"[^\W_][\w.@+ -]{0,99}")
"""Folder names that nbgrader can use as student ids: it reads *, ? and [ as patterns."""

IGNORED = {".DS_Store", "Thumbs.db", ".ipynb_checkpoints", "__MACOSX"}


@dataclass(frozen=True)
class Submission:
    """One student's folder of one chapter; `reason` says why it cannot be graded, if it cannot."""

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
    def notebooks(self) -> list[str]:
        """The lessons it holds, by name; none where it cannot be graded."""
        held = [name for name in self.lessons if (self.folder / f"{name}.ipynb").is_file()]
        return [] if self.reason else held

    @property
    def exists(self) -> bool:
        """Whether there is a folder of its own that can be read, reached through no link to another's."""
        return all(is_folder(path) and is_open(path) for path in (self.folder.parent, self.folder))


def find_submissions(submitted: Path, chapters: Iterable[str] = ()) -> Iterator[Submission]:
    """Every entry of submitted/, chapter by chapter in order of its name, also those that are none.

    Unless `chapters` are named, it is those for which anybody has a folder; where nobody has one, all.
    """
    entries = [entry for entry in sorted(submitted.iterdir()) if entry.name not in IGNORED]
    there = [name for name in CHAPTERS if any(is_folder(entry / name) for entry in entries)]
    for chapter in chapters or there or CHAPTERS:
        for entry in entries:
            folder = entry / chapter
            yield Submission(entry.name, folder, why_not(entry, folder))


def why_not(entry: Path, folder: Path) -> str:
    """The reason why a chapter's folder cannot be graded, with the mend; empty where it can."""
    chapter, lessons = folder.name, CHAPTERS[folder.name].lessons
    if not STUDENT_ID.fullmatch(entry.name) or entry.name != entry.name.strip():
        return "the folder's name cannot be a student's id: use up to 100 letters, digits, . _ - @ +"
    if not is_folder(entry):
        return f"not a folder: put notebooks into submitted/<student>/{chapter}/"
    if not is_open(entry) or (is_folder(folder) and not is_open(folder)):
        return "the folder cannot be opened: give yourself the right to read it and what is in it"
    if not is_folder(folder):
        if any(entry.glob("*.ipynb")):
            return f"the notebooks lie in submitted/{entry.name}/: move them into its folder {chapter}/"
        return f"there is no folder {chapter}/ in it"
    if not any((folder / f"{name}.ipynb").exists() for name in lessons):
        others = sorted(printable(path.name[:80]) for path in folder.glob("*.ipynb"))[:3]
        named = f"; {', '.join(others)} is none of {lessons[0]}.ipynb ..." if others else ""
        return f"no notebook of the chapter in it{named}"
    return ""


def is_folder(path: Path) -> bool:
    """Whether it is a folder itself, and no link to another student's."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def is_open(folder: Path) -> bool:
    """Whether this user may list a folder and open what is in it."""
    return os.access(folder, os.R_OK | os.X_OK)


def printable(text: str) -> str:
    """A stranger's text without what a terminal obeys or cannot show."""
    return "".join(c if c.isprintable() else "?" for c in text)


def set_aside(submission: Submission, shelter: Path) -> list[str]:
    """Move links, pipes, devices, folders and unreadable timestamps out of the submission; name them.

    nbgrader copies data files through links, waits at pipes, reads devices to no end, and gives up at
    such a timestamp. Nothing is deleted: it all lies in `shelter` afterwards, and is named in every
    run until a usable file has taken its place.
    """
    for entry in sorted(submission.folder.iterdir()) if submission.exists else []:
        if why_refused(entry):
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
        and entry.name not in IGNORED
        and not os.path.lexists(submission.folder / entry.name)
    ]


def why_refused(entry: Path) -> str:
    """Why a file of a submission cannot be used; empty where it can."""
    try:
        content = read_regular_file(entry)
        if entry.name == "timestamp.txt":
            read_timestamp(content)
    except Refused as reason:
        return str(reason)
    return ""


def read_timestamp(content: bytes) -> None:
    """See that nbgrader can read it as a time. Raises Refused: nbgrader itself would give up."""
    import dateutil.parser  # takes a while

    try:
        text = content[:200].decode("ascii").strip()
        words = text.split(" ")
        dateutil.parser.parse(" ".join(words[:2]) if len(words) == 3 else text)  # the third is the zone
    except (ValueError, OverflowError) as error:
        raise Refused("it holds no date and time such as 2026-11-15 23:59:00 UTC") from error


def unknown_files(submission: Submission) -> list[str]:
    """Notes on notebooks that are no lesson of the chapter, with the lesson they may be meant for."""
    notes = []
    for path in sorted(submission.folder.glob("*.ipynb")):
        if path.stem in submission.lessons:
            continue
        meant = next((name for name in submission.lessons if path.stem.startswith(name[:2])), None)
        missing = meant and not (submission.folder / f"{meant}.ipynb").exists()
        mend = f"; if it is lesson {meant}, rename it to {meant}.ipynb and grade again" if missing else ""
        notes.append(f"{printable(path.name[:80])} is no notebook of the chapter{mend}.")
    return notes


def fingerprint(submission: Submission, chapter: str) -> str:
    """A digest of the submission's files and of the chapter they are graded against."""
    digest = hashlib.sha256(chapter.encode())
    if not submission.exists:
        return f"{submission.reason} {digest.hexdigest()}".strip()
    for path in sorted(submission.folder.iterdir()):
        digest.update(os.fsencode(path.name) + b"\0")
        try:
            digest.update(hashlib.sha256(read_regular_file(path)).digest())
        except Refused as reason:
            digest.update(str(reason).encode())
    return digest.hexdigest()


def chapter_fingerprint(release: Path) -> str:
    """A digest of the released notebooks."""
    digest = hashlib.sha256()
    for path in sorted(release.glob("*.ipynb")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
