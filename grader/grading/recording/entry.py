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
from .changes import follow_course, marks_of


@dataclass(frozen=True)
class LessonRows:
    """One notebook of the chapter: its id, and those of its cells by name."""

    id: str
    grades: dict[str, tuple[str, float]]
    """Of each check cell its id and how many points it gives at most."""

    answers: dict[str, str]

    @property
    def cells(self) -> set[str]:
        """The ids of all of them."""
        return {cell for cell, _ in self.grades.values()} | {*self.answers.values()}


@dataclass(frozen=True)
class ChapterRows:
    """What the gradebook calls a chapter; `due` is in UTC, without a zone, as nbgrader keeps it."""

    id: str
    due: datetime | None
    lessons: dict[str, LessonRows]


def enter_chapter(
    gradebook: Gradebook, course: Path, chapter: str, due: datetime | None
) -> tuple[ChapterRows, list[str]]:
    """Make a chapter known by nbgrader's own step, on the notebooks that were released; return its rows,
    and what an instructor is to know of changes.

    The step commits after each cell; what an earlier run left half entered, or was released anew since,
    is entered again.
    """
    assignment = gradebook.update_or_create_assignment(chapter)
    notes = follow_course(gradebook, course, assignment)
    known = {notebook.name: cells_of(notebook) for notebook in assignment.notebooks}
    for lesson in CHAPTERS[chapter].lessons:
        if known.get(lesson) != released_cells(chapter, lesson):
            enter_lesson(gradebook, chapter, lesson)
    gradebook.db.expire_all()
    if due:
        gradebook.update_or_create_assignment(chapter, duedate=due.astimezone().isoformat())
    gradebook.db.commit()
    return read_chapter(gradebook, chapter), notes


def enter_lesson(gradebook: Gradebook, chapter: str, lesson: str) -> None:
    about = {"notebook": lesson, "assignment": chapter, "db_url": gradebook.engine.url}
    notebook = nbformat.read(release(chapter) / f"{lesson}.ipynb", as_version=4)
    SaveCells().preprocess(notebook, {"nbgrader": about})


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
    cells = marks_of(chapter, lesson)
    return (
        {cell["grade_id"]: float(cell["points"]) for cell in cells if cell["grade"]},
        {cell["grade_id"] for cell in cells if cell["solution"]},
    )
