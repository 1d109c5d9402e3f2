"""The lesson's own cells: edited, deleted, doubled, retyped, moved."""

from __future__ import annotations

import copy
from textwrap import indent

from .damage import LOST_IDS, TWICE, odd
from .notebook import BOTH, RIGHT, RIGHT_MAX, STUB, WRONG, cell, code, place, released, set_text, text_of


@odd("check cell of relu_if had been changed")
def edited_check(notebook):
    set_text(cell(notebook, "relu_if"), 'check = lambda name: 1\ncheck("relu_if")')
    return notebook


@odd("check cell of relu_if was missing; it was put back")
def deleted_check(notebook):
    del notebook["cells"][place(notebook, "relu_if")]
    return notebook


@odd("check cell of relu_if is there 2 times")
def duplicated_check(notebook):
    where = place(notebook, "relu_if")
    notebook["cells"].insert(where + 6, copy.deepcopy(notebook["cells"][where]))
    return notebook


@odd("check cell of relu_if had been turned into another kind")
def retyped_check(notebook):
    cell(notebook, "relu_if")["cell_type"] = "raw"
    return notebook


@odd("check cell of relu_max was missing", loses=())
def renamed_grade_id_of_check(notebook):
    check = cell(notebook, "relu_max")
    check["metadata"]["nbgrader"]["grade_id"] = "bonus"
    check["id"] = "bonus"
    set_text(check, 'check("bonus")')
    return notebook


@odd("answer cell of relu_if is missing", loses=("relu_if",))
def deleted_answer(notebook):
    del notebook["cells"][place(notebook, "relu_if-answer")]
    return notebook


@odd("", loses=("relu_if",))
def emptied_answer(notebook):
    set_text(cell(notebook, "relu_if-answer"), " \n\n")
    return notebook


@odd("answer cell of relu_if is missing.*check cell of relu_if was missing.*relu_max", loses=BOTH)
def every_cell_deleted(notebook):
    return {**notebook, "cells": []}


@odd(LOST_IDS)
def renamed_grade_id_of_answer(notebook):
    cell(notebook, "relu_if-answer")["metadata"]["nbgrader"]["grade_id"] = "my-answer"
    return notebook


@odd("answer cell of relu_if was not found by its id")
def pasted_answer(notebook):
    """Cut in one editor, pasted in another: neither metadata nor id came along."""
    where = place(notebook, "relu_if-answer")
    notebook["cells"][where] = code(text_of(notebook["cells"][where]))
    return notebook


def answers_twice(notebook, first, second, below=False):
    where = place(notebook, "relu_if-answer")
    again = copy.deepcopy(notebook["cells"][where])
    set_text(notebook["cells"][where], first)
    set_text(again, second)
    notebook["cells"].insert(where + (4 if below else 1), again)
    return notebook


@odd(TWICE)
def same_answer_twice(notebook):
    return answers_twice(notebook, RIGHT, RIGHT)


@odd(TWICE)
def wrong_answer_then_right_one(notebook):
    return answers_twice(notebook, WRONG, RIGHT)


@odd(TWICE)
def right_answer_below_its_check(notebook):
    return answers_twice(notebook, WRONG, RIGHT, below=True)


@odd(TWICE, loses=("relu_if",))
def right_answer_then_wrong_one(notebook):
    return answers_twice(notebook, RIGHT, WRONG)


@odd(TWICE)
def answer_then_stub(notebook):
    return answers_twice(notebook, RIGHT, STUB)


@odd(TWICE)
def stub_then_answer(notebook):
    return answers_twice(notebook, STUB, RIGHT)


@odd(TWICE, loses=("relu_if",))
def misspelt_answer_then_stub(notebook):
    return answers_twice(notebook, RIGHT.replace("relu_if", "Relu_if"), STUB)


@odd(TWICE)
def answer_below_its_check_and_an_experiment(notebook):
    notebook = answers_twice(notebook, WRONG, RIGHT, below=True)
    notebook["cells"].insert(place(notebook, "relu_if-answer") + 5, code(WRONG))
    return notebook


@odd(TWICE)
def answer_and_a_copy_used_for_trying(notebook):
    return answers_twice(notebook, RIGHT, "print(relu_if([1, -1]))", below=True)


@odd(TWICE)
def answer_cell_split(notebook):
    return answers_twice(notebook, "LIMIT = 0", RIGHT.replace("else 0", "else LIMIT"))


@odd(TWICE + ".*answer cell of relu_max was not found by its id")
def answer_cell_copied_for_the_next_exercise(notebook):
    """The copy kept the first exercise's marks, and the second one's own cell is gone."""
    del notebook["cells"][place(notebook, "relu_max-answer")]
    first = place(notebook, "relu_if-answer")
    copied = copy.deepcopy(notebook["cells"][first])
    set_text(copied, RIGHT_MAX)
    notebook["cells"].insert(place(notebook, "relu_max"), copied)
    return notebook


@odd("answer cell of relu_max was not found by its id")
def both_answers_in_one_cell(notebook):
    set_text(cell(notebook, "relu_if-answer"), f"{RIGHT}\n\n\n{RIGHT_MAX}")
    del notebook["cells"][place(notebook, "relu_max-answer")]
    return notebook


@odd("answer cell of relu_max was not found by its id")
def both_answers_in_one_cell_that_needs_the_next(notebook):
    set_text(cell(notebook, "relu_if-answer"), f"{RIGHT.replace('else 0', 'else LIMIT')}\n\n\n{RIGHT_MAX}")
    notebook["cells"].insert(place(notebook, "relu_if"), code("LIMIT = 0"))
    del notebook["cells"][place(notebook, "relu_max-answer")]
    return notebook


@odd("answer cell of relu_if holds no answer")
def both_answers_in_the_second_cell_above_the_first_check(notebook):
    set_text(cell(notebook, "relu_if-answer"), STUB)
    second = notebook["cells"].pop(place(notebook, "relu_max-answer"))
    set_text(second, f"{RIGHT}\n\n\n{RIGHT_MAX}")
    notebook["cells"].insert(place(notebook, "relu_if"), second)
    return notebook


@odd("answer cell of relu_max holds no answer")
def both_answers_in_one_cell_and_a_stub(notebook):
    set_text(cell(notebook, "relu_if-answer"), f"{RIGHT}\n\n\n{RIGHT_MAX}")
    set_text(cell(notebook, "relu_max-answer"), text_of(cell(released(), "relu_max-answer")))
    return notebook


@odd("answer cell of relu_if holds no answer")
def answer_below_its_check_and_a_comment_on_the_stub(notebook):
    set_text(
        cell(notebook, "relu_if-answer"), f"# mine is below\n{text_of(cell(released(), 'relu_if-answer'))}"
    )
    notebook["cells"].insert(place(notebook, "relu_if") + 1, code(f"if True:\n{indent(RIGHT, '    ')}"))
    return notebook


@odd("answer cell of relu_if holds no answer")
def answer_elsewhere_and_one_that_cannot_be_read(notebook):
    set_text(cell(notebook, "relu_if-answer"), "def relu_if(inputs:\n    pass")
    notebook["cells"].append(code(RIGHT))
    return notebook


@odd("answer cell of relu_if had been turned into a markdown cell")
def answer_as_markdown(notebook):
    cell(notebook, "relu_if-answer")["cell_type"] = "markdown"
    return notebook


@odd("answer cell of relu_if had been turned into a raw cell")
def answer_as_raw_text(notebook):
    cell(notebook, "relu_if-answer")["cell_type"] = "raw"
    return notebook


@odd()
def cell_types_of_no_kind(notebook):
    for number, entry in enumerate(notebook["cells"]):
        if entry["cell_type"] == "markdown":
            entry["cell_type"] = [None, ["code"], "heading", 3, {}][number % 5]
    return notebook


@odd("Cells had been moved")
def moved_section(notebook):
    """The second exercise stands above the first, and each needs a cell of the student's own."""
    set_text(cell(notebook, "relu_max-answer"), RIGHT_MAX.replace("max(0", "max(LIMIT"))
    set_text(cell(notebook, "relu_if-answer"), RIGHT.replace("else 0", "else LOWEST"))
    notebook["cells"].insert(place(notebook, "relu_if-answer"), code("LOWEST = 0"))
    start, cells = place(notebook, "relu_max-answer") - 1, notebook["cells"]
    section = [cells[start], code("LIMIT = 0"), *cells[start + 1 : start + 3]]
    return {**notebook, "cells": cells[:3] + section + cells[3:start] + cells[start + 3 :]}


@odd("Cells had been moved")
def check_above_its_answer(notebook):
    where = place(notebook, "relu_if-answer")
    cells = notebook["cells"]
    cells[where], cells[where + 1] = cells[where + 1], cells[where]
    return notebook


@odd("Cells had been moved")
def upside_down(notebook):
    return {**notebook, "cells": notebook["cells"][::-1]}


@odd()
def edited_imports(notebook):
    """The answer needs what the student wrote into the lesson's own first cell."""
    set_text(notebook["cells"][1], "import numpy as np\nLIMIT = 0")
    set_text(cell(notebook, "relu_max-answer"), RIGHT_MAX.replace("max(0", "max(LIMIT"))
    return notebook


@odd()
def copy_of_a_cell_further_up(notebook):
    notebook["cells"].insert(2, code(text_of(notebook["cells"][12])))
    return notebook
