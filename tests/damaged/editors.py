"""What editors make of a notebook."""

from __future__ import annotations

import copy

from .added import answer_in_an_added_cell
from .damage import IN_AN_ADDED_CELL, LOST, odd
from .notebook import RIGHT, RIGHT_MAX, WRONG, cell, code, place, released, set_text, text_of, without_ids


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
