"""grades.csv: what nbgrader's own export writes, as CSV that a spreadsheet can take whatever is in it."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from nbgrader.api import Assignment, Student, SubmittedAssignment
from sqlalchemy import select

from ..intake.tables import harmless

COLUMNS = [
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
]


def export_grades(db, path: Path) -> None:
    """Write a line for each student and chapter, by student, whole or not at all."""
    assignments = select(Assignment.id, Assignment.name, Assignment.duedate, Assignment.max_score)
    assignments = sorted(db.execute(assignments), key=lambda row: (str(row.duedate or ""), row.name))
    students = select(Student.id, Student.last_name, Student.first_name, Student.email)
    scored = select(
        SubmittedAssignment.assignment_id,
        SubmittedAssignment.student_id,
        SubmittedAssignment.timestamp,
        SubmittedAssignment.score,
        SubmittedAssignment.late_submission_penalty,
    )
    submissions = {(row[0], row[1]): row[2:] for row in db.execute(scored)}
    draft = path.with_suffix(".tmp")
    with draft.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for student in sorted(db.execute(students), key=lambda row: row.id):
            for assignment in assignments:
                submission = submissions.get((assignment.id, student.id))
                writer.writerow(map(harmless, line(assignment, student, submission)))
    os.replace(draft, path)


def line(assignment, student, submission) -> list:
    """A student's line for a chapter; without a submission all is 0, as nbgrader has it."""
    timestamp, score, penalty = submission or ("", 0.0, 0.0)
    score, penalty = score or 0.0, penalty or 0.0
    about = [assignment.name, assignment.duedate, timestamp, *student]
    return [*about, score, penalty, max(0.0, score - penalty), assignment.max_score]
