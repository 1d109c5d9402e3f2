"""The next term's class directory: what is the instructor's comes along, what is the students' does not."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from ..records import ClassError
from . import comments
from .configuration import CONFIG
from .owner import is_inside
from .storage import storage

LEFT = "roster, submissions, marks, comments on single answers, due dates and extensions"


def begin_next_term(old: Path, new: Path) -> list[str]:
    """Make the class directory `new`; return what an instructor is to know. Raises ClassError.

    It gets the configuration with the modules beside it, and the comments for groups of like answers.
    """
    if not old.is_dir():
        raise ClassError(f"{old} is no folder: name the class directory of the last term.")
    if new.exists() and (not new.is_dir() or any(new.iterdir())):
        raise ClassError(f"{new} is there already: name a folder that is new, or empty.")
    place = storage(old)
    new.mkdir(parents=True, exist_ok=True)
    brought = [path.name for path in sorted(old.glob("*.py")) if path.is_file()]
    for name in brought:
        shutil.copyfile(old / name, new / name)
    said = [f"brought along: {', '.join(brought)}"] if brought else []
    if kept := {group: text for group, text in comments.GroupComments(old).current.items() if text}:
        with (new / comments.FILE).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([comments.HEAD, *kept.items()])
        said.append(
            f"brought along: {comments.FILE}, with a comment for each of {len(kept)} groups of answers"
        )
    said.append(f"left in {old}: {LEFT}")
    if not is_inside(old, place):
        said.append(
            f"{new / CONFIG} still names the gradebook of {old}, {place}: make one for this class and name "
            "it there; until then nothing is graded"
        )
    return said
