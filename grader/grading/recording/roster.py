"""Who is in the gradebook but has no folder: a line for each, so that nobody is overlooked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import normalize

from nbgrader.api import Assignment, Student, SubmittedAssignment
from sqlalchemy import select

from ..records import Outcome

NOTHING = "nothing was handed in"
GONE = "its folder is gone from submitted/: these are the gradebook's marks"


def absent(db, chapter: str, present: Iterable[str]) -> Iterator[Outcome]:
    """An outcome for each student of the gradebook who is not among the `present`, by student.

    Somebody who has marks for the chapter all the same, from an earlier run or by hand, keeps them.
    """
    there = {normalize("NFC", student) for student in present}
    assignment = db.execute(
        select(Assignment.id, Assignment.max_score).where(Assignment.name == chapter)
    ).one()
    scored = select(
        SubmittedAssignment.student_id,
        SubmittedAssignment.score,
        SubmittedAssignment.late_submission_penalty,
    ).where(SubmittedAssignment.assignment_id == assignment.id)
    marked = {row.student_id: row for row in db.execute(scored)}
    for student in sorted(db.execute(select(Student.id)).scalars()):
        if normalize("NFC", student) in there:
            continue
        outcome = Outcome(student, chapter, max_points=assignment.max_score or 0.0, reason=NOTHING)
        if row := marked.get(student):
            penalty = row.late_submission_penalty or 0.0
            outcome.points = max(0.0, (row.score or 0.0) - penalty)
            outcome.reason, outcome.notes = "", [GONE]
        yield outcome
