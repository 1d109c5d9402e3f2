"""Answers as beginners write them, working through the lessons, and what a card has to say of each.

A file an exercise: `=== what it is -> cause`, then the answer cell's text. The cause is `right`, the names of
the edits that mend it, a misconception's name, or `walk` where only facts can be said. A line `@Dense` stands
for that class as it is right, `@ReLU`, `@Softmax` and `@pass` for the others of lesson 7.
"""

import contextlib
import io
import linecache
import re
from itertools import count
from pathlib import Path
from typing import NamedTuple

import nbformat

from grader.course import EXERCISES
from grader.course.places import ROOT
from tests.exercises.forward_pass import FORWARD_PASSES

HERE = Path(__file__).parent
CELLS = count(1)
PARTS = dict(zip(("@Dense", "@ReLU", "@Softmax", "@pass"), re.split(
    r"^(?=class Act|def )", FORWARD_PASSES["from the three classes"].strip() + "\n", flags=re.M
)))  # fmt: skip


class Slip(NamedTuple):
    exercise: str
    what: str
    cause: str
    text: str


def slips_of(name: str) -> list[Slip]:
    blocks = re.split(r"^=== ", (HERE / f"{name}.txt").read_text(encoding="utf-8"), flags=re.M)[1:]
    return [slip(name, *block.split("\n", 1)) for block in blocks]


def slip(name: str, head: str, text: str) -> Slip:
    what, _, cause = head.partition(" -> ")
    lines = [PARTS.get(line, f"{line}\n") for line in text.splitlines()]
    return Slip(name, what, cause, "".join(lines))


def define(text: str, names: dict) -> str:
    """Run a cell; the error with which it stopped, as a lesson's check is told it, or ""."""
    from grader.judging.cells_run import in_words

    cell = f"<slip {next(CELLS)}>"
    linecache.cache[cell] = (len(text), None, text.splitlines(keepends=True), cell)
    try:
        exec(compile(text, cell, "exec"), names)
    except Exception as error:
        return in_words(error)
    return ""


def notebook_of(name: str) -> dict:
    """The names that a lesson has made above an exercise, those of the answers before it too."""
    lesson = EXERCISES[name].lesson
    (path,) = (ROOT / "solutions").glob(f"*/{lesson}.ipynb")
    names = {"__name__": "__main__"} | dict.fromkeys(("predict", "play", "show", "check"), lambda *_, **__: 0)
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") == f"{name}-answer":
            break
        if cell.cell_type == "code":
            text = re.sub(r"^from grader import.*$|^plt\..*$", "", cell.source, flags=re.M)
            text = "" if "# draws the picture below" in text else text
            with contextlib.redirect_stdout(io.StringIO()):
                define(text, names)
    return names
