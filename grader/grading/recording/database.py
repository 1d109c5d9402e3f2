"""The gradebook of a class: opened as nbgrader opens it, made whole or not at all, its failures in words."""

from __future__ import annotations

import contextlib
import itertools
import logging
import warnings
from pathlib import Path

from nbgrader.api import Base, Gradebook, InvalidEntry
from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError, SAWarning
from sqlalchemy.orm import Session

from ..records import ClassError
from .owner import claim
from .storage import FILE, File, Storage, engine_of
from .version import newest_version

INDEXED = {
    "grade": ["notebook_id"],
    "comment": ["notebook_id"],
    "submitted_assignment": ["student_id"],
    "submitted_notebook": ["assignment_id", "notebook_id"],
}
"""Columns by which nbgrader looks rows up, without an index of its own: exports would be quadratic."""

ROWS_AT_ONCE = 10_000


class GradebookError(Exception):
    """A gradebook that cannot be written; the message says how to mend it."""


def open_gradebook(course: Path, place: Storage) -> Gradebook:
    """A class's gradebook, made where there is none. Raises what SQLAlchemy raises, and GradebookError
    where it is another class's.

    A class that moves to a server takes along what its file holds.
    """
    quiet()
    if not place.exists():
        make_gradebook(place, File(course / FILE))
    gradebook = Gradebook(place.url)
    try:
        claim(course, place, gradebook.db.connection())
    except ClassError as error:
        gradebook.close()
        raise GradebookError(str(error)) from error
    known = inspect(gradebook.engine)
    for table, columns in INDEXED.items():
        there = {index["name"] for index in known.get_indexes(table)}
        for column in columns:
            if f"ix_{table}_{column}" not in there:
                gradebook.db.execute(text(f"CREATE INDEX ix_{table}_{column} ON {table} ({column})"))
    gradebook.db.commit()
    return gradebook


def make_gradebook(place: Storage, before: Storage | None = None) -> None:
    """An empty gradebook, or one with all that is in the one `before`; there as a whole or not at all.

    nbgrader asks a command for the version to write into it, which takes six seconds; killed
    meanwhile, it leaves one behind without a version.
    """
    with place.made_whole() as engine, engine.begin() as connection:
        Base.metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": newest_version()})
        if before and before.exists():
            with engine_of(before.url).connect() as source:
                copy_rows(source, connection)
            connection.execute(text("ANALYZE"))  # a server would plan its first queries for empty tables


def copy_rows(source: Connection | Session, target: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        rows = source.execute(select(table)).mappings()
        for some in rows.partitions(ROWS_AT_ONCE):
            target.execute(insert(table), [dict(row) for row in some])


def keep_copy(gradebook: Gradebook, course: Path) -> str:
    """Copy a gradebook, wherever it lies, into a file in the class directory; return the file's name."""
    names = (course / f"gradebook-before-{number}.db" for number in itertools.count(1))
    copy = File(next(path for path in names if not path.exists()))
    make_gradebook(copy)
    engine = engine_of(copy.url)
    with engine.begin() as target:
        copy_rows(gradebook.db, target)
    engine.dispose()
    return copy.path.name


@contextlib.contextmanager
def clear_errors(place: Storage):
    """Say what a failing database means. Raises GradebookError."""
    try:
        yield
    except DBAPIError as error:
        raise GradebookError(place.in_words(error.orig)) from error
    except InvalidEntry as error:  # what nbgrader makes of it
        raise GradebookError(place.in_words(getattr(error.__context__, "orig", error))) from error


def quiet() -> None:
    """Keep nbgrader's log and SQLAlchemy's warnings about it off the instructor's screen."""
    logging.getLogger("grader.nbgrader").setLevel(logging.CRITICAL)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", module="nbgrader")
    warnings.filterwarnings("ignore", category=SAWarning)
