"""A gradebook that holds marks when the course has changed: exercises were renamed, added or removed.

nbgrader refuses to change a notebook that has submissions. Here what was renamed (`formerly` of the
exercise) keeps its marks, those by hand too; what is gone leaves the gradebook, after a copy of it was kept.
"""

from __future__ import annotations

import itertools
from pathlib import Path

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    TaskCell,
)
from sqlalchemy import delete, select, update

from ...course import CHAPTERS
from ..worker import released
from .database import keep_copy

KINDS = (GradeCell, SolutionCell, SourceCell, TaskCell)


def follow_course(gradebook: Gradebook, course: Path, assignment: Assignment) -> list[str]:
    """Bring the cells of a chapter to those of the course; return what an instructor is to know."""
    rename(gradebook, assignment)
    lessons = CHAPTERS[assignment.name].lessons
    lost = [notebook.name for notebook in assignment.notebooks if notebook.name not in lessons]
    gone = {n.name: cells_gone(n, assignment.name) for n in assignment.notebooks if n.name in lessons}
    names = [*lost, *(name for cells in gone.values() for name in sorted(set(cells.values())))]
    notes = []
    if names and assignment.submissions:
        copy = keep_copy(gradebook, course)
        named = ", ".join(name for name in names if not name.endswith("-answer"))
        notes = [
            f"{assignment.name} has no {named} any more: the gradebook with those marks is kept as {copy}."
        ]
    remove_cells(gradebook, [cell for cells in gone.values() for cell in cells])
    for name in lost:
        gradebook.remove_notebook(name, assignment.name)
    for notebook in assignment.notebooks:
        if notebook.submissions:
            add_cells(gradebook, notebook, assignment.name)
    gradebook.db.commit()
    gradebook.db.expire_all()
    return notes


def rename(gradebook: Gradebook, assignment: Assignment) -> None:
    """Give cells the present names of their exercises."""
    notebooks = select(Notebook.id).where(Notebook.assignment_id == assignment.id)
    for exercise in CHAPTERS[assignment.name].exercises:
        for old, end in itertools.product(exercise.formerly, ("", "-answer")):
            for table in (BaseCell.__table__, SourceCell.__table__):
                was_its = (table.c.name == old + end) & table.c.notebook_id.in_(notebooks)
                gradebook.db.execute(update(table).where(was_its).values(name=exercise.name + end))
    gradebook.db.expire_all()


def cells_gone(notebook: Notebook, chapter: str) -> dict[str, str]:
    """Ids and names of cells that the lesson has no more."""
    present = {about["grade_id"] for about in marks_of(chapter, notebook.name)}
    kinds = (notebook.grade_cells, notebook.solution_cells, notebook.source_cells, notebook.task_cells)
    return {cell.id: cell.name for cells in kinds for cell in cells if cell.name not in present}


def marks_of(chapter: str, lesson: str) -> list[dict]:
    """nbgrader's metadata of the cells of a lesson as it is handed out."""
    metadata = [cell["metadata"] for cell in released(chapter, lesson)["cells"]]
    return [marks["nbgrader"] for marks in metadata if "nbgrader" in marks]


def remove_cells(gradebook: Gradebook, ids: list[str]) -> None:
    """With their marks and remarks, and each in the table of its kind too."""
    for table in (Grade.__table__, Comment.__table__):
        gradebook.db.execute(delete(table).where(table.c.cell_id.in_(ids)))
    for kind in (*KINDS, BaseCell):
        gradebook.db.execute(delete(kind.__table__).where(kind.__table__.c.id.in_(ids)))
    gradebook.db.expire_all()


def add_cells(gradebook: Gradebook, notebook: Notebook, chapter: str) -> None:
    """Cells that are new in the lesson; of them nbgrader's step then enters the rest."""
    where = (notebook.name, chapter)
    for about in marks_of(chapter, notebook.name):
        name = about["grade_id"]
        gradebook.update_or_create_source_cell(name, *where, cell_type="code")
        if about["grade"]:
            gradebook.update_or_create_grade_cell(
                name, *where, cell_type="code", max_score=float(about["points"])
            )
        if about["solution"]:
            gradebook.update_or_create_solution_cell(name, *where)
