"""Whether a gradebook can be written to, seen before anything is graded: nothing is overwritten in vain.

nbgrader takes seconds to be imported; here SQLite itself is asked.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from ..records import ClassError


def look_over(course: Path) -> None:
    """Raises ClassError where the class has a gradebook that is locked, damaged or an older nbgrader's."""
    path = course / "gradebook.db"
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as book:
            book.execute("BEGIN IMMEDIATE")
            version = book.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise ClassError(in_words(path, str(error))) from error
    if version != (newest_version(),):
        raise ClassError(in_words(path, "no such table as this nbgrader's"))


def newest_version() -> str:
    """Of nbgrader's tables: the migration that no other follows. Its package is found, not imported."""
    folder = Path(find_spec("nbgrader").submodule_search_locations[0], "alembic", "versions")
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    made, followed = (
        {match for text in texts for match in re.findall(rf"^{name} = '(\w+)'", text, re.M)}
        for name in ("revision", "down_revision")
    )
    (newest,) = made - followed
    return newest


def in_words(path: Path, reason: str) -> str:
    """A database's own words, with what an instructor does about them."""
    return f"{path}: {reason}. {mend(reason)}, and start again; nothing that was graded before is lost."


def mend(reason: str) -> str:
    if "locked" in reason:
        return "Close the program that holds it (a formgrader, another grading run)"
    if "full" in reason or "disk" in reason:
        return "Make room on the disk"
    if "no such column" in reason or "no such table" in reason:
        return "An older nbgrader made it: run `nbgrader db upgrade` in that directory"
    return "See that it is nbgrader's and can be written to, or move it away"
