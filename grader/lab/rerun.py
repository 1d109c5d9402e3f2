"""Runs the lessons of a folder from top to bottom, as they are saved, and says what their checks say."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from ..course.chapter import Chapter
from ..course.handed_out import digest
from ..grading.intake.notebook import kept_within, text_or_empty
from ..grading.running.needless import MARK, TOOLS, is_students, needless

SECONDS_A_CELL = 60
LOOK = 0.5
"""Seconds between two looks at the files."""


def rerun(path: Path) -> dict[str, tuple[float, str]]:
    """The points and the card of each exercise of a lesson, by name. The file is not changed.

    Of the lesson's own cells, pictures on which nothing depends and what stands below all that counts are
    left out. A lesson in which nothing was written is not run. A cell that fails or does not end costs the
    exercises that need it, and no more. Raises nbformat's errors for what is no notebook.
    """
    notebook = nbformat.read(path, as_version=4)
    cells = as_rebuilt(notebook)
    checks = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    for check in checks:
        check.outputs = []
    for place in needless(cells, (MARK, TOOLS)):
        notebook.cells[place].source = ""
    if any(map(is_students, cells)):
        run(notebook, path.parent)
    return {check.metadata.nbgrader.grade_id: (points_of(check), card_of(check)) for check in checks}


def run(notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Run the cells of a notebook in a kernel of its own, and fill in their outputs."""
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        interrupt_on_timeout=True,
        allow_errors=True,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--log-level=ERROR"],
    )
    client.execute()


def as_rebuilt(notebook: nbformat.NotebookNode) -> list[dict]:
    """The cells of a student's notebook: as added, what is not as it was handed out, and no other."""
    texts = text_or_empty(kept_within(notebook).get("texts")).split()
    return [
        dict(cell, id=f"added-{number}") if digest(cell.source) not in texts else own(cell)
        for number, cell in enumerate(notebook.cells)
    ]


def own(cell: nbformat.NotebookNode) -> dict:
    """A lesson's cell as it was handed out; an answer that is still to be written makes nobody's name."""
    return dict(cell, metadata={k: v for k, v in cell.metadata.items() if k != "nbgrader" or v.get("grade")})


def points_of(cell: nbformat.NotebookNode) -> float:
    """What a check cell has returned; 0 where it failed."""
    results = [o.data["text/plain"] for o in cell.outputs if o.output_type == "execute_result"]
    return float(results[-1]) if results else 0.0


def card_of(cell: nbformat.NotebookNode) -> str:
    """What a check cell has shown, as text."""
    shown = [o.data.get("text/plain", "") for o in cell.outputs if o.output_type == "display_data"]
    failed = [f"{o.ename}: {o.evalue}" for o in cell.outputs if o.output_type == "error"]
    return "\n".join([*shown, *failed])


def changed(desk: Path, chapter: Chapter) -> Iterator[list[str]]:
    """The lessons of a folder, then again and again those that were saved meanwhile."""
    seen: dict[str, float] = {}
    while True:
        now = {
            lesson: path.stat().st_mtime
            for lesson in chapter.lessons
            if (path := desk / f"{lesson}.ipynb").is_file()
        }
        if new := [lesson for lesson in now if seen.get(lesson) != now[lesson]]:
            yield new
        seen = now
        time.sleep(LOOK)
