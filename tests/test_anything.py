"""Whatever a file holds, the intake makes a gradable notebook of it."""

import copy
import json

import damaged
from damaged import RIGHT, STUB, WRONG, cell, code, good, set_text, text_of
from hypothesis import given, settings
from hypothesis import strategies as st
from taking_in import points, sources, taken

WORDS = st.sampled_from(
    [
        "cells",
        "source",
        "input",
        "cell_type",
        "code",
        "markdown",
        "raw",
        "id",
        "metadata",
        "nbgrader",
        "grade_id",
        "relu_if",
        "relu_if-answer",
        "relu-if-answer",
        "relu_max-answer",
        "points",
        "grade",
        "solution",
        "locked",
        "nbformat",
        "worksheets",
        "kernelspec",
        "language",
        'check("relu_if")',
        RIGHT,
        STUB,
        "added-1",
        "intake-notes",
    ]
)

TEXT = WORDS | st.text(st.characters(exclude_categories=()), max_size=8)

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | TEXT

JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)

MARKS = st.fixed_dictionaries(
    {}, optional={"grade_id": WORDS | JSON, "points": JSON, "grade": JSON, "solution": JSON, "locked": JSON}
)

CELLS = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": WORDS | JSON,
        "source": TEXT | st.lists(TEXT, max_size=3) | JSON,
        "id": WORDS | JSON,
        "metadata": st.fixed_dictionaries({}, optional={"nbgrader": MARKS | JSON}) | JSON,
    },
)

NOTEBOOKS = st.fixed_dictionaries(
    {"cells": st.lists(CELLS | JSON, max_size=8)},
    optional={"nbformat": st.just(4) | JSON, "metadata": JSON, "worksheets": JSON, "nbformat_minor": JSON},
)


@given(content=JSON)
@settings(max_examples=100)
def test_any_json_is_taken_in(folder, content):
    taken(folder, json.dumps(content).encode())


@given(content=NOTEBOOKS)
@settings(max_examples=100)
def test_anything_like_a_notebook_is_taken_in(folder, content):
    assert taken(folder, json.dumps(content).encode()).readable


@given(content=st.binary(max_size=60))
@settings(max_examples=100)
def test_any_bytes_are_taken_in(folder, content):
    taken(folder, content)


BASES = [good(), damaged.without_ids(good()), damaged.ODD["format_3"].make(good())]

PLACES = st.integers(0, 10**6)

CHANGES = st.tuples(st.sampled_from(["delete", "replace", "copy", "swap", "move"]), PLACES, PLACES, JSON)


def slots(node):
    """Every place in a JSON document that holds a value: its container and its key or position."""
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        yield node, key
        if isinstance(node[key], (dict, list)):
            yield from slots(node[key])


def change(document, kind, first, second, value):
    """Do one random thing to a document."""
    # Lines of text are most of a notebook: half of the changes go to what is not one.
    places = list(slots(document))
    if first % 2:
        places = [(node, key) for node, key in places if not isinstance(node[key], str)] or places
    if not places:
        return
    (node, key), (other, other_key) = places[first % len(places)], places[second % len(places)]
    if kind == "delete":
        del node[key]
    elif kind == "replace":
        node[key] = value
    elif kind == "copy" and isinstance(node, list):
        node.insert(second % (len(node) + 1), copy.deepcopy(node[key]))
    elif kind == "swap":
        here, there = copy.deepcopy(node[key]), copy.deepcopy(other[other_key])
        node[key], other[other_key] = there, here
    elif kind == "move" and isinstance(node, list):
        node.insert(second % len(node), node.pop(key))


@given(base=st.sampled_from(range(len(BASES))), changes=st.lists(CHANGES, min_size=1, max_size=12))
@settings(max_examples=100)
def test_notebook_with_random_changes_is_taken_in(folder, base, changes):
    document = copy.deepcopy(BASES[base])
    for step in changes:
        change(document, *step)
    taken(folder, json.dumps(document).encode())


@given(edits=st.lists(st.tuples(PLACES, st.integers(0, 40), st.binary(max_size=6)), min_size=1, max_size=5))
@settings(max_examples=100)
def test_file_with_random_bytes_changed_is_taken_in(folder, edits):
    content = bytearray(json.dumps(good(), indent=1).encode())
    for where, length, replacement in edits:
        where %= len(content)
        content[where : where + length] = replacement
    taken(folder, bytes(content))


KINDS = st.sampled_from(["answer", "check", "stub", "wrong", "own", "text", "imports"])


@given(kinds=st.lists(KINDS, max_size=12), ids=st.booleans())
@settings(max_examples=60)
def test_the_run_that_is_marked_ends_with_a_definition_of_the_student_s(folder, kinds, ids):
    """Wherever a right answer stands among copies, checks and other cells, and no wrong one: it counts."""
    notebook = good()
    own = {
        "answer": cell(notebook, "relu_if-answer"),
        "check": cell(notebook, "relu_if"),
        "own": code("relu_if([1, -1])"),
        "wrong": code(WRONG),
        "imports": notebook["cells"][1],
        "text": {"cell_type": "markdown", "metadata": {}, "source": "def relu_if"},
    }
    own["stub"] = copy.deepcopy(own["answer"])
    set_text(own["answer"], RIGHT)
    set_text(own["stub"], STUB)
    notebook["cells"] = [copy.deepcopy(own[kind]) for kind in kinds]
    if not ids:
        damaged.without_ids(notebook)
    earned = points(taken(folder, notebook).notebook, "relu_if".__eq__)["relu_if"]
    if "answer" not in kinds:
        assert earned == 0
    elif "wrong" not in kinds:
        assert earned == 1


def test_text_is_taken_from_answers_and_added_cells_alone(folder):
    notebook = good()
    for entry in notebook["cells"]:
        entry["metadata"] |= {"secret": "SECRET", "tags": ["SECRET"]}
        entry["attachments"] = {"SECRET": {}}
        entry["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "SECRET"}]
        entry["SECRET"] = "SECRET"
    notebook |= {"SECRET": "SECRET"}
    notebook["metadata"] |= {"title": "SECRET", "grader": {"notes": ["SECRET"]}}
    assert "SECRET" not in json.dumps(taken(folder, notebook).notebook)
    assert text_of(cell(notebook, "relu_if-answer")) in sources(taken(folder, notebook).notebook)
