"""When a submission was collected: what late penalties are reckoned from.

A timestamp.txt among the notebooks is whatever its author wrote. Who collects can say it better, in
`collected.csv` of the class directory: a line `student,time` for each, or `student,time,chapter`, which
counts for that chapter only and goes before one without.
"""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

from ...course import CHAPTERS

FILE = "collected.csv"


class CollectedError(ValueError):
    """A collected.csv that cannot be read: says file, line and mend."""


class Collected(dict[tuple[str, str], datetime]):
    """Times by student and chapter; the chapter is empty where a line has none."""

    def of(self, student: str, chapter: str) -> datetime | None:
        return self.get((student, chapter)) or self.get((student, ""))


def read_collected(course: Path) -> Collected:
    """Times of collecting; empty where there is no such file. Raises CollectedError."""
    path, times = course / FILE, Collected()
    if not path.is_file():
        return times
    with path.open(newline="", encoding="utf-8-sig") as file:
        for number, row in enumerate(csv.reader(file), 1):
            if not row or row[:2] == ["student", "time"]:
                continue
            try:
                student, text, *chapter = (cell.strip() for cell in row)
                times[student, chapter_of(chapter)] = in_zone(datetime.fromisoformat(text))
            except ValueError as error:
                raise CollectedError(
                    f"{path}:{number}: this line is not `student,time` or `student,time,chapter` with a "
                    "time such as 2026-11-15T23:59+01:00 and a chapter of the course; mend or remove it."
                ) from error
    return times


def chapter_of(rest: list[str]) -> str:
    """What stands after the time: one chapter or nothing. Raises ValueError."""
    if len(rest) > 1 or (rest and rest[0] and rest[0] not in CHAPTERS):
        raise ValueError
    return rest[0] if rest else ""


def in_zone(time: datetime) -> datetime:
    """Without a zone it is local time."""
    return time if time.tzinfo else time.astimezone()
