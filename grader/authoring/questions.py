"""Takes a lesson's predictions from its text: options above the cell that calls `predict`, reasons below.

Above it stand, after `**Predict:**`, lines `- **a)** ...`. Below it a fold gives the right option first,
`**b.** ...`, and then the others, `- **a)** ...`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from ..course.questions import Option, Question

CALL = re.compile(r'^predict\("([\w-]+)"\)$', re.M)
OPTION = re.compile(r"^- \*\*([a-f])\)\*\* (.+)$", re.M)
FOLD = re.compile(r"\A<details><summary>.+?</summary>\n\n(.*?)\n\n</details>", re.S)
RIGHT = re.compile(r"\A\*\*([a-f])\.\*\* (.+?)(?=\n\n- \*\*|\Z)", re.S)


class QuestionError(ValueError):
    """A prediction that is not whole: `cell` is its number, then what is wrong and how to mend it."""

    def __init__(self, cell: int, problem: str, mend: str):
        super().__init__(problem, mend)
        self.cell, self.problem, self.mend = cell, problem, mend


def take_questions(cells: list[NotebookNode]) -> Iterator[Question]:
    """The questions of a lesson in order. Raises QuestionError."""
    for number, cell in enumerate(cells):
        found = CALL.search(cell.source) if cell.cell_type == "code" else None
        if found:
            above = text_of(cells, number - 1).rpartition("**Predict")[2]
            yield take_question(number, found[1], above, text_of(cells, number + 1))


def text_of(cells: list[NotebookNode], number: int) -> str:
    near = cells[number] if 0 <= number < len(cells) else None
    return near.source if near is not None and near.cell_type == "markdown" else ""


def take_question(number: int, name: str, above: str, below: str) -> Question:
    """The question `name` of a cell, from the text above it and below it."""
    offered = dict(OPTION.findall(above))
    if len(offered) < 2:
        raise QuestionError(
            number,
            f"no options stand above the prediction {name}.",
            "End the text above with `**Predict:**`, a question, and lines `- **a)** ...`.",
        )
    fold = FOLD.match(below)
    right = RIGHT.match(fold[1]) if fold else None
    if not fold or not right:
        raise QuestionError(
            number,
            f"no reasons stand below the prediction {name}.",
            "Begin the text below with a fold that opens with the right option, `**a.** ...`.",
        )
    reasons = dict(OPTION.findall(fold[1])) | {right[1]: right[2]}
    if sorted(reasons) != sorted(offered):
        differ = ", ".join(sorted(set(reasons) ^ set(offered)))
        raise QuestionError(
            number, f"the prediction {name} has {differ} on one side only.", "Give each option its reason."
        )
    options = tuple(Option(letter, offered[letter], reasons[letter]) for letter in sorted(offered))
    return Question(name, right[1], options)
