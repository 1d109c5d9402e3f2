"""The page that a student's JupyterLab opens with: `notebooks/start.ipynb`, written by the build."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from ..course import CHAPTERS
from .master import CHECK_NEEDS, Header

WELCOME = """# Neural networks from scratch

Choose a lesson: a click opens it. Each says at its top what it takes and what it builds on."""

HOW = """## How to work

- Run a lesson's cells from top to bottom, each with Shift and Enter. Write where it says `# YOUR CODE HERE`.
- Check as often as you like: nothing is counted, and nothing is sent anywhere.
- After a break Python has forgotten what it ran: choose *Run*, then *Run All Cells*, and go on.
- The cell below shows your points so far, and what is next. Run it whenever you come back."""

HAND_IN = """## Hand in

Save your lessons, run the cell below, and hand in the one file that it names."""

CONTINUE = """## Continue on another computer

Take that file with you. There, run the cell below and choose the file: your lessons and your points come
back. A lesson that it replaces is kept in the folder `earlier`."""


def write_start(path: Path, headers: Iterable[Header]) -> None:
    """Write the start page to `path`; the same bytes for the same lessons."""
    headers = list(headers)
    cells = [new_markdown_cell(WELCOME)]
    cells += [new_markdown_cell(lessons_of(name, headers)) for name in CHAPTERS]
    cells += [new_markdown_cell(HOW), new_code_cell(f"{CHECK_NEEDS}\n\ncheck.progress()")]
    cells += [new_markdown_cell(HAND_IN), new_code_cell(f"{CHECK_NEEDS}\n\ncheck.pack()")]
    cells[-1].metadata.tags = ["nbval-skip"]  # a test of the notebooks is not to leave an archive there
    cells += [new_markdown_cell(CONTINUE), new_code_cell(f"{CHECK_NEEDS}\n\ncheck.unpack()")]
    for number, cell in enumerate(cells, 1):
        cell.id = f"start-{number}"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata=metadata()), path)


def metadata() -> NotebookNode:
    kernel = NotebookNode(display_name="Python 3 (ipykernel)", language="python", name="python3")
    return NotebookNode(kernelspec=kernel, language_info=NotebookNode(name="python"))


def lessons_of(chapter: str, headers: list[Header]) -> str:
    """A chapter's lessons as a table: links, minutes, exercises and points."""
    exercises = CHAPTERS[chapter].exercises
    rows = []
    for header in (header for header in headers if header.chapter == chapter):
        mine = [exercise for exercise in exercises if exercise.lesson == header.lesson]
        link = f"[{header.title}]({chapter}/{header.lesson}.ipynb)"
        points = sum(exercise.points for exercise in mine)
        rows.append(f"| {link} | {header.minutes} | {len(mine)} | {points:g} |")
    head = "| lesson | minutes | exercises | points |\n|:---|---:|---:|---:|"
    return "\n".join([f"## {CHAPTERS[chapter].title}\n", head, *rows])
