"""Brings a student's folder up to date with the lessons as they are handed out now.

What was handed out before is kept in `.handed-out/`: a lesson that is still the same is left alone, and
of one that has changed it is known what is the student's. Nothing of a student's is ever lost: a file
that is replaced is kept in `earlier/`.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from ..desk.earlier import set_aside
from ..grading.intake.files import MAX_NOTEBOOK, Refused, read_regular_file
from ..grading.intake.notebook import Cell, kept_within, parse_notebook, plain, read_cells, read_notebook
from ..grading.intake.rebuild import is_answer, new_cell, rebuild

HANDED_OUT = ".handed-out"


def update(release: Path, desk: Path) -> list[str]:
    """Bring the notebooks of the folder `release` into `desk`; say what was done, a sentence a lesson."""
    desk.mkdir(parents=True, exist_ok=True)
    before = desk / HANDED_OUT
    before.mkdir(exist_ok=True)
    said = []
    for path in sorted(release.glob("*.ipynb")):
        if not (desk / path.name).exists():
            copy_whole(path, desk / path.name)
            said.append(f"{path.name}: new")
        elif not same(path, before / path.name):
            done = bring(path, desk / path.name, before / path.name)
            said += [f"{path.name}: {done}"] if done else []
        copy_whole(path, before / path.name)
    return said


def same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()


def copy_whole(source: Path, target: Path) -> None:
    """All of a file or nothing: also where it is interrupted."""
    draft = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, draft)
    os.replace(draft, target)


def bring(path: Path, mine: Path, before: Path) -> str:
    """Put a changed lesson into the place of `mine`, with the answers that are in there; say so.

    `before` is the lesson that `mine` was a copy of, if that is known.
    """
    release = read_notebook(path)
    try:
        notebook = parse_notebook(read_regular_file(mine, MAX_NOTEBOOK), [])
        cells = read_cells(notebook, [])
    except Refused as reason:
        return f"there is a new version, but yours could not be read ({reason}); it was left as it is"
    released = {plain(cell["source"]) for cell in release["cells"] if not is_answer(cell)}
    if released <= {cell.plain for cell in cells}:
        return ""  # it is the new one already
    own = cells if kept_within(notebook) else without_the_old(cells, before, released)
    merged = rebuild(release, own, [], as_it_is)
    if merged == release:
        copy_whole(path, mine)
        return "changed; nothing was answered in it, so the new one took its place"
    kept = set_aside(mine)
    mine.write_text(json.dumps(merged, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return f"changed; your answers are in the new one, and the old file is {kept}"


def without_the_old(cells: list[Cell], before: Path, released: set[str]) -> list[Cell]:
    """A student's cells without those of an earlier lesson that are not in the released one any more.

    For a notebook that does not say itself which were handed out: `before` tells. Where that is gone, nobody
    knows whose a cell is: only answers are taken.
    """
    if not before.is_file():
        return [cell for cell in cells if cell.nbgrader.get("solution")]
    old = {plain(cell["source"]) for cell in read_notebook(before)["cells"]} - released
    return [cell for cell in cells if cell.plain not in old]


def as_it_is(cell: Cell, number: int, make: type) -> dict:
    """A cell that a student has added, for their own eyes: prose stays prose."""
    return new_cell(cell.kind, cell.source, f"added-{number}", make)
