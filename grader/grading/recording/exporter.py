"""The same pages by `nbgrader generate_feedback` and by the formgrader's button."""

from __future__ import annotations

from pathlib import Path

from nbconvert.exporters import Exporter

from ..records import Feedback, Page
from .feedback import about, read_lesson, render, write_exchange_files


class FeedbackExporter(Exporter):
    """Set as `c.GenerateFeedback.exporter_class`; nbgrader's GetGrades has put scores and comments in."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(self, nb, resources=None, **kw):
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        given = resources["nbgrader"]
        cells = [about(cell) for cell in nb.cells]
        page = Page(
            given["score"],
            given["max_score"],
            given["late_penalty"],
            {cell["grade_id"]: (cell["score"], cell["points"]) for cell in cells if cell.get("grade")},
            {cell["grade_id"]: cell["comment"] for cell in cells if cell.get("solution")},
        )
        name = given["notebook"]
        feedback = Feedback(given["student"], page.score, page.max_score, {name: page})
        return render(given["assignment"], feedback, [read_lesson(name, nb, page)], name), resources


def complete_for_exchange(assignment: str, student: str, notebooks: list[str]) -> None:
    """What release_feedback wants beside the pages of the student whose graded notebooks these are:
    nbgrader's hook."""
    graded = Path(notebooks[0]).absolute().parent  # autograded/<student>/<chapter>
    write_exchange_files(graded.parents[2], graded.name, graded.parent.name, {})
