"""The same tables by `nbgrader export --exporter=grader.exchange.plugins.WideTable --to=FILE`."""

from __future__ import annotations

from pathlib import Path

from nbgrader.plugins import ExportPlugin
from traitlets import Unicode

from ..course import CHAPTERS
from .export import export


class WideTable(ExportPlugin):
    """A column for each exercise, a line for each submission; .csv, or .xlsx with openpyxl."""

    form = "wide"
    fill = Unicode("", help="The table that the learning platform gave; it is not changed.").tag(config=True)
    column = Unicode("", help="Canvas' column of the assignment.").tag(config=True)

    def export(self, gradebook) -> None:
        """Of each chapter that is asked for; with several, each into a file with its name before it."""
        course = Path(self.parent.coursedir.root)
        graded = [name for name in CHAPTERS if any((course / "outcomes" / name).glob("*.json"))]
        chapters = [name for name in graded if name in self.assignment] if self.assignment else graded
        for chapter in chapters:
            target = Path(self.to) if self.to else None
            if target and len(chapters) > 1:
                target = target.with_name(f"{chapter}-{target.name}")
            fill = Path(self.fill) if self.fill else None
            path, notes = export(course, self.form, chapter, fill, target, self.column)
            self.log.info("\n".join([f"{path} written", *notes]))


class MoodleWorksheet(WideTable):
    """Moodle's grading worksheet, given as `fill`, with its marks."""

    form = "moodle"


class CanvasGradebook(WideTable):
    """Canvas' gradebook, given as `fill`, with the marks of one `column`."""

    form = "canvas"


class FeedbackPages(WideTable):
    """The archive of feedback pages that Moodle takes back."""

    form = "pages"
