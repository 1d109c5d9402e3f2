"""Where the gradebook of a class lies: the file gradebook.db in it, or the database that its `db_url` names.

What differs between a file and a server is here, and is asked for without nbgrader, which takes seconds to
be imported.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..records import ClassError
from .version import wrong_version

FILE = "gradebook.db"


@dataclass(frozen=True)
class File:
    """An SQLite file."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    @property
    def url(self) -> Any:
        """The URL of a file whose name may hold anything: in a text, %20 and ? would mean something else."""
        from sqlalchemy import URL

        return URL.create("sqlite", database=str(self.path))

    def exists(self) -> bool:
        """Whether anything is in it: what was begun and never filled is none yet."""
        return self.path.exists() and self.path.stat().st_size > 0

    def look_up(self, query: str) -> list[tuple]:
        """Rows of it; none where it cannot be read, which is told when it is opened to be written to."""
        with suppress(sqlite3.Error), closing(self.connect()) as book:
            return book.execute(query).fetchall()
        return []

    def look_over(self) -> None:
        """Raises ClassError where it is locked, damaged or an older nbgrader's."""
        if not self.exists():
            return
        try:
            with closing(self.connect()) as book:
                book.execute("BEGIN IMMEDIATE")
                tables = {name for (name,) in book.execute("SELECT name FROM sqlite_master")}
                if "assignment" not in tables:
                    raise ClassError(self.in_words("this is no gradebook"))
                version = book.execute("SELECT version_num FROM alembic_version").fetchall()
        except sqlite3.Error as error:
            raise ClassError(self.in_words(error)) from error
        if wrong := wrong_version(version):
            raise ClassError(self.in_words(wrong))

    def connect(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=rw", uri=True)

    @contextmanager
    def made_whole(self) -> Iterator[Any]:
        """An engine to make its tables with; the file is there with all of them or not at all."""
        draft = File(self.path.with_suffix(f".{os.getpid()}"))
        draft.path.unlink(missing_ok=True)
        engine = engine_of(draft.url)
        try:
            yield engine
        finally:
            engine.dispose()
        os.replace(draft.path, self.path)

    def in_words(self, reason: object) -> str:
        """A database's own words, with what an instructor does about them."""
        return f"{self}: {reason}. {mend(str(reason))}, and start again; {NOTHING_LOST}"


@dataclass(frozen=True)
class Server:
    """A database that is reached by a URL: PostgreSQL."""

    given: Any
    """The class's `db_url`, which may hold a password."""

    def __str__(self) -> str:
        return self.given.render_as_string(hide_password=True)

    @property
    def url(self) -> Any:
        """With limits, so that a server that is down or a row that is held is an error and no silence."""
        limits = {"connect_timeout": "10", "options": "-c lock_timeout=60s"}
        return self.given.update_query_dict(limits | dict(self.given.query))

    def exists(self) -> bool:
        """Whether its tables are there. Raises ClassError where it cannot be reached."""
        return self.ask("SELECT to_regclass('alembic_version') IS NOT NULL") == [(True,)]

    def look_up(self, query: str) -> list[tuple]:
        return self.ask(query) if self.exists() else []

    def look_over(self) -> None:
        """Raises ClassError where it cannot be reached or written to, or is an older nbgrader's."""
        if not self.exists():
            ((allowed,),) = self.ask("SELECT has_schema_privilege(current_schema(), 'CREATE')")
            if not allowed:
                raise ClassError(self.in_words("permission denied to make tables"))
        elif wrong := wrong_version(self.ask("SELECT version_num FROM alembic_version")):
            raise ClassError(self.in_words(wrong))
        elif self.ask("SELECT has_table_privilege('grade', 'UPDATE')") != [(True,)]:
            raise ClassError(self.in_words("permission denied for table grade"))

    def ask(self, query: str) -> list[tuple]:
        from sqlalchemy import text
        from sqlalchemy.exc import DBAPIError

        engine = engine_of(self.url)
        try:
            with engine.connect() as book:
                return [tuple(row) for row in book.execute(text(query))]
        except DBAPIError as error:
            raise ClassError(self.in_words(error.orig)) from error
        finally:
            engine.dispose()

    @contextmanager
    def made_whole(self) -> Iterator[Any]:
        """Its tables are made in one transaction."""
        engine = engine_of(self.url)
        try:
            yield engine
        finally:
            engine.dispose()

    def in_words(self, reason: object) -> str:
        """What the server or its driver says, in one line and without the password."""
        said = " ".join(str(reason).split()).rstrip(".")
        if self.given.password:
            said = said.replace(str(self.given.password), "***")
        return f"{self}: {said}. {mend(said)}, and start again; {NOTHING_LOST}"


Storage = File | Server

NOTHING_LOST = "nothing that was graded before is lost."


def storage(course: Path) -> Storage:
    """That of a class. Raises ClassError where its nbgrader_config.py fails, or names what cannot be used."""
    from .configuration import CONFIG

    if not (course / CONFIG).is_file():
        return File(course / FILE)
    from .configuration import at_home, own_config, where

    try:
        with at_home(course):
            named = own_config(course).CourseDirectory.get("db_url", "")
    except (Exception, SystemExit) as error:  # whatever the instructor's code raises
        raise ClassError(f"{where(error, course)}. Mend that and start again.") from error
    return storage_of(str(named), course)


def storage_of(named: str, course: Path) -> Storage:
    """What a `db_url` means for a class; a file's path begins in the class directory."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(named) if named else None
    except ArgumentError as error:
        raise ClassError(
            f"{course / 'nbgrader_config.py'}: db_url is no address of a database. It looks like "
            "postgresql://user@host/name, or sqlite:///gradebook.db."
        ) from error
    if url is None or url.get_backend_name() == "sqlite":
        return File(course / ((url and url.database) or FILE))
    if url.get_backend_name() != "postgresql":
        raise ClassError(
            f"{course / 'nbgrader_config.py'}: db_url names {url.get_backend_name()}; a gradebook is kept in "
            "SQLite or PostgreSQL."
        )
    try:
        url.get_dialect().import_dbapi()
    except ImportError as error:
        raise ClassError(
            f"{course / 'nbgrader_config.py'}: db_url needs the driver {error.name}: "
            "`pip install 'psycopg[binary]'`."
        ) from error
    return Server(url)


def engine_of(url: Any) -> Any:
    from sqlalchemy import create_engine

    return create_engine(url)


MENDS = {
    r"malformed|not a database|no gradebook": "Put a copy of it back, or move it away",
    r"newer nbgrader": "Install that nbgrader here",
    r"locked": "Close the program that holds it (a formgrader, another grading run)",
    r"lock timeout|deadlock": "Somebody else is writing the same marks: wait until they are done",
    r"full|disk|No space": "Make room on the disk",
    r"no such (column|table)|(column|relation) .* does not exist": "An older nbgrader made it: run `nbgrader "
    "db upgrade` in that directory",
    r"password": "Mend user or password, in db_url or in ~/.pgpass",
    r"database .* does not exist": "Make it there, by `createdb`, or mend its name in db_url",
    r"permission denied|read-only": "Have that database be owned by the user whom db_url names",
    r"too many (clients|connections)|connection slots": "Close formgraders that nobody needs",
    r"unable to open": "See that it can be written to, and that its path has fewer than 500 characters: "
    "SQLite opens no longer one",
    r"connection|could not|timeout|terminating|server|resolve": "See that the server runs and can be reached "
    "from here",
}
"""What is done about what a database says, in the order in which it is looked for."""


def mend(reason: str) -> str:
    for said, what in MENDS.items():
        if re.search(said, reason):
            return what
    return "See that it is nbgrader's and can be written to, or move it away"
