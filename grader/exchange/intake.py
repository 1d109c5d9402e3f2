"""Takes a class' submissions in as a system downloads them, into nbgrader's folders."""

from __future__ import annotations

import os
import re
import tempfile
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from operator import itemgetter
from pathlib import Path

from ..course import CHAPTERS
from ..grading.intake import tables
from ..grading.intake.collected import FILE as COLLECTED
from ..grading.intake.files import Refused, read_regular_file
from ..grading.intake.handed_in import first_of, most_bytes
from ..grading.intake.names import NOTEBOOK
from ..grading.intake.text import printable
from ..grading.records import ClassError
from .archive import MAX_BYTES_OF_STUDENT, MAX_FILES_OF_STUDENT, Entry, entries_within, opened
from .meant import MAX_NAME, Meant, students_meant
from .names import Owner, lesson_of, pack_owner
from .platforms import METADATA, OWNERS, TABLES, mend_for, submitters
from .roster import Roster, Student
from .times import read_moment

FILE = "intake.csv"
HEAD = ["student", "chapter", "source", "lms", "notebooks", "note"]

MAX_ARCHIVES_OF_STUDENT = 20


File = tuple[str, Entry, str]
"""What it is called, how to read it, and of which attempt it is."""


@dataclass
class Upload:
    """All files of one owner, as they were downloaded."""

    owner: Owner
    files: list[File] = field(default_factory=list)
    late: bool = False


@dataclass
class Taken:
    """What became of one owner's files. `student` is None where nobody of the roster is meant."""

    owner: Owner
    student: Student | None = None
    chapter: str = ""
    files: dict[str, bytes] = field(default_factory=dict, repr=False)
    notebooks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    time: datetime | None = None
    """When it was handed in, where the roster says so."""

    is_anew: bool = False
    """Whether it is not what lay there, and the time that the roster has is that of what did."""

    is_stranger: bool = False
    """Whether it is one file, of which nothing says whose it is."""

    @property
    def unmapped(self) -> bool:
        return self.student is None


def take_in_class(course: Path, kind: str, source: Path, roster: Roster, chapter: str = "") -> list[Taken]:
    """Write `source`, a download of `kind`, into `course`/submitted/<student>/<chapter>/.

    `kind` is one of OWNERS; without a roster students are called as the download calls them. What lay
    there with other content is moved to set-aside/. Times that Moodle's worksheet tells go into
    collected.csv and timestamp.txt; intake.csv says whose files came from where. Raises ClassError.
    """
    if not source.exists():
        raise ClassError(f"{source} is not there.")
    course.mkdir(parents=True, exist_ok=True)
    chapter = chapter or only_chapter()
    with opened(source) as entries:
        uploads, strangers = gather(entries, kind, roster)
        if not uploads:
            mend = mend_for(kind, (entry.path for entry in entries))
            raise ClassError(f"{source} holds no file named as {kind} names submissions. {mend}")
        meant = students_meant([upload.owner for upload in uploads], roster, kind)
        taken = [
            one
            for upload in uploads
            for one in take_in_upload(course, upload, meant[upload.owner], chapter, roster.is_kept)
        ]
    note_times(course, [one for one in taken if one.time or one.is_anew])
    taken += [Taken(Owner(name), notes=[STRANGE], is_stranger=True) for name in strangers]
    write_record(course, taken)
    return taken


def only_chapter() -> str:
    """Raises ClassError where there are several."""
    if len(CHAPTERS) > 1:
        raise ClassError(f"Say by --chapter which of {', '.join(CHAPTERS)} was handed in.")
    return next(iter(CHAPTERS))


STRANGE = "its name does not say whose it is"


def gather(entries: Iterable[Entry], kind: str, roster: Roster) -> tuple[list[Upload], list[str]]:
    """Files by owner, in the order of attempts, and names of those that are nobody's. Raises ClassError."""
    entries = [entry for entry in entries if not entry.is_noise]
    groups = members_of(entries) if kind == "gradescope" else {}
    owner_of = partial(pack_owner, is_student=roster.candidates) if kind == "pack" else OWNERS[kind]
    found = [(entry, owner_of(entry.path)) for entry in entries]
    uploads: dict[Owner, Upload] = {}
    for entry, one in sorted(filter(itemgetter(1), found), key=lambda pair: pair[1].when):
        for owner in groups.get(one.owner.name, [one.owner]):
            upload = uploads.setdefault(owner, Upload(owner))
            if one.name:
                upload.files.append((one.name, entry, one.when))
            upload.late = upload.late or one.is_late
    strangers = [entry.path for entry, one in found if not one and entry.path.name.lower() not in TABLES]
    return list(uploads.values()), [printable(str(path)[:120]) for path in strangers]


def members_of(entries: Iterable[Entry]) -> dict[str, list[Owner]]:
    """Who handed in each folder of a Gradescope export. Raises ClassError where that cannot be told."""
    try:
        (table,) = (entry for entry in entries if entry.path.name == METADATA)
        return submitters(table.read())
    except (ValueError, Refused) as error:
        raise ClassError(
            f"Whose the submissions are stands in {METADATA}, which is not there or cannot be read: {error}. "
            "Take the whole export."
        ) from error


def take_in_upload(
    course: Path, upload: Upload, meant: Meant, chapter: str, is_kept: bool
) -> Iterable[Taken]:
    """Write an owner's files for each student who is meant; where somebody is not, say so.

    `is_kept` is that of the roster.
    """
    yield from (take_in(course, upload, student, chapter, is_kept) for student in meant.students)
    if meant.reason:
        yield Taken(upload.owner, None, chapter, notes=[meant.reason])


def take_in(course: Path, upload: Upload, student: Student, chapter: str, is_kept: bool) -> Taken:
    """Write one student's files. Others than notebooks too: the class run says what becomes of them."""
    taken = Taken(upload.owner, student, chapter)
    choose_files(taken, upload)
    if upload.owner.anonymous:
        taken.notes.append("Canvas hides the name; once it shows it, take the download in again")
    if upload.late:
        taken.notes.append("Canvas marks it as late; give the time in collected.csv")
    if student.submitted and not read_moment(student.submitted):
        taken.notes.append(
            f"the time {printable(student.submitted[:60])} is not understood; give it in collected.csv"
        )
    if taken.files:
        place(course, taken, is_kept)
    if not taken.notebooks:
        taken.notes.append("there is no notebook among its files")
    return taken


def choose_files(taken: Taken, upload: Upload) -> None:
    """Read what is to be graded: of each lesson the last attempt, and files that go with them."""
    attempts: dict[str, tuple[str, int]] = {}
    for name, entry, when in unpacked(upload.files, taken.notes):
        lesson, number = lesson_of(name, CHAPTERS[taken.chapter].lessons)
        attempt = when, number
        target = f"{lesson}.ipynb" if lesson else end_of(SAFE.sub("_", name)).lstrip(". ")
        if not target or target == "timestamp.txt":
            continue
        if lesson and target in taken.files:
            taken.notes.append(f"{target} is there more than once; the last attempt is taken")
        if target in taken.files and attempt <= attempts[target]:
            continue
        try:
            taken.files[target] = entry.read()
            attempts[target] = attempt
        except Refused as reason:
            taken.notes.append(f"{printable(name[:80])} was not taken: {reason}")
        if sum(map(len, taken.files.values())) > MAX_BYTES_OF_STUDENT:
            taken.files.pop(target)
            taken.notes.append(f"more than {MAX_BYTES_OF_STUDENT / 1e6:.0f} MB; the rest was not taken")
            break
    taken.notes = first_of(list(dict.fromkeys(taken.notes)))
    taken.notebooks = sorted(name for name in taken.files if NOTEBOOK.fullmatch(name))


SAFE = re.compile(r"[^\w.@+ -]")


def end_of(name: str) -> str:
    return name.encode()[-MAX_NAME:].decode(errors="ignore")


def unpacked(files: list[File], notes: list[str]) -> Iterable[File]:
    """Files by name; those of archives that were handed in, also in each other, as if they lay there.

    So many archives are opened and no more: each can hold many that hold many.
    """
    waiting, opened, room = deque(files[:MAX_FILES_OF_STUDENT]), 0, MAX_BYTES_OF_STUDENT
    while waiting:
        name, entry, when = waiting.popleft()
        if not name.lower().endswith(".zip"):
            yield name, entry, when
            continue
        opened += 1
        try:
            if opened > MAX_ARCHIVES_OF_STUDENT:
                raise Refused(f"it is one of more than {MAX_ARCHIVES_OF_STUDENT} archives")
            data = entry.read()
            room -= len(data)
            if room < 0:
                raise Refused(
                    f"archives of one student may have {MAX_BYTES_OF_STUDENT / 1e6:.0f} MB together"
                )
            waiting.extend((inner.path.name, inner, when) for inner in entries_within(data))
        except Refused as reason:
            notes.append(f"{printable(name[:80])} was not taken: {reason}")


ANEW = (
    "it is not what was there before, and the roster has the time of that: take the worksheet of now by "
    "--roster, or give the time in collected.csv"
)


def place(course: Path, taken: Taken, is_kept: bool) -> None:
    """Put the files into submitted/; what lay there with other content is set aside, not deleted.

    The time of a roster that `is_kept` from before is not that of what was handed in since.
    """
    folder = course / "submitted" / taken.student.id / taken.chapter
    there = content_of(folder) if folder.is_dir() and not folder.is_symlink() else None
    stamp = there.pop("timestamp.txt", None) if there else None
    if is_kept and there == taken.files:
        return
    taken.time = read_moment(taken.student.submitted)
    if is_kept and taken.time and there is not None:
        taken.time, taken.is_anew = None, True
        taken.notes.append(ANEW)
    if taken.time:
        taken.files["timestamp.txt"] = f"{taken.time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC\n".encode()
    if there is not None:
        if (there | ({"timestamp.txt": stamp} if stamp else {})) == taken.files:
            return
        shelter = course / "set-aside" / taken.student.id / taken.chapter
        shelter.mkdir(parents=True, exist_ok=True)
        os.rename(folder, Path(tempfile.mkdtemp(prefix="earlier-", dir=shelter)) / folder.name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".intake-", dir=course))
    for name, content in taken.files.items():
        (draft / name).write_bytes(content)
    draft.chmod(0o755)
    os.rename(draft, folder)


def content_of(folder: Path) -> dict[str, bytes]:
    """The files of a folder; one that cannot be read is as if it held something else."""
    try:
        return {path.name: read_regular_file(path, most_bytes(path.name)) for path in folder.iterdir()}
    except (OSError, Refused):
        return {}


def note_times(course: Path, taken: list[Taken]) -> None:
    """Enter times into collected.csv, where the class run reads them; other lines stay."""
    times = {(one.student.id, one.chapter): one.time for one in taken}
    path = course / COLLECTED
    rows = read_rows(path)
    known = [row for row in rows if (row[0], row[2] if len(row) > 2 else "") not in times]
    new = [[who, time.isoformat(), chapter] for (who, chapter), time in times.items() if time]
    if len(known) < len(rows) or new:
        head = [] if known and known[0][:2] == ["student", "time"] else [["student", "time", "chapter"]]
        tables.write_rows(path, [*head, *known, *new])


def write_record(course: Path, taken: list[Taken]) -> None:
    """intake.csv: whose files came from where; marks and pages find their way back by it.

    Who is not in this download, which may be of some alone, stays as before.
    """
    path = course / FILE
    new = [
        [
            one.student.id if one.student else "",
            one.chapter,
            tables.harmless(printable(one.owner.name)),
            (one.student and one.student.lms) or one.owner.lms,
            str(len(one.notebooks)),
            tables.harmless("; ".join(one.notes)),
        ]
        for one in taken
    ]
    again = {(chapter, value) for who, chapter, _, lms, *_ in new for value in (who, lms) if value}
    chapters = {chapter for chapter, _ in again}
    known = [
        row
        for row in read_rows(path)[1:]
        if len(row) == len(HEAD)
        and (row[0] or row[1] not in {*chapters, ""})
        and not again & {(row[1], row[0]), (row[1], row[3])}
    ]
    tables.write_rows(path, [HEAD, *known, *new])


def read_rows(path: Path) -> list[list[str]]:
    """The rows of a table; none where it is not there. Raises ClassError."""
    try:
        return [row for _, row in tables.read_rows(path)] if path.is_file() else []
    except tables.TableError as error:
        raise ClassError(str(error)) from error
