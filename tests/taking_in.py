"""Takes a file in as the intake does, and asserts that what comes of it is sound."""

import contextlib
import copy
import json
import os
import re
from functools import partial

import damaged
import nbformat
import pytest
from conftest import STUDENT, define, judged
from damaged import write
from IPython.core.inputtransformer2 import TransformerManager

from grader.course import EXERCISES, LESSONS
from grader.grading.intake.files import MAX_NOTEBOOK, read_regular_file
from grader.grading.intake.rebuild import MAX_EXTRA_CELLS, take_in

RELEASES = {path.stem: nbformat.read(path, as_version=4) for path in STUDENT}
RELEASE = RELEASES[damaged.LESSON]
POINTS = {name: {e.name: e.points for e in EXERCISES.values() if e.lesson == name} for name in LESSONS}

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and links are made as POSIX makes them")


def sound(taken, release=RELEASE):
    """Assert that a notebook was rebuilt from `release`: its cells and nothing of a stranger's but text."""
    notebook = taken.notebook
    nbformat.validate(notebook)
    assert notebook.metadata == release.metadata
    assert (notebook.nbformat, notebook.nbformat_minor) == (release.nbformat, release.nbformat_minor)
    cells = list(notebook.cells)
    assert (cells[0].id == "intake-notes") == bool(taken.notes)
    if taken.notes:
        assert cells.pop(0).cell_type == "markdown"
    ids = [c.id for c in cells]
    assert len(set(ids)) == len(ids)
    added = [c for c in cells if re.fullmatch(r"added-\d+", c.id)]
    for own in added:
        assert own.metadata == {} and not own.get("outputs") and own.get("execution_count") is None
    assert len(added) <= MAX_EXTRA_CELLS
    kept = [copy.deepcopy(c) for c in cells if c not in added]
    for mine, original in zip(kept, release.cells):
        if original.metadata.get("nbgrader", {}).get("solution"):
            mine.source = original.source
    assert kept == release.cells
    for note in taken.notes:
        assert note.isprintable() and 10 < len(note) < 400
    json.dumps(notebook).encode()
    if not taken.readable:
        assert not added and [c.source for c in cells] == [c.source for c in release.cells]
    return taken


def from_file(path, release=RELEASE):
    """The intake of a file that lies anywhere."""
    return take_in(partial(read_regular_file, path, MAX_NOTEBOOK), release)


def taken(folder, content, lesson=damaged.LESSON):
    """The intake of a file with this content, which must be sound."""
    return sound(from_file(write(folder / f"{lesson}.ipynb", content), RELEASES[lesson]), RELEASES[lesson])


def points(notebook, asked=lambda name: True):
    """What a run from top to bottom earns in the exercises asked for; of the lesson's cells only answers run.

    An answer without a syntax error runs as IPython would, commands and magics excepted.
    """
    names, earned = define("import numpy as np\nimport math"), {}
    names["get_ipython"] = lambda: NoShell()
    for entry in notebook.cells:
        marks = entry.metadata.get("nbgrader", {})
        if marks.get("grade") and asked(marks.grade_id):
            earned[marks.grade_id] = judged(marks.grade_id, names).points
        elif entry.cell_type == "code" and (marks.get("solution") or entry.id.startswith("added-")):
            with contextlib.suppress(Exception):
                define(TransformerManager().transform_cell(entry.source), names)
    return earned


class NoShell:
    def __getattr__(self, name):
        return lambda *args, **kwargs: None


def sources(notebook):
    return [c.source for c in notebook.cells]
