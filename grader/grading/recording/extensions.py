"""Due dates of single students: kept in the class, and written into the gradebook in every run.

`extensions.csv` in the class directory has a line `chapter,student,until` for each; the last one of a student
counts, and an empty time takes it back. nbgrader keeps an extension with a submission, and there may be
none yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from ...course import CHAPTERS
from ..intake.submissions import normal
from ..intake.tables import TableError, add_rows, read_columns
from ..intake.times import read_moment
from ..records import ClassError

FILE = "extensions.csv"
HEAD = ["chapter", "student", "until"]


class Extensions:
    """Until when single students of a class may hand in."""

    def __init__(self, course: Path):
        """Raises ClassError where the file cannot be read."""
        path, self.until = course / FILE, {}
        try:
            for line, (chapter, student, until) in read_columns(path, HEAD) if path.is_file() else []:
                place = f"{path}:{line}"
                if chapter not in CHAPTERS:
                    raise ValueError(f"there is no chapter {chapter}")
                self.until[chapter, normal(student)] = read_moment(until) if until else None
        except TableError as error:
            raise ClassError(str(error)) from error
        except ValueError as error:
            raise ClassError(
                f"{place}: this line is not chapter,student,time with a time such as "
                f"2026-12-07T23:59+01:00 ({error}); mend or remove it."
            ) from error


def extend(course: Path, chapter: str, students: Iterable[str], until: datetime | None) -> None:
    """Let these students hand in `until` then; as everybody, if it is None. Raises ClassError."""
    time = until.isoformat() if until else ""
    try:
        add_rows(course / FILE, HEAD, [[chapter, student, time] for student in students])
    except TableError as error:
        raise ClassError(str(error)) from error
