"""The archive that is handed in: the lessons of a chapter, one beside the other, and nothing else.

An instructor's `grade --from pack` takes it, a learning platform takes it as one file, and nbgrader's
`zip_collect` unpacks it into a folder of the archive's name.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

from ..course.chapter import Chapter
from .progress import Progress
from .unpack import points_shown


@dataclass(frozen=True)
class Packed:
    """An archive that was written: which lessons are in it, and which are not."""

    path: Path
    lessons: list[str]
    missing: list[str]
    shown: dict[str, float]
    """The points that the checks in these lessons show, by exercise."""

    def as_text(self, progress: Progress) -> str:
        return "\n".join([f"{self.path.name}: {self.said}", *(f"  {row}" for row in self.rows(progress))])

    def as_html(self, progress: Progress) -> str:
        """The same as a list."""
        rows = "".join(f"<li>{escape(row)}</li>" for row in self.rows(progress))
        return (
            f"<div role='status'><p><strong>{escape(self.path.name)}</strong>: {escape(self.said)}</p>"
            f"<ul>{rows}</ul></div>"
        )

    @property
    def said(self) -> str:
        lessons = (
            f"{len(self.lessons)} of {len(self.lessons) + len(self.missing)} lessons, as they were saved"
        )
        return f"{lessons}. This is the file to hand in."

    def rows(self, progress: Progress) -> list[str]:
        """A line for each lesson in it and each that is missing, the points so far, and what is not saved."""
        inside = ["{}: {:g} of {:g} points".format(lesson, *progress.of(lesson)) for lesson in self.lessons]
        outside = [f"{lesson}: missing, or no notebook" for lesson in self.missing]
        unsaved = [
            f"{e.name} earned {progress.points[e.name]:g}, and {e.lesson} as it was saved does not show "
            "that: run its check, save the lesson, and pack again"
            for e in progress.chapter.exercises
            if e.lesson in self.lessons and progress.points.get(e.name, 0) > self.shown.get(e.name, 0)
        ]
        return [*inside, *outside, progress.sentences[0], *unsaved]


def pack(chapter: Chapter, desk: Path, to: Path | None = None) -> Packed:
    """Write the lessons in the folder `desk` into the archive `to`, which is replaced.

    Unless given, that is `<chapter>.zip` in the folder. A file that is no notebook stays out, as a grader
    could not read it. Raises OSError.
    """
    lessons = [lesson for lesson in chapter.lessons if is_notebook(desk / f"{lesson}.ipynb")]
    to = to or desk / f"{chapter.name}.zip"
    shown: dict[str, float] = {}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for lesson in lessons:
            archive.write(desk / f"{lesson}.ipynb", f"{lesson}.ipynb")
            shown |= points_shown((desk / f"{lesson}.ipynb").read_bytes())
    return Packed(to, lessons, [lesson for lesson in chapter.lessons if lesson not in lessons], shown)


def is_notebook(path: Path) -> bool:
    """Whether a file can be read as one."""
    try:
        return isinstance(json.loads(path.read_bytes()).get("cells"), list)
    except (OSError, ValueError, AttributeError):
        return False
