"""The text of cells."""

from __future__ import annotations

import json

from .damage import ODD, Damage, odd
from .notebook import RIGHT, RIGHT_MAX, cell, code, set_text


@odd(r"Entries in the list of cells that are no cells: 6\.")
def entries_that_are_no_cells(notebook):
    for number, entry in enumerate((None, 7, "code", [], [{}], True)):
        notebook["cells"].insert(3 * number, entry)
    return notebook


@odd(r"text was damaged or missing: 1\.", loses=("relu_if",))
def answer_without_text(notebook):
    del cell(notebook, "relu_if-answer")["source"]
    return notebook


@odd(r"text was damaged or missing: 6\.")
def text_of_wrong_types(notebook):
    for number, source in enumerate((None, 5, {"a": 1}, [["x"]], [None, 5], True)):
        notebook["cells"].insert(2 * number, {**code(""), "source": source})
    return notebook


@odd(r"text was damaged or missing: 1\.")
def text_with_numbers_between(notebook):
    lines = RIGHT.splitlines(keepends=True)
    cell(notebook, "relu_if-answer")["source"] = [None, lines[0], 5, lines[1], {}]
    return notebook


@odd("cut after 100000 characters: 2.", loses=("relu_if",))
def five_megabytes_in_a_cell(notebook):
    set_text(cell(notebook, "relu_if-answer"), "#" * 5_000_000 + "\n" + RIGHT)
    notebook["cells"].append(code("y" * 100_001))
    return notebook


@odd("control characters, which were replaced: 1")
def half_characters(notebook):
    set_text(cell(notebook, "relu_if-answer"), RIGHT + "  # \ud83d \udc00 \U0001f600")
    return json.dumps(notebook).encode()


@odd("control characters, which were replaced: 2", loses=("relu_if",))
def zero_characters(notebook):
    cell(notebook, "relu_if-answer")["source"] = "\0" + RIGHT
    cell(notebook, "relu_max-answer")["source"] = RIGHT_MAX + "  # \0"
    return notebook


@odd("control characters, which were replaced: 1")
def control_characters(notebook):
    cell(notebook, "relu_if-answer")["source"] = RIGHT + "  # \x1b[31m \x07 \x9b \x85 \x7f \uffff"
    return notebook


def _answers(name, text, loses=()):
    def make(notebook):
        cell(notebook, "relu_if-answer")["source"] = text
        return notebook

    ODD[name] = Damage(make, "", loses)


_answers("answer_with_windows_line_ends", RIGHT.replace("\n", "\r\n"))

_answers("answer_with_old_mac_line_ends", RIGHT.replace("\n", "\r"))

_answers("answer_with_tabs", RIGHT.replace("    ", "\t"))

_answers("answer_with_trailing_spaces", RIGHT.replace("\n", "  \t \n") + "\n\n   \n")

_answers("answer_with_a_form_feed", "\f\n" + RIGHT)

_answers("answer_with_curly_quotes_in_a_comment", RIGHT + "  # \u201cnegative\u201d becomes 0")

_answers("answer_with_curly_quotes_in_code", "print(\u201chello\u201d)\n" + RIGHT, loses=("relu_if",))

_answers("answer_with_magics", f"%matplotlib inline\n!ls\n{RIGHT}\n%timeit -n 1 relu_if([1])\nrelu_if?")

_answers("answer_with_a_syntax_error", RIGHT.replace(":", "", 1), loses=("relu_if",))

_answers("answer_in_python_2", "print 'hello'\n" + RIGHT, loses=("relu_if",))

_answers("answer_as_lambda", "relu_if: object = lambda inputs: [max(0, x) for x in inputs]")

_answers("answer_made_in_a_branch", "if True:\n    " + RIGHT.replace("\n", "\n    "))

_answers("answer_misspelt", RIGHT.replace("relu_if", "Relu_if"), loses=("relu_if",))
