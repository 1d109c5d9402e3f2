"""Marks and pages out of a class directory, by name of the form."""

from __future__ import annotations

from pathlib import Path

from ..grading.intake.tables import write_rows
from ..grading.records import ClassError
from ..reporting.data import read_class
from .filling import fill_canvas, fill_moodle
from .handout import write_feedback_zip
from .marks import People, wide_rows, write_wide

FORMS = {
    "wide": "marks-{chapter}.csv",
    "moodle": "moodle-{chapter}.csv",
    "canvas": "canvas-{chapter}.csv",
    "pages": "pages-{chapter}.zip",
}
"""What can be written, and what the file is called in the class directory unless another is named."""


def export(
    course: Path,
    form: str,
    chapter: str,
    fill: Path | None = None,
    target: Path | None = None,
    column: str = "",
) -> tuple[Path, list[str]]:
    """Write `target`; return it, and what an instructor is to know of it.

    `fill` is the table that Moodle or Canvas gave; `column` the one of Canvas' assignment. Raises
    ClassError where something is missing.
    """
    target = target or course / FORMS[form].format(chapter=chapter)
    if form == "pages":
        left_out = write_feedback_zip(course, chapter, target)
        return target, [f"not in it, as no number is known: {', '.join(left_out)}"] if left_out else []
    data, people = read_class(course, chapter), People(course, chapter)
    if form == "wide":
        write_wide(target, wide_rows(data, people.roster))
        return target, []
    if fill is None:
        raise ClassError(
            f"Name by --fill the table that {form.capitalize()} gave; it is filled and written anew."
        )
    moodle = form == "moodle"
    sheet = fill_moodle(fill, data, people) if moodle else fill_canvas(fill, data, people, column)
    write_rows(target, sheet.rows, separator=sheet.separator)
    return target, sheet.notes
