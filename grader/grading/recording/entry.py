"""A chapter in the gradebook: entered as it was released, and what its rows are called there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, Notebook
from nbgrader.preprocessors import SaveCells

from ...course import CHAPTERS
from ...course.places import release
from ..worker import released
from .database import GradebookError


@dataclass(frozen=True)
class LessonRows:
    """One notebook of the chapter: its id, and those of its cells by name."""

    id: str
    grades: dict[str, tuple[str, float]]
    """Of each check cell its id and how many points it gives at most."""

    answers: dict[str, str]


@dataclass(frozen=True)
class ChapterRows:
    """What the gradebook calls a chapter; `due` is in UTC, without a zone, as nbgrader keeps it."""

    id: str
    due: datetime | None
    lessons: dict[str, LessonRows]


def enter_chapter(gradebook: Gradebook, course: Path, chapter: str, due: datetime | None) -> ChapterRows:
    """Make a chapter known by nbgrader's own step, on the notebooks that were released; return its rows.

    The step commits after each cell; what an earlier run left half entered, or was released anew since,
    is entered again. Raises GradebookError where there are submissions to what was other cells.
    """
    assignment = gradebook.update_or_create_assignment(chapter)
    known = {notebook.name: cells_of(notebook) for notebook in assignment.notebooks}
    for lesson in CHAPTERS[chapter].lessons:
        if known.get(lesson) != released_cells(chapter, lesson):
            enter_lesson(gradebook, course, chapter, lesson)
    gradebook.db.expire_all()
    if due:
        gradebook.update_or_create_assignment(chapter, duedate=due.astimezone().isoformat())
    gradebook.db.commit()
    return read_chapter(gradebook, chapter)


def enter_lesson(gradebook: Gradebook, course: Path, chapter: str, lesson: str) -> None:
    about = {"notebook": lesson, "assignment": chapter, "db_url": gradebook.engine.url}
    try:
        notebook = nbformat.read(release(chapter) / f"{lesson}.ipynb", as_version=4)
        SaveCells().preprocess(notebook, {"nbgrader": about})
    except RuntimeError as error:
        raise GradebookError(
            f"{course / 'gradebook.db'}: it holds submissions to a lesson {lesson} with other "
            "exercises. Move it away and start again to grade all with the present ones."
        ) from error


def read_chapter(gradebook: Gradebook, chapter: str) -> ChapterRows:
    assignment = gradebook.find_assignment(chapter)
    lessons = {
        notebook.name: LessonRows(
            notebook.id,
            {cell.name: (cell.id, cell.max_score) for cell in notebook.grade_cells},
            {cell.name: cell.id for cell in notebook.solution_cells},
        )
        for notebook in assignment.notebooks
    }
    return ChapterRows(assignment.id, assignment.duedate, lessons)


def cells_of(notebook: Notebook) -> tuple[dict[str, float], set[str]]:
    """What a gradebook knows of a notebook: maximum points by check cell, and the answer cells."""
    return (
        {cell.name: cell.max_score for cell in notebook.grade_cells},
        {cell.name for cell in notebook.solution_cells},
    )


def released_cells(chapter: str, lesson: str) -> tuple[dict[str, float], set[str]]:
    """The same of the notebook as it was handed out."""
    metadata = [cell["metadata"] for cell in released(chapter, lesson)["cells"]]
    cells = [marks["nbgrader"] for marks in metadata if "nbgrader" in marks]
    return (
        {cell["grade_id"]: float(cell["points"]) for cell in cells if cell["grade"]},
        {cell["grade_id"] for cell in cells if cell["solution"]},
    )
