"""Marks out: a table with a column for each exercise, and what Moodle and Canvas take back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ..grading.intake.tables import write_rows
from ..grading.recording.export import harmless
from ..grading.records import ClassError
from ..reporting.data import ClassData
from .intake import FILE as INTAKE
from .intake import read_rows
from .names import Owner
from .roster import FILE as ROSTER
from .roster import Roster, plain, read_roster
from .worksheet import in_english

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
        self.owners = {row[0]: Owner(row[2].removeprefix("'"), row[3]) for row in rows}
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
        penalty = max(0.0, sum(scores) - total)
        numbers = [total, float(data.most.sum()), penalty, outcome.seconds_late]
        yield [*about(known, outcome.student), *numbers, *scores, ""]
    for outcome in data.unmarked:
        yield [*about(known, outcome.student), *[""] * (4 + len(exercises)), outcome.reason]


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


def rows_of(template: Path) -> list[list[str]]:
    """Of a table that a learning platform gave. Raises ClassError."""
    if not template.is_file():
        raise ClassError(f"{template} is not there, or is no file.")
    return read_rows(template)


Find = Callable[[dict[str, str]], str]
"""The student's id in a line of a system's own table; empty where it is nobody's."""


@dataclass
class Filled:
    """A system's own table with marks in it, and the students with marks that it has no line for."""

    rows: list[list]
    left_out: list[str]


def fill_table(
    template: Path, column: str, find: Find, points: dict[str, str], keep: list[str]
) -> list[list]:
    """The lines of a downloaded table with `column` filled for those who have points.

    Of the other columns those in `keep` stay (all, where it is empty), with the text that they had.
    Raises ClassError where the column is not there.
    """
    rows = rows_of(template)
    head = in_english([name.strip() for name in rows[0]], rows[1:]) if rows else []
    if column not in head:
        raise ClassError(f"{template} has no column {column!r}; it has {', '.join(head) or 'none'}.")
    place = head.index(column)
    shown = [n for n, name in enumerate(head) if not keep or name in keep or n == place]
    filled, found = [[rows[0][n] for n in shown]], set()
    for row in rows[1:]:
        line = dict(zip(head, row))
        student = find(line)
        if student in points:
            found.add(student)
            row = [*row[:place], points[student], *row[place + 1 :]]
        filled.append([row[n] if n < len(row) else "" for n in shown])
    return Filled(filled, sorted(points.keys() - found))


def points_by_student(data: ClassData) -> dict[str, str]:
    """As text; who has no marks is left out, so that no 0 stands for a reason."""
    return {o.student: f"{round(float(data.totals[row]), 4):g}" for row, o in enumerate(data.outcomes)}


def fill_moodle(template: Path, data: ClassData, people: People) -> Filled:
    """Moodle's grading worksheet with the column Grade filled; found by number, else by id or name."""

    def find(line: dict[str, str]) -> str:
        number = re.search(r"(\d+)$", line.get("Identifier", ""))
        return people.find(line.get("ID number") or line.get("Full name", ""), number[1] if number else "")

    return fill_table(template, "Grade", find, points_by_student(data), [])


CANVAS_IDS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]


def fill_canvas(template: Path, data: ClassData, people: People, column: str = "") -> Filled:
    """Canvas' gradebook with the chapter's column filled, and the columns that Canvas needs besides.

    Only this one is in it, as Canvas takes over whatever a file holds. Raises ClassError where it is not
    clear which column is meant.
    """

    def find(line: dict[str, str]) -> str:
        return people.find(line.get("SIS Login ID", ""), line["ID"]) if line.get("ID", "").isdigit() else ""

    column = column or canvas_column(template, data)
    return fill_table(template, column, find, points_by_student(data), CANVAS_IDS)


def canvas_column(template: Path, data: ClassData) -> str:
    """The one column of an assignment that is called as the chapter is: `Activation functions (777)`."""
    rows = rows_of(template)
    columns = [name for name in (rows[0] if rows else []) if re.search(r"\(\d+\)$", name)]
    wanted = {plain(data.chapter.name), plain(data.chapter.title)}
    named = [name for name in columns if plain(re.sub(r"\(\d+\)$", "", name)) in wanted]
    if len(named) != 1:
        raise ClassError(
            f"Which column of {template} is {data.chapter.name}? Say it by --column; there is "
            f"{', '.join(columns) or 'no column of an assignment'}."
        )
    return named[0]
