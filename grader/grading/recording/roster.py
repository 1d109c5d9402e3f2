"""Of whom nothing could be graded: a line for each, so that nobody is overlooked and no marks are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

from nbgrader.api import Assignment, Student, SubmittedAssignment
from sqlalchemy import select

from ..records import Outcome, outcome_path

NOTHING = "nothing was handed in"
KEPT = "these are the gradebook's marks"
GONE = f"its folder is gone from submitted/: {KEPT}"


def without_marks(
    db, course: Path, chapter: str, present: Iterable[str], unmarked: Iterable[Outcome]
) -> Iterator[Outcome]:
    """An outcome for each student of the gradebook who is not among the `present`, by student, and those of
    the `unmarked`, whose folders could not be graded.

    Somebody who has marks for the chapter all the same, from an earlier run or by hand, keeps them.
    """
    assignment = db.execute(
        select(Assignment.id, Assignment.max_score).where(Assignment.name == chapter)
    ).one()
    of_chapter = SubmittedAssignment.assignment_id == assignment.id
    marked = set(db.execute(select(SubmittedAssignment.student_id).where(of_chapter)).scalars())
    for outcome in unmarked:
        if outcome.student not in marked:
            yield outcome
            continue
        notes = [f"{outcome.reason}: {KEPT}", *outcome.notes]
        known = earlier(course, outcome)
        yield replace(known, notes=notes, fingerprint=outcome.fingerprint, failed=outcome.failed, kept=True)
    there = {normalize("NFC", student) for student in present}
    for student in sorted(db.execute(select(Student.id)).scalars()):
        if normalize("NFC", student) in there:
            continue
        nothing = Outcome(student, chapter, max_points=assignment.max_score or 0.0, reason=NOTHING)
        known = replace(earlier(course, nothing), notes=[GONE], kept=True)
        yield known if student in marked else nothing


def earlier(course: Path, outcome: Outcome) -> Outcome:
    """What became of a student's submission when it could be graded, as far as it is known."""
    saved = Outcome.load(outcome_path(course, outcome.chapter, outcome.student))
    known = saved if saved and not saved.reason else Outcome(outcome.student, outcome.chapter)
    return replace(known, fingerprint="", failed=False, reason="")
