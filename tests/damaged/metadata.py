"""Metadata of the notebook and of its cells."""

from __future__ import annotations

from .damage import LOST_IDS, ODD, Damage, odd
from .notebook import cell

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
