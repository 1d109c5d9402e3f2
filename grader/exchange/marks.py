"""Marks out: a table with a column for each exercise; and whose marks are whose."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..grading.intake.tables import as_it_was, harmless, write_rows
from ..grading.records import ClassError
from ..reporting.data import ClassData
from .intake import FILE as INTAKE
from .intake import read_rows
from .names import Owner
from .roster import FILE as ROSTER
from .roster import Roster, read_roster

WIDE = [
    "student_id",
    "last_name",
    "first_name",
    "email",
    "points",
    "max_points",
    "late_penalty",
    "seconds_late",
]


class People:
    """Whose marks are whose: the roster of a class, and what was noted when files were taken in."""

    def __init__(self, course: Path, chapter: str):
        kept = course / ROSTER
        self.roster = read_roster(kept) if kept.is_file() else Roster()
        rows = [row for row in read_rows(course / INTAKE)[1:] if row[0] and row[1] == chapter]
        self.owners = {row[0]: Owner(as_it_was(row[2]), row[3]) for row in rows}
        """By student: name and number in the download; of those who handed nothing in, in the roster."""
        for student in self.roster.students:
            if student.lms:
                self.owners.setdefault(student.id, Owner(student.name, student.lms))
        self.by_number = {owner.lms: student for student, owner in self.owners.items() if owner.lms}

    def find(self, name: str, number: str) -> str:
        """The student of this number, or else of this id or name; empty for nobody."""
        if number in self.by_number:
            return self.by_number[number]
        student = self.roster.find(name, number)
        return student.id if student else name


def wide_rows(data: ClassData, roster: Roster) -> Iterable[list]:
    """A head, and a line for each submission: points of each exercise, penalties, and why there are none."""
    exercises = [exercise.name for exercise in data.chapter.exercises]
    yield [*WIDE, *exercises, "reason"]
    known = {student.id: student for student in roster.students}
    for row, outcome in enumerate(data.outcomes):
        total, scores = float(data.totals[row]), data.scores[row].tolist()
        numbers = [*rounded(total, float(data.most.sum()), float(data.penalties[row])), outcome.seconds_late]
        yield [*about(known, outcome.student), *numbers, *rounded(*scores), ""]
    for outcome in data.unmarked:
        yield [*about(known, outcome.student), *[""] * (4 + len(exercises)), outcome.reason]


def rounded(*points: float) -> list[float]:
    """Without the last digits of a computer's sums: 3.4, not 3.4000000000000004."""
    return [round(value, 4) for value in points]


def about(known: dict, student: str) -> list[str]:
    person = known.get(student)
    return [student, person.last_name, person.first_name, person.email] if person else [student, "", "", ""]


def write_wide(path: Path, rows: Iterable[list]) -> None:
    """As CSV, or as a workbook where the name ends in .xlsx; nothing in it is a formula.

    Raises ClassError for a workbook without openpyxl.
    """
    rows = [[harmless(value) for value in row] for row in rows]
    if path.suffix.lower() != ".xlsx":
        write_rows(path, rows, "utf-8-sig")  # by whose first sign Excel knows umlauts
        return
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise ClassError("A workbook needs openpyxl: `pip install openpyxl`, or write a .csv.") from error
    book = Workbook(write_only=True)
    sheet = book.create_sheet("marks")
    sheet.freeze_panes = "B2"
    for row in rows:
        sheet.append(row)
    book.save(path)
