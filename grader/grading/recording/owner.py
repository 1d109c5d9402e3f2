"""Whose a gradebook is that lies outside of its class directory: two classes in one would mix their marks.

The class has a name that nobody else has, in a file of its own and in a table of the gradebook.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from ..records import ClassError
from .storage import File, Storage, engine_of

FILE = "gradebook-id.txt"
TABLE = "grader_class"


def look_whose(course: Path, place: Storage) -> None:
    """Raises ClassError where the gradebook is another class's."""
    if is_inside(course, place) or not place.exists():
        return
    engine = engine_of(place.url)
    try:
        with engine.connect() as book:
            refuse_another(course, place, book)
    finally:
        engine.dispose()


def claim(course: Path, place: Storage, book: Any) -> None:
    """Make it this class's if it is nobody's. Raises ClassError where it is another's."""
    if is_inside(course, place) or refuse_another(course, place, book):
        return
    from sqlalchemy import text

    name = id_of(course) or secrets.token_hex()
    if not has_table(book):
        book.execute(text(f"CREATE TABLE {TABLE} (id VARCHAR(64) NOT NULL, folder TEXT NOT NULL)"))
    book.execute(text(f"INSERT INTO {TABLE} VALUES (:id, :folder)"), {"id": name, "folder": str(course)})
    (course / FILE).write_text(f"{name}\n", encoding="utf-8")


def is_inside(course: Path, place: Storage) -> bool:
    """Whether it lies in the class directory, as a file that goes wherever that goes."""
    return isinstance(place, File) and place.path.resolve().is_relative_to(course.resolve())


def refuse_another(course: Path, place: Storage, book: Any) -> bool:
    """Whether it is this class's already. Raises ClassError where it is another's."""
    from sqlalchemy import text

    rows = book.execute(text(f"SELECT id, folder FROM {TABLE}")).fetchall() if has_table(book) else []
    known = dict(map(tuple, rows))
    if not known or id_of(course) in known:
        return bool(known)
    raise ClassError(
        f"{place} holds the gradebook of another class, that of {', '.join(known.values())}. Each class has "
        f"one of its own: make a database for {course}, by `createdb`, and name it in nbgrader_config.py "
        f"there. If it is that class, moved here, bring its {FILE} here too."
    )


def has_table(book: Any) -> bool:
    from sqlalchemy import inspect

    return bool(inspect(book).has_table(TABLE))


def id_of(course: Path) -> str:
    path = course / FILE
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
