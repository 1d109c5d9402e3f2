"""How long a lesson takes a beginner, reckoned from its cells.

Reading is 130 words a minute, a prediction one minute, an exercise four and one for each line of its
solution, within 5 and 25. What stands below a heading that begins with `Appendix` or `Tomorrow` is not
counted. The heading `A good place to stop` parts a lesson into sittings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

WORDS_A_MINUTE = 130
SITTING = 45
"""The longest that one sitting may take, in minutes."""

LATER = ("Appendix", "Tomorrow")
BREAK = "A good place to stop"


def reckon_sittings(notebook: NotebookNode) -> list[float]:
    """The minutes of each sitting of a lesson, as `read_master` makes it."""
    sittings, counted = [0.0], True
    for part in parts_of(notebook):
        if isinstance(part, NotebookNode):
            sittings[-1] += minutes_for_answer(part)
            continue
        heading = re.match(r"## (.*)", part)
        if heading:
            counted = not heading[1].startswith(LATER)
            sittings += [0.0] if heading[1] == BREAK else []
        sittings[-1] += minutes_for_text(part) if counted else 0
    return sittings


def parts_of(notebook: NotebookNode) -> Iterator[str | NotebookNode]:
    """The text of each section, as far as it stands in one cell, and each answer cell, in order."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield from re.split(r"^(?=## )", cell.source, flags=re.M)
        elif cell.metadata.get("nbgrader", {}).get("solution"):
            yield cell


def minutes_for_text(text: str) -> float:
    """To read it and to make its predictions."""
    words = re.sub(r"<[^>]*>", " ", text).split()
    return len(words) / WORDS_A_MINUTE + text.count("**Predict")


def minutes_for_answer(cell: NotebookNode) -> float:
    """To write what stands between the markers, comments left out."""
    solution = re.search(r"^### BEGIN SOLUTION\n(.*?)^### END SOLUTION", cell.source, re.S | re.M)
    lines = [line for line in solution[1].split("\n") if re.match(r"\s*[^\s#]", line)] if solution else []
    return min(25, max(5, 4 + len(lines)))
