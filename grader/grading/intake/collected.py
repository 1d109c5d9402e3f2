"""When a submission was collected: what late penalties are reckoned from.

A timestamp.txt among the notebooks is whatever its author wrote. Who collects can say it better, in
`collected.csv` of the class directory: a line `student,time` for each, or `student,time,chapter`, which
counts for that chapter only and goes before one without.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ...course import CHAPTERS
from .submissions import normal
from .tables import TableError, read_rows
from .times import NoOneHour, read_moment

FILE = "collected.csv"


class Collected(dict[tuple[str, str], datetime]):
    """Times by student and chapter; the chapter is empty where a line has none."""

    def of(self, student: str, chapter: str) -> datetime | None:
        student = normal(student)
        return self.get((student, chapter)) or self.get((student, ""))


def read_collected(course: Path) -> Collected:
    """Times of collecting; empty where there is no such file. Raises TableError."""
    path, times = course / FILE, Collected()
    if not path.is_file():
        return times
    for number, row in read_rows(path):
        student, text, *chapter = [*(cell.strip() for cell in row), ""]
        if (student.lower(), text.lower()) == ("student", "time"):
            continue
        try:
            times[normal(student), chapter_of(chapter)] = read_moment(text)
        except NoOneHour as error:
            raise TableError(f"{path}:{number}: {error}.") from error
        except ValueError as error:
            raise TableError(
                f"{path}:{number}: this line is not `student,time` or `student,time,chapter` with a "
                "time such as 2026-11-15T23:59+01:00 and a chapter of the course; mend or remove it."
            ) from error
    return times


def chapter_of(rest: list[str]) -> str:
    """What stands after the time: one chapter or nothing. Raises ValueError."""
    named = [cell for cell in rest if cell]
    if len(named) > 1 or not set(named) <= {*CHAPTERS}:
        raise ValueError
    return named[0] if named else ""
