"""When a submission was collected: what late penalties are reckoned from.

A timestamp.txt among the notebooks is whatever its author wrote. Who collects can say it better, in
`collected.csv` of the class directory: a line `student,time` for each.
"""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

FILE = "collected.csv"


class CollectedError(ValueError):
    """A collected.csv that cannot be read: says file, line and mend."""


def read_collected(course: Path) -> dict[str, datetime]:
    """Times by student; empty where there is no such file. Raises CollectedError."""
    path = course / FILE
    if not path.is_file():
        return {}
    times = {}
    with path.open(newline="", encoding="utf-8-sig") as file:
        for number, row in enumerate(csv.reader(file), 1):
            if not row or row == ["student", "time"]:
                continue
            try:
                student, text = (cell.strip() for cell in row)
                time = datetime.fromisoformat(text)
            except ValueError as error:
                raise CollectedError(
                    f"{path}:{number}: this line is not `student,time` with a time such as "
                    "2026-11-15T23:59+01:00; mend or remove it."
                ) from error
            times[student] = time if time.tzinfo else time.astimezone()
    return times
