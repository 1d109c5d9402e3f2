"""Due dates of single students: kept in the class, and written into the gradebook in every run.

`extensions.csv` in the class directory has a line `chapter,student,until` for each; the last one of a student
counts, and an empty time takes it back. nbgrader keeps an extension with a submission, and there may be
none yet.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from ..intake.submissions import normal
from ..intake.tables import TableError, read_table
from ..records import ClassError

FILE = "extensions.csv"
HEAD = ["chapter", "student", "until"]


class Extensions:
    """Until when single students of a class may hand in."""

    def __init__(self, course: Path):
        """Raises ClassError where the file cannot be read."""
        path = course / FILE
        try:
            rows = read_table(path) if path.is_file() else []
            self.until = {(row["chapter"], normal(row["student"])): read_until(row["until"]) for row in rows}
        except TableError as error:
            raise ClassError(str(error)) from error
        except (KeyError, ValueError) as error:
            raise ClassError(f"{path}: a line is not chapter,student,time with a zone ({error}).") from error


def read_until(text: str) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if not moment.tzinfo:
        raise ValueError(f"{text} has no zone")
    return moment


def extend(course: Path, chapter: str, students: Iterable[str], until: datetime | None) -> None:
    """Let these students hand in `until` then; as everybody, if it is None."""
    path = course / FILE
    fresh = not path.is_file()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        time = until.isoformat() if until else ""
        writer.writerows([*([HEAD] if fresh else []), *([chapter, student, time] for student in students)])
