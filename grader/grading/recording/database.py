"""The file gradebook.db: opened as nbgrader opens it, made whole or not at all, its failures in words."""

from __future__ import annotations

import contextlib
import logging
import os
import warnings
from pathlib import Path

import nbgrader
from alembic.script import ScriptDirectory
from nbgrader.api import Base, Gradebook
from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import DBAPIError, SAWarning

from .preflight import in_words

INDEXED = {
    "grade": ["notebook_id"],
    "comment": ["notebook_id"],
    "submitted_assignment": ["student_id"],
    "submitted_notebook": ["assignment_id", "notebook_id"],
}
"""Columns by which nbgrader looks rows up, without an index of its own: exports would be quadratic."""


class GradebookError(Exception):
    """A gradebook that cannot be written; the message says how to mend it."""


def open_gradebook(course: Path) -> Gradebook:
    """The gradebook of a class directory, made where there is none. Raises what SQLAlchemy raises."""
    quiet()
    path = course / "gradebook.db"
    if not path.exists():
        make_gradebook(path)
    gradebook = Gradebook(database_url(path))
    for table, columns in INDEXED.items():
        for column in columns:
            gradebook.db.execute(
                text(f"CREATE INDEX IF NOT EXISTS ix_{table}_{column} ON {table} ({column})")
            )
    gradebook.db.commit()
    return gradebook


def database_url(path: Path) -> URL:
    """The URL of a file whose name may hold anything: in a text, %20 and ? would mean something else."""
    return URL.create("sqlite", database=str(path))


def make_gradebook(path: Path) -> None:
    """An empty gradebook, there as a whole or not at all.

    nbgrader asks a command for the version to write into it, which takes six seconds; killed
    meanwhile, it leaves one behind without a version.
    """
    draft = path.with_suffix(f".{os.getpid()}")
    draft.unlink(missing_ok=True)
    engine = create_engine(database_url(draft))
    scripts = ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic"))
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(
            text("INSERT INTO alembic_version VALUES (:head)"), {"head": scripts.get_current_head()}
        )
    engine.dispose()
    os.replace(draft, path)


@contextlib.contextmanager
def clear_errors(course: Path):
    """Say what a failing database means. Raises GradebookError."""
    try:
        yield
    except DBAPIError as error:
        raise GradebookError(in_words(course / "gradebook.db", str(error.orig))) from error


def quiet() -> None:
    """Keep nbgrader's log and SQLAlchemy's warnings about it off the instructor's screen."""
    logging.getLogger("grader.nbgrader").setLevel(logging.CRITICAL)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="nbgrader")
    warnings.filterwarnings("ignore", category=SAWarning)
