"""Feedback pages out: the archive that Moodle takes back, a file for each student."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

from ..grading.records import ClassError
from .marks import People

WHOLE = "index.html"
"""A student's page with everything; among downloads it is found again by the chapter's name."""


def write_feedback_zip(course: Path, chapter: str, target: Path) -> list[str]:
    """Write `target` for Moodle's `Upload multiple feedback files in a zip`; return who is not in it.

    Moodle reads `<name>_<number>_assignsubmission_file_<file>`: of the number it knows whose it is, and
    underscores of a name would shift it. Raises ClassError where no number is known.
    """
    people = People(course, chapter)
    pages = {folder.parent.name: folder for folder in sorted((course / "feedback").glob(f"*/{chapter}"))}
    left_out = sorted(pages.keys() - {student for student, owner in people.owners.items() if owner.lms})
    if len(left_out) == len(pages):
        raise ClassError(
            f"Moodle's numbers of students are not known in {course}: take its download in by --from moodle, "
            "or give its grading worksheet as --roster."
        )
    draft = target.with_name(target.name + ".tmp")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for student, folder in pages.items():
            if student not in left_out:
                owner = people.owners[student]
                name = re.sub(r"[_/\\\\:]", " ", owner.name)
                for page in pages_for_student(folder):
                    called = f"{chapter}.html" if page.name == WHOLE else page.name
                    archive.write(page, f"{name}_{owner.lms}_assignsubmission_file_{called}")
    os.replace(draft, target)
    return left_out


def pages_for_student(folder: Path) -> list[Path]:
    """The one page where there is one, which holds all; else each lesson's."""
    whole = folder / WHOLE
    return [whole] if whole.is_file() else sorted(folder.glob("*.html"))
