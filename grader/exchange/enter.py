"""What `grade` does before it grades: the roster goes into the gradebook, the download into folders."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Student as Row
from sqlalchemy import select

from ..grading.intake.submissions import folder_of
from ..grading.intake.text import MOST_SAID, fit, printable
from ..grading.recording.database import GradebookError, clear_errors, open_gradebook
from ..grading.recording.storage import storage
from ..grading.records import ClassError
from .intake import take_in_class
from .platforms import OWNERS
from .roster import FILE, Roster, read_roster

MAX_TEXT = 128
"""What nbgrader's gradebook keeps of a name; roster.csv has all of it."""


def enter_roster(course: Path, source: Path | None) -> Roster:
    """The class' roster: `source`, which is kept, or the one that was kept. Raises ClassError.

    Its students and their names go into the gradebook, as by nbgrader's `db student import`.
    """
    course.mkdir(parents=True, exist_ok=True)
    kept = course / FILE
    roster = read_roster(source or kept) if source or kept.is_file() else Roster()
    roster.is_kept = not source
    if source:
        try:
            enter_students(course, roster)
            roster.notes = let_go(course, sorted(names_before(kept) - {one.id for one in roster.students}))
        except GradebookError as error:
            raise ClassError(str(error)) from error
    if source and source.resolve() != kept.resolve():
        shutil.copyfile(source, kept)
    return roster


def names_before(kept: Path) -> set[str]:
    """Who was on the roster so far; nobody where there was none, or none that can be read."""
    try:
        return {student.id for student in read_roster(kept).students} if kept.is_file() else set()
    except ClassError:
        return set()


def let_go(course: Path, gone: list[str]) -> list[str]:
    """Take who is not on the roster any more out of the gradebook, but for those with marks; say who it is.

    Raises GradebookError.
    """
    place, notes = storage(course), []
    with clear_errors(place), open_gradebook(course, place) as gradebook:
        for name in gone:
            row = gradebook.db.get(Row, name)
            if row and row.submissions:
                notes.append(f"{name} is not on the roster any more; there are marks, and they stay.")
            elif row:
                gradebook.db.delete(row)
                notes.append(f"{name} is not on the roster any more, and is left out.")
        gradebook.db.commit()
    return notes


def enter_students(course: Path, roster: Roster) -> None:
    """All at once, as nbgrader's own way would take a class of thousands minutes. Raises GradebookError."""
    place = storage(course)
    with clear_errors(place), open_gradebook(course, place) as gradebook:
        known = {row.id: row for row in gradebook.db.execute(select(Row)).scalars()}
        for student in roster.students:
            row = known.get(student.id) or Row(id=student.id)
            names = {"first_name": student.first_name, "last_name": student.last_name}
            about = {**names, "email": student.email, "lms_user_id": student.lms}
            for name, value in about.items():
                if value:
                    setattr(row, name, fit(value, MAX_TEXT))
            gradebook.db.add(row)
        gradebook.db.commit()


def enter_download(course: Path, kind: str, source: str, roster: Roster, chapter: str) -> Iterator[str]:
    """Take a download in; yield what an instructor is to know of it. Raises ClassError."""
    if kind not in OWNERS:
        raise ClassError(f"A download is from {', '.join(OWNERS)}, not from {kind}.")
    taken = take_in_class(course, kind, Path(source), roster, chapter)
    known = [one for one in taken if not one.unmapped]
    yield f"taken in: {len(known)} submissions from {source}"
    strangers = [one.owner.name for one in taken if one.is_stranger]
    for one in taken:
        if (one.unmapped or one.notes) and not one.is_stranger:
            who = one.student.id if one.student else f"NOT MAPPED: {one.owner.name} {one.owner.lms}".strip()
            yield printable(f"{who}: {'; '.join(one.notes)}", MOST_SAID)
    if strangers:
        yield (
            f"NOT MAPPED: files whose names do not say whose they are: {shortened(strangers)}; put what "
            "counts into submitted/STUDENT/CHAPTER/"
        )
    handed_in = {one.student.id for one in known}
    chapters = {one.chapter for one in taken if one.chapter}
    missing = sorted(
        who
        for who in {student.id for student in roster.students} - handed_in
        if not any((folder_of(course, who) / name).is_dir() for name in chapters)
    )
    if missing:
        yield f"nothing from {len(missing)} of the roster: {shortened(missing)}"


def shortened(names: list[str]) -> str:
    return ", ".join(names[:20]) + (" ..." if len(names) > 20 else "")
