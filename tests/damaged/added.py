"""Cells that were added."""

from __future__ import annotations

from .damage import IN_AN_ADDED_CELL, odd
from .notebook import BOTH, RIGHT, RIGHT_MAX, STUB, WRONG, cell, code, good, place, set_text


def answer_in_an_added_cell(notebook, offset, *before):
    """The answer cell stays as it was handed out; the answer stands `offset` cells further down."""
    where = place(notebook, "relu_if-answer")
    set_text(notebook["cells"][where], STUB)
    notebook["cells"][where + offset : where + offset] = [*before, code(RIGHT)]
    return notebook


@odd(IN_AN_ADDED_CELL)
def answer_below_its_cell(notebook):
    return answer_in_an_added_cell(notebook, 1)


@odd(IN_AN_ADDED_CELL)
def answer_below_its_check(notebook):
    return answer_in_an_added_cell(notebook, 2)


@odd(IN_AN_ADDED_CELL)
def answer_above_its_cell(notebook):
    return answer_in_an_added_cell(notebook, 0)


@odd(IN_AN_ADDED_CELL)
def answer_at_the_very_end(notebook):
    return answer_in_an_added_cell(notebook, 1_000)


@odd(IN_AN_ADDED_CELL)
def answer_below_its_cell_needs_a_helper(notebook):
    notebook = answer_in_an_added_cell(notebook, 1, code("keep = lambda function: function"))
    set_text(notebook["cells"][place(notebook, "relu_if-answer") + 2], "@keep\n" + RIGHT)
    return notebook


@odd(IN_AN_ADDED_CELL)
def answer_cell_points_elsewhere(notebook):
    notebook = answer_in_an_added_cell(notebook, 2)
    set_text(cell(notebook, "relu_if-answer"), "# see below")
    return notebook


@odd(IN_AN_ADDED_CELL + ".*check cell of relu_if had been changed")
def answer_in_the_check_cell(notebook):
    set_text(cell(notebook, "relu_if-answer"), STUB)
    set_text(cell(notebook, "relu_if"), f'{RIGHT}\n\ncheck("relu_if")')
    return notebook


@odd("A markdown cell holds relu_if; only what stands in code cells is run", loses=("relu_if",))
def answer_in_text(notebook):
    """What stands in Markdown was never run."""
    notebook = answer_in_an_added_cell(notebook, 1)
    notebook["cells"][place(notebook, "relu_if-answer") + 1]["cell_type"] = "markdown"
    return notebook


@odd()
def experiments_below_the_check(notebook):
    where = place(notebook, "relu_if") + 1
    notebook["cells"][where:where] = [code(WRONG), code("relu_if([1])"), code('check("relu_if")'), code(STUB)]
    return notebook


@odd("", loses=("relu_if",))
def overwritten_between_answer_and_check(notebook):
    notebook["cells"].insert(place(notebook, "relu_if"), code(WRONG))
    return notebook


@odd()
def cells_before_the_first_and_after_the_last(notebook):
    markdown = {"cell_type": "markdown", "metadata": {"tags": ["x"]}, "source": "<script>alert(1)</script>"}
    cells = [code("LIMIT = 0"), markdown, *notebook["cells"], markdown, code('check("relu_if")')]
    set_text(cell(notebook, "relu_max-answer"), RIGHT_MAX.replace("max(0", "max(LIMIT"))
    return {**notebook, "cells": cells}


@odd("Only the first 200 of 3000 added")
def thousands_of_cells_below(notebook):
    notebook["cells"] += [code(f"x = {number}") for number in range(3000)]
    return notebook


@odd("Only the first 200 of 3000 added")
def thousands_of_cells_above(notebook):
    return {**notebook, "cells": [code(f"x = {number}") for number in range(3000)] + notebook["cells"]}


@odd(r"Only the first 10000 of 10\d\d\d cells")
def more_cells_than_are_read(notebook):
    notebook["cells"] += [code("")] * 10_100
    return notebook


@odd(r"another lesson \(02_relu_numpy\).*answer cell of relu_if is missing", loses=BOTH)
def another_lesson(notebook):
    return good("02_relu_numpy")


@odd(r"another lesson \(02_relu_numpy\)")
def two_lessons_in_one(notebook):
    return {**notebook, "cells": good("02_relu_numpy")["cells"] + notebook["cells"]}
