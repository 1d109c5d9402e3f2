"""Makes damaged and odd submissions out of a good one, as students, editors and accidents do.

`good(lesson)` is a perfect submission as parsed JSON, `write(path, notebook)` saves one. `ODD` holds
the damages by name: what each makes of a good notebook, what the intake says about it, and which
exercises it costs. `ODD_PLACES` holds what may lie where a notebook should, and is no plain file.
"""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Damage:
    """What was done to a good notebook, and what it should come to.

    `note` is a pattern for the intake's notes together; empty where there is nothing to say.
    `loses` names the exercises that get no points any more.
    """

    make: Callable
    note: str = ""
    loses: tuple[str, ...] = ()
    readable: bool = True


ODD: dict[str, Damage] = {}
STUB = text_of(cell(released(), "relu_if-answer"))

TWICE = "answer cell of relu_if is there 2 times"
IN_AN_ADDED_CELL = "answer cell of relu_if holds no answer; the cell that defines relu_if counts"
LOST_IDS = "had lost nbgrader's ids"
LOST = "answer cell of relu_if was not found by its id.*answer cell of relu_max was not found by its id"


def odd(note: str = "", loses: tuple[str, ...] = (), readable: bool = True):
    """Decorator: a function that turns a good notebook into a damaged one, or into a file's bytes."""

    def register(make):
        ODD[make.__name__] = Damage(make, note, loses, readable)
        return make

    return register


def unreadable(name: str, note: str, make: Callable) -> None:
    ODD[name] = Damage(make, note, BOTH, readable=False)


def as_bytes(notebook: dict) -> bytes:
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode()


# Files that hold no notebook.

for _name, _note, _content in (
    ("empty_file", "is empty", b""),
    ("white_space", "is empty", b" \r\n\t\n "),
    ("byte_order_mark_alone", "is empty", b"\xef\xbb\xbf"),
    ("zeros_after_a_crash", "is empty", bytes(4096)),
    ("json_list", "not a notebook", b"[1, 2]"),
    ("json_number", "not a notebook", b"12"),
    ("json_string", "not a notebook", b'"cells"'),
    ("json_null", "not a notebook", b"null"),
    ("json_true", "not a notebook", b"true"),
    ("json_nan", "not a notebook", b"NaN"),
    ("empty_object", "no list of cells", b"{}"),
    ("bomb_of_lists", "nested more deeply", b"[" * 200_000),
    ("bomb_of_objects", "nested more deeply", b'{"cells":' * 200_000),
    (
        "bomb_in_a_cell",
        "nested more deeply",
        b'{"nbformat": 4, "cells": [{"source": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]}",
    ),
    ("number_without_end", "thousands of digits", b'{"nbformat": ' + b"4" * 50_000 + b', "cells": []}'),
    ("web_page", "looks like a web page", b"<!DOCTYPE html>\n<html><body>Sign in</body></html>"),
    ("picture", "not valid JSON", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xfe" * 50),
    ("half_of_utf_16", "not valid JSON", '{"cells": ['.encode("utf-16")[:-3]),
):
    unreadable(_name, _note, lambda notebook, content=_content: content)

for _name, _value in (
    ("null", None),
    ("number", 3),
    ("text", "import numpy"),
    ("object", {"0": {}}),
    ("true", True),
):
    unreadable(f"cells_are_{_name}", "no list of cells", lambda n, value=_value: {**n, "cells": value})

unreadable("cells_are_missing", "no list of cells", lambda n: {k: n[k] for k in n if k != "cells"})
unreadable(
    "worksheets_are_a_number",
    "no list of cells",
    lambda n: {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": 5},
)
unreadable("cut_off", r"not valid JSON \(line \d+: .*cut off", lambda n: as_bytes(n)[: len(as_bytes(n)) // 2])
unreadable("two_notebooks_in_one_file", "Extra data", lambda n: as_bytes(n) * 2)
unreadable(
    "git_conflict",
    "conflict markers",
    lambda n: as_bytes(n).replace(
        b'   "source": [\n', b'<<<<<<< HEAD\n   "source": [\n=======\n   "source": [\n>>>>>>> theirs\n', 1
    ),
)


# Files that hold it in an unusual way.


@odd()
def byte_order_mark(notebook):
    return b"\xef\xbb\xbf" + as_bytes(notebook)


@odd("UTF-16")
def utf_16(notebook):
    return as_bytes(notebook).decode().encode("utf-16")


@odd("UTF-16-LE")
def utf_16_without_mark(notebook):
    return as_bytes(notebook).decode().encode("utf-16-le")


@odd("bytes that are no text")
def latin_1(notebook):
    set_text(cell(notebook, "relu_if-answer"), "# die größere Zahl\n" + RIGHT)
    return as_bytes(notebook).decode().encode("latin-1", "replace")


@odd()
def lines_end_as_on_windows(notebook):
    return as_bytes(notebook).replace(b"\n", b"\r\n")


@odd()
def lines_end_as_on_old_macs(notebook):
    return as_bytes(notebook).replace(b"\n", b"\r")


@odd("holds -Infinity, NaN, which JSON does not know")
def numbers_that_json_does_not_know(notebook):
    notebook["metadata"]["loss"] = [float("nan"), float("-inf")]
    cell(notebook, "relu_if")["metadata"]["nbgrader"]["checksum"] = float("nan")
    return json.dumps(notebook).encode()


@odd()
def keys_twice(notebook):
    """Jupyter, too, reads the last of several equal keys."""
    return b'{"cells": [], "nbformat": 3,' + as_bytes(notebook).lstrip()[1:]


@odd()
def all_on_one_line(notebook):
    for entry in notebook["cells"]:
        entry["source"] = text_of(entry)
    return json.dumps(notebook, separators=(",", ":")).encode()


# Formats.


def as_format_3(notebook, version=3):
    """The notebook as IPython wrote it before 2014."""
    cells = []
    for entry in notebook["cells"]:
        old = {"cell_type": entry["cell_type"], "metadata": entry["metadata"]}
        old["input" if entry["cell_type"] == "code" else "source"] = entry["source"]
        cells.append(old)
    cells.insert(1, {"cell_type": "heading", "level": 2, "metadata": {}, "source": "My notes"})
    return {
        "nbformat": version,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [7, {"cells": 7}, {"cells": cells[:12]}, {}, {"cells": cells[12:]}],
    }


@odd("notebook format is 3,")
def format_3(notebook):
    return as_format_3(notebook)


@odd("notebook format is 2,")
def format_2(notebook):
    return as_format_3(notebook, 2)


def _of_format(name, version, note):
    ODD[name] = Damage(lambda n: {**n, "nbformat": version}, note)


_of_format("format_5", 5, "notebook format is 5,")
_of_format("format_as_text", "4", "notebook format is 4,")
_of_format("format_missing", None, "notebook format is unknown,")
_of_format("format_is_a_list", [[4]], "notebook format is unknown,")
_of_format("format_is_hostile", "<script>alert(1)</script>\n# Full marks", r"format is \?script\?alert")
ODD["format_is_a_fraction_of_four"] = Damage(lambda n: {**n, "nbformat": 4.0})
for _minor in (-1, 99, 10**40, "five", None, [5]):
    ODD[f"minor_{str(_minor)[:4]}"] = Damage(lambda n, minor=_minor: {**n, "nbformat_minor": minor})


# Metadata.

for _name, _value in (("null", None), ("list", []), ("text", "x"), ("number", 1.5)):
    ODD[f"metadata_are_{_name}"] = Damage(lambda n, value=_value: {**n, "metadata": value})


@odd(LOST_IDS)
def metadata_of_cells_are_no_objects(notebook):
    for number, entry in enumerate(notebook["cells"]):
        entry["metadata"] = [None, [], "x", 1][number % 4]
    return notebook


@odd(LOST_IDS)
def nbgrader_metadata_are_no_objects(notebook):
    for number, entry in enumerate(notebook["cells"]):
        entry["metadata"]["nbgrader"] = [None, ["relu_if"], "relu_if", 1][number % 4]
    return notebook


@odd(r"settings of the cell relu_if had been changed \(grade, locked, points, solution, task\)")
def nbgrader_metadata_of_wrong_types(notebook):
    for grade_id in ("relu_if", "relu_if-answer"):
        cell(notebook, grade_id)["metadata"]["nbgrader"] = {
            "grade_id": grade_id,
            "grade": [[]],
            "locked": "yes",
            "points": {"n": 1},
            "solution": None,
            "task": 2.5,
            "schema_version": "x",
            "checksum": 3,
            "cell_type": [],
        }
    return notebook


@odd(LOST_IDS)
def grade_ids_of_wrong_types(notebook):
    for number, grade_id in enumerate(("relu_if", "relu_if-answer", "relu_max", "relu_max-answer")):
        cell(notebook, grade_id)["metadata"]["nbgrader"]["grade_id"] = [None, {}, ["relu_if"], 5][number]
    return notebook


@odd()
def ids_of_wrong_types(notebook):
    for number, entry in enumerate(notebook["cells"]):
        entry["id"] = [None, {}, [1], 5, "", "a b", "x" * 500][number % 7]
    return notebook


@odd("language julia; Python")
def kernel_of_another_language(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "julia-1.10", "language": "julia"}
    return notebook


@odd("language R; Python")
def kernel_without_a_language(notebook):
    notebook["metadata"] = {"kernelspec": {"name": "ir", "display_name": "R"}, "language_info": {"name": "R"}}
    return notebook


@odd()
def kernel_of_another_environment(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "conda-env-ml", "display_name": "ml", "language": "python"}
    return notebook


@odd("language unknown; Python")
def kernelspec_of_wrong_types(notebook):
    notebook["metadata"]["kernelspec"] = {"name": [], "language": [["python"]]}
    return notebook


@odd(r"settings of the cell relu_if had been changed \(points\)")
def more_points(notebook):
    cell(notebook, "relu_if")["metadata"]["nbgrader"]["points"] = 1000
    return notebook


@odd(r"settings of the cell relu_if had been changed \(points\)")
def points_not_a_number(notebook):
    cell(notebook, "relu_if")["metadata"]["nbgrader"]["points"] = float("nan")
    return notebook


@odd(r"settings of the cell relu_if-answer had been changed \(grade, locked, points\)")
def answer_marked_as_check(notebook):
    cell(notebook, "relu_if-answer")["metadata"]["nbgrader"] |= {"grade": True, "locked": True, "points": 5}
    return notebook


@odd("settings of the cell relu_max had been changed")
def check_marked_as_answer(notebook):
    cell(notebook, "relu_max")["metadata"]["nbgrader"] |= {"grade": False, "solution": True, "locked": False}
    return notebook


@odd("check cell of relu_if had been changed")
def swapped_grade_ids(notebook):
    answer, check = cell(notebook, "relu_if-answer"), cell(notebook, "relu_if")
    answer["metadata"], check["metadata"] = check["metadata"], answer["metadata"]
    return notebook


@odd()
def older_schemas_of_nbgrader(notebook):
    for number, grade_id in enumerate(("relu_if", "relu_if-answer", "relu_max", "relu_max-answer")):
        old = cell(notebook, grade_id)["metadata"]["nbgrader"]
        old["schema_version"] = 1 + number % 2
        del old["task"]
    return notebook


# The lesson's own cells.


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


# Added cells.


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


@odd("", loses=("relu_if",))
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


# Text of cells.


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


# What editors make of a notebook.


@odd(LOST)
def no_ids_left(notebook):
    return without_ids(notebook)


@odd(LOST)
def no_ids_left_and_answers_with_magics(notebook):
    set_text(cell(notebook, "relu_if-answer"), f"%matplotlib inline\n{RIGHT}")
    return without_ids(notebook)


@odd(IN_AN_ADDED_CELL)
def no_ids_left_and_answer_below_its_cell(notebook):
    set_text(cell(notebook, "relu_max-answer"), text_of(cell(released(), "relu_max-answer")))
    notebook["cells"].insert(place(notebook, "relu_max"), code(RIGHT_MAX))
    return without_ids(answer_in_an_added_cell(notebook, 1))


@odd(LOST)
def no_ids_left_and_experiments(notebook):
    where = place(notebook, "relu_if-answer")
    notebook["cells"].insert(where, code(WRONG))
    notebook["cells"].insert(where + 3, code(WRONG))
    notebook["cells"].insert(where + 3, code("LIMIT = 0"))
    set_text(cell(notebook, "relu_max-answer"), RIGHT_MAX.replace("max(0", "max(LIMIT"))
    return without_ids(notebook)


@odd(LOST)
def no_ids_left_and_checks_twice(notebook):
    """Below a wrong answer and its check stand a right one and its check."""
    where = place(notebook, "relu_if-answer")
    again = [code(RIGHT), copy.deepcopy(notebook["cells"][where + 1])]
    set_text(notebook["cells"][where], WRONG)
    notebook["cells"][where + 2 : where + 2] = again
    return without_ids(notebook)


@odd()
def saved_by_colab(notebook):
    picture = {"image/png": "iVBORw0KGgo" * 50_000, "text/plain": ["<Figure>"]}
    for number, entry in enumerate(notebook["cells"]):
        del entry["id"]
        entry["metadata"] |= {"id": f"Qx{number}", "colab": {"base_uri": "https://localhost:8080/"}}
        if entry["cell_type"] == "code":
            entry["outputs"] = [{"output_type": "display_data", "data": picture, "metadata": {}}]
    notebook["metadata"] = {
        "accelerator": "GPU",
        "colab": {"provenance": [], "toc_visible": True},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    return {**notebook, "nbformat_minor": 0}


@odd(LOST)
def saved_by_visual_studio_code(notebook):
    for entry in without_ids(notebook)["cells"]:
        entry["metadata"] = {"vscode": {"languageId": "python"}}
    notebook["metadata"]["language_info"] |= {"version": "3.12.1", "codemirror_mode": {"name": "ipython"}}
    return notebook


@odd()
def saved_by_kaggle(notebook):
    for entry in notebook["cells"]:
        del entry["id"]
        entry["metadata"] |= {
            "_uuid": "8f2839f25d086af736a60e9eeb907d3b93b6e0e5",
            "trusted": True,
            "execution": {"iopub.status.busy": "2024-01-01T00:00:00Z"},
        }
    notebook["metadata"]["kaggle"] = {"accelerator": "none", "dataSources": [], "isGpuEnabled": False}
    return {**notebook, "nbformat_minor": 4}


@odd()
def saved_by_pycharm(notebook):
    for entry in notebook["cells"]:
        del entry["id"]
        entry["metadata"] |= {"collapsed": False, "pycharm": {"name": "#%%\n", "is_executing": True}}
    return {**notebook, "nbformat_minor": 0}


@odd()
def synchronised_by_jupytext(notebook):
    for number, entry in enumerate(notebook["cells"]):
        entry["id"] = f"{number:08x}"
        set_text(entry, "\n".join(line.rstrip() for line in text_of(entry).split("\n")).strip())
    notebook["metadata"]["jupytext"] = {"formats": "ipynb,py:percent"}
    return notebook


@odd()
def run_in_jupyterlab(notebook):
    for number, entry in enumerate(notebook["cells"]):
        entry["metadata"] |= {"execution": {"iopub.execute_input": "2024-01-01T00:00:00Z"}, "scrolled": True}
        if entry["cell_type"] == "code":
            entry["execution_count"] = number
            entry["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["<b>1</b>\n"]}]
    return notebook


# What may lie where a notebook should, and is no plain file. Each gets the path and a good file.


def _link(path: Path, other: Path) -> None:
    path.symlink_to(other)


def _device_link(path: Path, other: Path) -> None:
    path.symlink_to("/dev/zero")


def _dangling_link(path: Path, other: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


def _link_to_itself(path: Path, other: Path) -> None:
    path.symlink_to(path)


def _hard_link(path: Path, other: Path) -> None:
    os.link(other, path)


def _pipe(path: Path, other: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path, other: Path) -> None:
    path.mkdir()
    (path / "notebook.ipynb").write_bytes(other.read_bytes())


def _huge(path: Path, other: Path) -> None:
    path.write_bytes(other.read_bytes())
    os.truncate(path, 20_000_000_000)


def _nothing(path: Path, other: Path) -> None:
    pass


ODD_PLACES: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "link": (_link, "link to another file"),
    "link_to_a_device": (_device_link, "link to another file"),
    "dangling_link": (_dangling_link, "link to another file"),
    "link_to_itself": (_link_to_itself, "link to another file"),
    "hard_link": (_hard_link, "hard link"),
    "pipe": (_pipe, "not a regular file"),
    "folder": (_folder, "not a regular file"),
    "huge_file": (_huge, "20000 MB"),
    "nothing": (_nothing, "cannot be opened"),
}


def matches(pattern: str, notes: list[str]) -> bool:
    """Whether the notes, one after the other, hold what the pattern asks for; an empty one: nothing."""
    return bool(re.search(pattern, " ".join(notes))) if pattern else not notes
