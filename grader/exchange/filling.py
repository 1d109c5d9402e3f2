"""Marks into the tables that Moodle and Canvas gave: filled, and otherwise as they were."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ..grading.intake.tables import separator_in
from ..grading.records import ClassError
from ..reporting.data import ClassData
from .intake import read_rows
from .marks import People
from .roster import plain
from .worksheet import LOCKED, in_english

Line = dict[str, str]
"""A line of a table by its headings, which are those in English."""


@dataclass
class Sheet:
    """A table of a learning platform, of which one column is filled."""

    path: Path
    head: list[str]
    rows: list[list[str]]
    """The headings as they were, and the lines."""

    place: int
    """Of the column to be filled."""

    separator: str = ","
    """Between the cells; Moodle expects a comma, whatever program has saved the table since."""

    notes: list[str] = field(default_factory=list)
    """What an instructor is to know."""

    @classmethod
    def read(cls, path: Path, column: str) -> Sheet:
        """Raises ClassError where the table or its column is not there."""
        rows = rows_of(path)
        head = in_english([name.strip() for name in rows[0]], rows[1:]) if rows else []
        if column not in head:
            raise ClassError(f"{path} has no column {column!r}; it has {', '.join(head) or 'none'}.")
        whole = [[*row, *[""] * (len(head) - len(row))] for row in rows]
        return cls(path, head, whole, head.index(column))

    @property
    def lines(self) -> list[Line]:
        return [dict(zip(self.head, row)) for row in self.rows[1:]]

    def fill(self, points: dict[str, float], find: Callable[[Line], str], best: str, ours: float) -> None:
        """Enter each student's `points`, of `ours` at most, into the line that `find` says is hers.

        `best` is what the platform gives at most, as it writes it: points become as large a share of that.
        """
        most = number(best) or ours
        comma = any(map(COMMA.fullmatch, [best, *(row[self.place] for row in self.rows)]))
        found = set()
        for row, line in zip(self.rows[1:], self.lines):
            student = find(line)
            if student in points:
                found.add(student)
                text = f"{round(points[student] * most / ours, 4):.10g}"
                row[self.place] = text.replace(".", ",") if comma else text
        if most != ours:
            self.notes.append(
                f"{ours:g} points of the chapter are {most:g} there: marks are shares of that; to have them "
                f"as they are, give {ours:g} points at most there"
            )
        if left_out := sorted(points.keys() - found):
            self.notes.append(f"no line in {self.path} for {', '.join(left_out)}")


COMMA = re.compile(r"\d+,\d+")


def number(text: str) -> float:
    """0 for what is none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return 0.0


def rows_of(template: Path) -> list[list[str]]:
    """Of a table that a learning platform gave. Raises ClassError."""
    if not template.is_file():
        raise ClassError(f"{template} is not there, or is no file.")
    return read_rows(template)


def points_by_student(data: ClassData) -> dict[str, float]:
    """Who has no marks is left out, so that no 0 stands for a reason."""
    return {outcome.student: float(data.totals[row]) for row, outcome in enumerate(data.outcomes)}


def fill_moodle(template: Path, data: ClassData, people: People) -> Sheet:
    """Moodle's grading worksheet with the column Grade filled; found by number, else by id or name.

    What Moodle has locked it would not take, so that stays. Raises ClassError for one without points.
    """
    sheet = Sheet.read(template, "Grade")
    most = next((n for n, name in enumerate(sheet.head) if name.casefold() == "maximum grade"), 0)
    best = next((row[most] for row in sheet.rows[1:] if number(row[most])), "")
    if not best:
        raise ClassError(f"{template} has no points at most; give the assignment points in Moodle.")
    points, locked = points_by_student(data), []

    def find(line: Line) -> str:
        ending = re.search(r"(\d+)$", line.get("Identifier", ""))
        name = line.get("ID number") or line.get("Full name", "")
        student = people.find(name, ending[1] if ending else "")
        if student in points and LOCKED.match(line.get("Grade can be changed", "")):
            locked.append(student)
            del points[student]
        return student

    sheet.fill(points, find, best, float(data.most.sum()))
    if locked:
        sheet.notes.append(f"locked in Moodle, where their marks stay: {', '.join(sorted(locked))}")
    return sheet


CANVAS_IDS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
"""The columns by which Canvas knows whose a line is."""


def fill_canvas(template: Path, data: ClassData, people: People, column: str = "") -> Sheet:
    """Canvas' gradebook with the chapter's column filled, and the columns that Canvas needs besides.

    Only this one is in it, as Canvas takes over whatever a file holds. Raises ClassError where it is not
    clear which column is meant.
    """

    def find(line: Line) -> str:
        return people.find(line.get("SIS Login ID", ""), line["ID"]) if line.get("ID", "").isdigit() else ""

    sheet = Sheet.read(template, column or canvas_column(template, data))
    possible = (row[sheet.place] for row in sheet.rows if row[0].strip().casefold() == "points possible")
    sheet.fill(points_by_student(data), find, next(possible, ""), float(data.most.sum()))
    shown = [n for n, name in enumerate(sheet.head) if name in CANVAS_IDS or n == sheet.place]
    sheet.rows = [[row[n] for n in shown] for row in sheet.rows]
    sheet.separator = separator_in(template)  # which an instructor chooses in Canvas
    return sheet


def canvas_column(template: Path, data: ClassData) -> str:
    """The one column of an assignment that is called as the chapter is: `Activation functions (777)`."""
    rows = rows_of(template)
    columns = [name.strip() for name in (rows[0] if rows else []) if re.search(r"\(\d+\)\s*$", name)]
    wanted = {plain(data.chapter.name), plain(data.chapter.title)}
    named = [name for name in columns if plain(re.sub(r"\(\d+\)$", "", name)) in wanted]
    if len(named) != 1:
        raise ClassError(
            f"Which column of {template} is {data.chapter.name}? Say it by --column; there is "
            f"{', '.join(columns) or 'no column of an assignment'}."
        )
    return named[0]
