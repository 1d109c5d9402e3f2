"""A good submission as parsed JSON, and what is done to its cells."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path

from grader.authoring.master import BEGIN, END
from grader.course import CHAPTER, EXERCISES
from grader.course.places import RELEASE

SOLUTIONS = RELEASE.parents[1] / "solutions" / CHAPTER

LESSON = "01_relu_loop"

BOTH = ("relu_if", "relu_max")

RIGHT = "def relu_if(inputs):\n    return [x if x > 0 else 0 for x in inputs]"

WRONG = "def relu_if(inputs):\n    return list(inputs)"

RIGHT_MAX = "def relu_max(inputs):\n    return [max(0, x) for x in inputs]"


@cache
def _parsed(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def released(lesson: str = LESSON) -> dict:
    """The untouched notebook of a lesson."""
    return copy.deepcopy(_parsed(RELEASE / f"{lesson}.ipynb"))


@cache
def solution(exercise: str) -> str:
    """The author's answer to an exercise, without its markers."""
    solved = _parsed(SOLUTIONS / f"{EXERCISES[exercise].lesson}.ipynb")
    lines = text_of(cell(solved, f"{exercise}-answer")).split("\n")
    return "\n".join(line for line in lines if line.strip() not in (BEGIN, END))


def good(lesson: str = LESSON) -> dict:
    """A submission that answers every exercise of the lesson right."""
    notebook = released(lesson)
    for exercise in EXERCISES.values():
        if exercise.lesson == lesson:
            set_text(cell(notebook, f"{exercise.name}-answer"), solution(exercise.name))
    return notebook


def write(path: Path, content: dict | list | str | bytes) -> Path:
    """Save a notebook, or any other content, as a file."""
    if not isinstance(content, bytes):
        content = json.dumps(content, indent=1).encode()
    path.write_bytes(content)
    return path


def place(notebook: dict, grade_id: str) -> int:
    """Where the cell with this grade id stands."""
    marks = [c["metadata"].get("nbgrader", {}).get("grade_id") for c in notebook["cells"]]
    return marks.index(grade_id)


def cell(notebook: dict, grade_id: str) -> dict:
    return notebook["cells"][place(notebook, grade_id)]


def text_of(cell: dict) -> str:
    return "".join(cell["source"])


def set_text(cell: dict, text: str) -> None:
    cell["source"] = text.splitlines(keepends=True)


def code(text: str, **metadata) -> dict:
    """A cell as an editor without cell ids adds it."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": [],
        "source": text.splitlines(keepends=True),
    }


def without_ids(notebook: dict) -> dict:
    """The notebook after an editor that keeps no metadata and gives every cell an id of its own."""
    for number, entry in enumerate(notebook["cells"]):
        entry["metadata"] = {}
        entry["id"] = f"{(number + 7) * 2654435761 % 2**32:08x}"
    return notebook


STUB = text_of(cell(released(), "relu_if-answer"))


def as_bytes(notebook: dict) -> bytes:
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode()
