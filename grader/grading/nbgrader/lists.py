"""The formgrader's lists of a large class: nbgrader's answers, by queries that read each mark once.

nbgrader's own join subqueries without a common condition, and ask for each student anew: 10,000 of them take
minutes. A test compares both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from nbgrader.apps.api import NbGraderAPI
from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import joinedload, object_session
from sqlalchemy.orm.attributes import set_committed_value

KINDS = {
    "code": (GradeCell.__table__, "code"),
    "written": (GradeCell.__table__, "markdown"),
    "task": (TaskCell.__table__, "markdown"),
}
"""nbgrader's kinds of points: the table of the cells, and their type."""

LIST_OF_NOTEBOOK = "gradebook_notebook_submissions.tpl"
LONG_LIST = Path(__file__).with_name("long_list.js")


def page_of(handler: Any, name: str, **values: Any) -> str:
    """A page of the formgrader, in place of its handlers' `render`: nbgrader's, and to the list of one
    notebook what makes a long one in parts."""
    page = handler.settings["nbgrader_jinja2_env"].get_template(name).render(**values)
    if name != LIST_OF_NOTEBOOK:
        return page
    return page.replace("</body>", f"<script>\n{LONG_LIST.read_text(encoding='utf-8')}</script>\n</body>")


class QuickGradebook(Gradebook):
    """nbgrader's gradebook, whose lists take time as the class is large, and no more."""

    def student_dicts(self) -> list[dict]:
        most = self.db.execute(select(func.sum(Assignment.max_score))).scalar()
        if not most:
            return super().student_dicts()
        points = by_owner(SubmittedAssignment.student_id)
        query = select(
            Student.id,
            Student.first_name,
            Student.last_name,
            Student.email,
            func.coalesce(points.c.score, 0.0).label("score"),
            Student.lms_user_id,
        ).outerjoin(points, points.c.owner == Student.id)
        return [{**row, "max_score": most} for row in self.db.execute(query).mappings()]

    def submission_dicts(self, assignment_id: str) -> list[dict]:
        points = by_owner(SubmittedAssignment.id, Assignment.name == assignment_id)
        query = (
            select(
                SubmittedAssignment.id,
                Assignment.name,
                SubmittedAssignment.timestamp,
                Student.first_name,
                Student.last_name,
                Student.id.label("student"),
                *of_kinds(points),
                points.c.needs_manual_grade,
            )
            .join(points, points.c.owner == SubmittedAssignment.id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .join(Student, Student.id == SubmittedAssignment.student_id)
        )
        return [as_nbgrader(row) for row in self.db.execute(query).mappings()]

    def notebook_submission_dicts(self, notebook_id: str, assignment_id: str) -> list[dict]:
        meant = and_(Notebook.name == notebook_id, Assignment.name == assignment_id)
        points = by_owner(SubmittedNotebook.id, meant)
        query = (
            select(
                SubmittedNotebook.id,
                Notebook.name,
                Student.id.label("student"),
                Student.first_name,
                Student.last_name,
                *of_kinds(points),
                points.c.needs_manual_grade,
                points.c.failed_tests,
                SubmittedNotebook.flagged,
            )
            .join(points, points.c.owner == SubmittedNotebook.id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(Student, Student.id == SubmittedAssignment.student_id)
        )
        return [as_nbgrader(row) for row in self.db.execute(query).mappings()]


class NavigatedGradebook(QuickGradebook):
    """What the formgrader's buttons go through from one submission to the next, or to the next incorrect one:
    of each it would ask by a query of its own whether a check failed."""

    def notebook_submissions(self, notebook: str, assignment: str) -> list:
        found = super().notebook_submissions(notebook, assignment)
        meant = and_(Notebook.name == notebook, Assignment.name == assignment)
        points = by_owner(SubmittedNotebook.id, meant)
        failed = {*self.db.execute(select(points.c.owner).where(points.c.failed_tests == 1)).scalars()}
        for submission in found:
            set_committed_value(submission, "failed_tests", submission.id in failed)
        return found


def by_owner(owner: Any, *conditions: Any) -> Any:
    """Points of each `owner` in one pass over the marks: of all kinds, and of each."""
    cells, tasks = GradeCell.__table__, TaskCell.__table__
    failed = and_(cells.c.cell_type == "code", Grade.auto_score < cells.c.max_score)
    columns = {"needs_manual_grade": any_of(Grade.needs_manual_grade), "failed_tests": any_of(failed)}
    for kind, (table, cell_type) in KINDS.items():
        columns[f"{kind}_score"] = sum_where(table.c.cell_type == cell_type, Grade.score)
        columns[f"max_{kind}_score"] = sum_where(table.c.cell_type == cell_type, table.c.max_score)
    columns["score"] = columns["code_score"] + columns["written_score"] + columns["task_score"]
    columns["max_score"] = (
        columns["max_code_score"] + columns["max_written_score"] + columns["max_task_score"]
    )
    return (
        select(owner.label("owner"), *(column.label(name) for name, column in columns.items()))
        .select_from(Grade)
        .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .outerjoin(cells, cells.c.id == Grade.cell_id)
        .outerjoin(tasks, tasks.c.id == Grade.cell_id)
        .where(*conditions)
        .group_by(owner)
        .subquery()
    )


def sum_where(condition: Any, value: Any) -> Any:
    return func.coalesce(func.sum(case((condition, value), else_=0.0)), 0.0)


def any_of(condition: Any) -> Any:
    return func.max(case((condition, 1), else_=0))


def of_kinds(points: Any) -> list:
    names = ["score", *(f"{kind}_score" for kind in KINDS)]
    return [points.c[f"{most}{name}"] for name in names for most in ("", "max_")]


def as_nbgrader(row: Any) -> dict:
    """As nbgrader has it: what is asked with yes or no is true or false."""
    return {
        name: bool(value) if name in ("needs_manual_grade", "failed_tests") else value
        for name, value in row.items()
    }


class QuickLists(NbGraderAPI):
    """What the formgrader asks, with the quick gradebook."""

    @property
    def gradebook(self) -> QuickGradebook:
        return QuickGradebook(self.coursedir.db_url, self.course_id)

    def _filter_existing_notebooks(self, assignment_id: str, notebooks: list) -> list:
        """With all students loaded before: each notebook is asked for its own."""
        session = object_session(notebooks[0]) if notebooks else None
        query = (
            select(SubmittedAssignment)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .where(Assignment.name == assignment_id)
            .options(joinedload(SubmittedAssignment.student))
        )
        kept = session.execute(query).scalars().all() if session else []
        found = super()._filter_existing_notebooks(assignment_id, notebooks)
        kept.clear()  # a session forgets what nobody holds
        return found
