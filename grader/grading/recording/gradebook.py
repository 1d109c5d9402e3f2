"""nbgrader's gradebook, written by one process for a whole class, many submissions a transaction.

nbgrader opens it nine times for a notebook and commits after each cell. Here rows are written as its
steps would leave them (OverwriteCells, SaveAutoGrades, AssignLatePenalties of nbgrader 0.9.6): a test
grades the same class both ways and compares.
"""

from __future__ import annotations

import contextlib
import logging
import os
import warnings
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
import nbgrader
from alembic.script import ScriptDirectory
from nbgrader.api import (
    Base,
    Comment,
    Grade,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.plugins import CsvExportPlugin
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from nbgrader.utils import parse_utc
from sqlalchemy import bindparam, create_engine, insert, select, text, update
from sqlalchemy.exc import DBAPIError, SAWarning
from traitlets.config import Config, PyFileConfigLoader

from ...course import CHAPTER, LESSONS
from ...course.places import RELEASE
from ..records import Graded, Page
from ..worker import release

INDEXED = {
    "grade": ["notebook_id"],
    "comment": ["notebook_id"],
    "submitted_assignment": ["student_id"],
    "submitted_notebook": ["assignment_id", "notebook_id"],
}
"""Columns by which nbgrader looks rows up, without an index of its own: exports would be quadratic."""


class GradebookError(Exception):
    """A gradebook that cannot be written; the message says how to mend it."""


class ClassGradebook:
    """The gradebook of a class directory; `write` takes graded submissions, `commit` makes them last."""

    def __init__(self, course: Path, due: datetime | None = None):
        """Open it, or make it, with the chapter as it was released. Raises GradebookError."""
        quiet()
        self.course = course
        with clear_errors(course):
            if not (course / "gradebook.db").exists():
                make_gradebook(course / "gradebook.db")
            self.gradebook = Gradebook(f"sqlite:///{course / 'gradebook.db'}")
            self.db = self.gradebook.db
            self.enter_chapter()
            if due:
                self.gradebook.update_or_create_assignment(CHAPTER, duedate=due.astimezone().isoformat())
            for table, columns in INDEXED.items():
                for column in columns:
                    self.db.execute(
                        text(f"CREATE INDEX IF NOT EXISTS ix_{table}_{column} ON {table} ({column})")
                    )
            self.db.commit()
            self.read_chapter()
        self.late = AssignLatePenalties(config=own_config(course))
        self.late.init_plugin()

    def enter_chapter(self) -> None:
        """Make the chapter known by nbgrader's own step, on the notebooks that were released.

        It commits after each cell; what an earlier run left half entered, or was released anew since,
        is entered again. Raises GradebookError where there are submissions to what was other cells.
        """
        assignment = self.gradebook.update_or_create_assignment(CHAPTER)
        known = {notebook.name: cells_of(notebook) for notebook in assignment.notebooks}
        for lesson in LESSONS:
            if known.get(lesson) == released_cells(lesson):
                continue
            notebook = nbformat.read(RELEASE / f"{lesson}.ipynb", as_version=4)
            try:
                SaveCells().preprocess(
                    notebook,
                    {
                        "nbgrader": {
                            "notebook": lesson,
                            "assignment": CHAPTER,
                            "db_url": str(self.gradebook.engine.url),
                        }
                    },
                )
            except RuntimeError as error:
                raise GradebookError(
                    f"{self.course / 'gradebook.db'}: it holds submissions to a lesson {lesson} with other "
                    "exercises. Move it away and start again to grade all with the present ones."
                ) from error
        self.db.expire_all()

    def read_chapter(self) -> None:
        assignment = self.gradebook.find_assignment(CHAPTER)
        self.assignment_id, self.due = assignment.id, assignment.duedate
        self.notebooks = {
            notebook.name: (
                notebook.id,
                {cell.name: (cell.id, cell.max_score) for cell in notebook.grade_cells},
                {cell.name: cell.id for cell in notebook.solution_cells},
            )
            for notebook in assignment.notebooks
        }

    def write(self, graded: Graded, collected: datetime | None = None) -> dict[str, Page]:
        """Write one submission's marks; complete its outcome; return what its feedback pages show."""
        with clear_errors(self.course):
            submission = self.submission(graded.outcome.student, collected or graded.timestamp or None)
            lessons = self.rows(submission["id"])
            pages = {
                name: self.write_lesson(name, lessons[name], graded, submission["late"])
                for name in self.notebooks
            }
        outcome = graded.outcome
        outcome.seconds_late = submission["late"]
        outcome.points = sum(max(0.0, page.score) for page in pages.values())
        outcome.max_points = sum(page.max_score for page in pages.values())
        outcome.claimed_time = collected is None and bool(graded.timestamp)
        return {name: pages[name] for name in graded.scores}

    def submission(self, student: str, time: Any) -> dict:
        """Its id and how many seconds late it is; made, with all rows that belong to it, if it is new."""
        timestamp = read_time(time)
        found = self.db.execute(
            select(
                SubmittedAssignment.id, SubmittedAssignment.timestamp, SubmittedAssignment.extension
            ).where(
                SubmittedAssignment.assignment_id == self.assignment_id,
                SubmittedAssignment.student_id == student,
            )
        ).one_or_none()
        extension = None
        if found:
            submission_id, timestamp, extension = found.id, timestamp or found.timestamp, found.extension
            self.db.execute(
                update(SubmittedAssignment)
                .where(SubmittedAssignment.id == submission_id)
                .values(timestamp=timestamp)
            )
        else:
            submission_id = self.new_submission(student, timestamp)
        return {"id": submission_id, "late": self.seconds_late(timestamp, extension)}

    def seconds_late(self, timestamp: datetime | None, extension: timedelta | None) -> float:
        if timestamp is None or self.due is None:
            return 0.0
        return max(0.0, (timestamp - self.due - (extension or timedelta())).total_seconds())

    def new_submission(self, student: str, timestamp: datetime | None) -> str:
        if not self.db.execute(select(Student.id).where(Student.id == student)).one_or_none():
            self.db.execute(insert(Student).values(id=student))
        submission_id = new_uuid()
        self.db.execute(
            insert(SubmittedAssignment).values(
                id=submission_id, assignment_id=self.assignment_id, student_id=student, timestamp=timestamp
            )
        )
        notebooks, grades, comments = [], [], []
        for notebook_id, graded_cells, answers in self.notebooks.values():
            own = new_uuid()
            notebooks.append(
                {"id": own, "assignment_id": submission_id, "notebook_id": notebook_id, "flagged": False}
            )
            grades += [
                {"id": new_uuid(), "notebook_id": own, "cell_id": cell, "needs_manual_grade": True}
                for cell, _ in graded_cells.values()
            ]
            comments += [{"id": new_uuid(), "notebook_id": own, "cell_id": cell} for cell in answers.values()]
        for table, rows in ((SubmittedNotebook, notebooks), (Grade, grades), (Comment, comments)):
            self.db.execute(insert(table), rows)
        return submission_id

    def rows(self, submission_id: str) -> dict[str, dict]:
        """The submission's rows by lesson: its notebook's id, grades and comments by cell."""
        of_submission = SubmittedNotebook.assignment_id == submission_id
        own = {
            row.notebook_id: row.id
            for row in self.db.execute(
                select(SubmittedNotebook.id, SubmittedNotebook.notebook_id).where(of_submission)
            )
        }
        tables = {}
        for table, columns in (
            (Grade, (Grade.manual_score, Grade.extra_credit)),
            (Comment, (Comment.manual_comment,)),
        ):
            query = (
                select(table.id, table.cell_id, table.notebook_id, *columns)
                .join(SubmittedNotebook, table.notebook_id == SubmittedNotebook.id)
                .where(of_submission)
            )
            tables[table] = {row.cell_id: row for row in self.db.execute(query)}
        return {
            name: {
                "id": own[notebook_id],
                "grades": {c: tables[Grade][i] for c, (i, _) in cells.items()},
                "comments": {c: tables[Comment][i] for c, i in answers.items()},
            }
            for name, (notebook_id, cells, answers) in self.notebooks.items()
        }

    def write_lesson(self, lesson: str, rows: dict, graded: Graded, late: float) -> Page:
        """Scores, comments and late penalty of one notebook, by hand given ones untouched."""
        scores = graded.scores.get(lesson)
        page, changes = Page(), []
        for name, row in rows["grades"].items():
            auto = scores.get(name, 0.0) if scores is not None else 0.0
            manual = row.manual_score is not None
            changes.append({"row": row.id, "auto": auto, "review": manual and scores is not None})
            most = self.notebooks[lesson][1][name][1]
            page.scores[name] = (row.manual_score if manual else auto) + (row.extra_credit or 0.0), most
        self.db.execute(
            update(Grade.__table__)
            .where(Grade.__table__.c.id == bindparam("row"))
            .values(auto_score=bindparam("auto"), needs_manual_grade=bindparam("review")),
            changes,
        )
        page.score = sum(score for score, _ in page.scores.values())
        page.max_score = sum(most for _, most in page.scores.values())
        if scores is not None:
            self.write_comments(rows["comments"], graded.unanswered[lesson], page)
            penalty = self.penalty(graded.outcome.student, page.score, late)
            self.db.execute(
                update(SubmittedNotebook)
                .where(SubmittedNotebook.id == rows["id"])
                .values(late_submission_penalty=penalty)
            )
            page.late_penalty = penalty or 0.0
            page.score -= page.late_penalty
        return page

    def write_comments(self, rows: dict, unanswered: list[str], page: Page) -> None:
        changes = []
        for name, row in rows.items():
            auto = "No response." if name in unanswered else None
            changes.append({"row": row.id, "auto": auto})
            page.comments[name] = auto if row.manual_comment is None else row.manual_comment
        self.db.execute(
            update(Comment.__table__)
            .where(Comment.__table__.c.id == bindparam("row"))
            .values(auto_comment=bindparam("auto")),
            changes,
        )

    def penalty(self, student: str, score: float, late: float) -> float | None:
        """By the course's own plug-in, between nothing and the whole score; None where it asks for none."""
        asked = self.late.plugin_inst.late_submission_penalty(student, score, late) if late > 0 else None
        return None if asked is None else min(max(asked, 0.0), score)

    def commit(self) -> None:
        with clear_errors(self.course):
            self.db.commit()

    def marks(self) -> dict[str, tuple[float, float]]:
        """Points, late penalties taken off, and seconds late of every student, as they stand now."""
        submissions = self.db.execute(
            select(
                SubmittedAssignment.student_id,
                SubmittedAssignment.score,
                SubmittedAssignment.timestamp,
                SubmittedAssignment.late_submission_penalty,
                SubmittedAssignment.extension,
            ).where(SubmittedAssignment.assignment_id == self.assignment_id)
        )
        return {
            row.student_id: (
                max(0.0, (row.score or 0.0) - (row.late_submission_penalty or 0.0)),
                self.seconds_late(row.timestamp, row.extension),
            )
            for row in submissions
        }

    def export(self) -> None:
        """Write grades.csv with nbgrader's own exporter, its lines in an order that no run decides."""
        path = self.course / "grades.csv"
        plugin = CsvExportPlugin()
        plugin.to = str(path)
        plugin.log = logging.getLogger("grader.nbgrader")
        plugin.export(self.gradebook)
        head, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        lines.sort(key=lambda line: line.split(",")[3:6])
        path.write_text(head + "".join(lines), encoding="utf-8")

    def close(self) -> None:
        self.gradebook.close()


def cells_of(notebook: Notebook) -> tuple[dict[str, float], set[str]]:
    """What a gradebook knows of a notebook: maximum points by check cell, and the answer cells."""
    return (
        {cell.name: cell.max_score for cell in notebook.grade_cells},
        {cell.name for cell in notebook.solution_cells},
    )


def released_cells(lesson: str) -> tuple[dict[str, float], set[str]]:
    """The same of the notebook as it was handed out."""
    metadata = [cell["metadata"] for cell in release(lesson)["cells"]]
    cells = [marks["nbgrader"] for marks in metadata if "nbgrader" in marks]
    return (
        {cell["grade_id"]: float(cell["points"]) for cell in cells if cell["grade"]},
        {cell["grade_id"] for cell in cells if cell["solution"]},
    )


def make_gradebook(path: Path) -> None:
    """An empty gradebook, there as a whole or not at all.

    nbgrader asks a command for the version to write into it, which takes six seconds; killed
    meanwhile, it leaves one behind without a version.
    """
    draft = path.with_suffix(f".{os.getpid()}")
    draft.unlink(missing_ok=True)
    engine = create_engine(f"sqlite:///{draft}")
    scripts = ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic"))
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(
            text("INSERT INTO alembic_version VALUES (:head)"), {"head": scripts.get_current_head()}
        )
    engine.dispose()
    os.replace(draft, path)


def own_config(course: Path) -> Config:
    """The class directory's own nbgrader_config.py, for late penalties; the instructor's, so it is run."""
    config = Config()
    if (course / "nbgrader_config.py").is_file():
        config.merge(PyFileConfigLoader("nbgrader_config.py", str(course)).load_config())
    return config


def read_time(time: datetime | str | None) -> datetime | None:
    """As nbgrader keeps it: in UTC, without a zone. None for what cannot be one after all."""
    try:
        return parse_utc(time)
    except (ValueError, OverflowError):
        return None


@contextlib.contextmanager
def clear_errors(course: Path):
    """Say what a failing database means. Raises GradebookError."""
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig)
        mend = (
            "Close the program that holds it (a formgrader, another grading run)"
            if "locked" in reason
            else "Make room on the disk"
            if "full" in reason or "disk" in reason
            else "See that it is nbgrader's and can be written to, or move it away"
        )
        raise GradebookError(
            f"{course / 'gradebook.db'}: {reason}. {mend}, and start again; nothing that "
            "was graded before is lost."
        ) from error


def quiet() -> None:
    """Keep nbgrader's log and SQLAlchemy's warnings about it off the instructor's screen."""
    logging.getLogger("grader.nbgrader").setLevel(logging.CRITICAL)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="nbgrader")
    warnings.filterwarnings("ignore", category=SAWarning)
