"""Whatever lies where a notebook should, the intake makes a gradable notebook of it and says what was odd."""

import contextlib
import copy
import html.parser
import json
import os
import re
import threading

import damaged
import nbformat
import pytest
from conftest import STUDENT, define, judged
from damaged import ODD, ODD_PLACES, RIGHT, STUB, WRONG, cell, code, good, set_text, text_of, write
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager
from nbconvert.filters import markdown2html

from grader.course import EXERCISES, LESSONS
from grader.grading.intake import files, notebook, rebuild
from grader.grading.intake.files import MAX_BYTES, MAX_NOTEBOOK, Refused, read_regular_file
from grader.grading.intake.rebuild import MAX_EXTRA_CELLS, take_in

RELEASES = {path.stem: nbformat.read(path, as_version=4) for path in STUDENT}
RELEASE = RELEASES[damaged.LESSON]
POINTS = {name: {e.name: e.points for e in EXERCISES.values() if e.lesson == name} for name in LESSONS}

posix = pytest.mark.skipif(os.name != "posix", reason="pipes and links are made as POSIX makes them")


def sound(taken, release=RELEASE):
    """Assert that a notebook was rebuilt from `release`: its cells and nothing of a stranger's but text."""
    notebook = taken.notebook
    nbformat.validate(notebook)
    assert notebook.metadata == release.metadata
    assert (notebook.nbformat, notebook.nbformat_minor) == (release.nbformat, release.nbformat_minor)
    cells = list(notebook.cells)
    assert (cells[0].id == "intake-notes") == bool(taken.notes)
    if taken.notes:
        assert cells.pop(0).cell_type == "markdown"
    ids = [c.id for c in cells]
    assert len(set(ids)) == len(ids)
    added = [c for c in cells if re.fullmatch(r"added-\d+", c.id)]
    for own in added:
        assert own.metadata == {} and not own.get("outputs") and own.get("execution_count") is None
    assert len(added) <= MAX_EXTRA_CELLS
    kept = [copy.deepcopy(c) for c in cells if c not in added]
    for mine, original in zip(kept, release.cells):
        if original.metadata.get("nbgrader", {}).get("solution"):
            mine.source = original.source
    assert kept == release.cells
    for note in taken.notes:
        assert note.isprintable() and 10 < len(note) < 400
    json.dumps(notebook).encode()
    if not taken.readable:
        assert not added and [c.source for c in cells] == [c.source for c in release.cells]
    return taken


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("submitted")


def taken(folder, content, lesson=damaged.LESSON):
    """The intake of a file with this content, which must be sound."""
    return sound(take_in(write(folder / f"{lesson}.ipynb", content), RELEASES[lesson]), RELEASES[lesson])


def points(notebook, asked=lambda name: True):
    """What a run from top to bottom earns in the exercises asked for; of the lesson's cells only answers run.

    An answer without a syntax error runs as IPython would, commands and magics excepted.
    """
    names, earned = define("import numpy as np\nimport math"), {}
    names["get_ipython"] = lambda: NoShell()
    for entry in notebook.cells:
        marks = entry.metadata.get("nbgrader", {})
        if marks.get("grade") and asked(marks.grade_id):
            earned[marks.grade_id] = judged(marks.grade_id, names).points
        elif entry.cell_type == "code" and (marks.get("solution") or entry.id.startswith("added-")):
            with contextlib.suppress(Exception):
                define(TransformerManager().transform_cell(entry.source), names)
    return earned


class NoShell:
    def __getattr__(self, name):
        return lambda *args, **kwargs: None


def sources(notebook):
    return [c.source for c in notebook.cells]


@pytest.mark.parametrize("lesson", LESSONS)
def test_untouched_notebook_passes_through_unchanged(folder, lesson):
    assert taken(folder, damaged.released(lesson), lesson).notebook == RELEASES[lesson]


@pytest.mark.parametrize("lesson", LESSONS)
def test_good_submission_keeps_its_answers_and_nothing_is_said(folder, lesson):
    intake_ = taken(folder, good(lesson), lesson)
    assert (intake_.notes, points(intake_.notebook)) == ([], POINTS[lesson])


@pytest.mark.parametrize("lesson", LESSONS)
def test_answers_are_found_when_an_editor_has_dropped_every_id(folder, lesson):
    intake_ = taken(folder, damaged.without_ids(good(lesson)), lesson)
    assert points(intake_.notebook) == POINTS[lesson]
    assert len(intake_.notebook.cells) == 1 + len(RELEASES[lesson].cells)


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_cell_of_a_lesson_but_the_answers_defines_what_an_exercise_asks_for(lesson):
    for entry in RELEASES[lesson].cells:
        if entry.cell_type == "code" and "nbgrader" not in entry.metadata:
            assert not [
                e.name
                for e in EXERCISES.values()
                if e.lesson == lesson and rebuild.defines(entry.source, e.object_name)
            ]


@pytest.mark.parametrize("name", ODD)
def test_odd_file_is_taken_in_named_and_costs_no_more_than_it_must(folder, name):
    damage = ODD[name]
    before = copy.deepcopy(RELEASE)
    intake_ = taken(folder, damage.make(good()))
    assert taken(folder, damage.make(good())) == intake_, "the same every time"
    assert before == RELEASE
    assert damaged.matches(damage.note, intake_.notes), intake_.notes
    assert intake_.readable == damage.readable
    expected = {n: 0 if n in damage.loses else p for n, p in POINTS[damaged.LESSON].items()}
    assert points(intake_.notebook) == expected


def test_text_of_answers_arrives_as_it_was_written(folder):
    notebook = good()
    set_text(cell(notebook, "relu_if-answer"), RIGHT + "  # \u201c\u00e4\u201d \U0001f600  ")
    sent = sources(taken(folder, notebook).notebook)
    assert RIGHT + "  # \u201c\u00e4\u201d \U0001f600  " in sent


def test_answer_that_differs_from_the_stub_in_white_space_alone_is_the_stub(folder):
    notebook = damaged.released()
    set_text(cell(notebook, "relu_if-answer"), STUB.replace("\n", "  \r\n") + "\n\n")
    assert taken(folder, notebook).notebook == RELEASE


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("relu_if-answer", ["Now", "EXTRA", "answer", "check"]),
        ("relu_if", ["answer", "EXTRA", "check"]),
        ("exercise-relu-with-if-2", ["answer", "check", "EXTRA"]),
    ],
)
@pytest.mark.parametrize("spoil", [lambda n: n, damaged.without_ids], ids=["ids kept", "ids lost"])
def test_added_cell_stays_where_it_stood(folder, before, expected, spoil):
    notebook = good()
    ids = [c["id"] for c in notebook["cells"]]
    notebook["cells"].insert(ids.index(before.replace("_", "-")), code("EXTRA = 1"))
    cells = taken(folder, spoil(notebook)).notebook.cells
    rebuilt = [c.id for c in cells]
    added = rebuilt.index("added-1")
    assert cells[added].source == "EXTRA = 1"
    assert rebuilt[added + 1] == before.replace("_", "-")


def test_every_version_of_an_answer_runs_before_the_one_that_counts(folder):
    notebook = good()
    where = damaged.place(notebook, "relu_if-answer")
    for number in range(3):
        earlier = copy.deepcopy(notebook["cells"][where + number])
        set_text(earlier, f"{WRONG}  # {number}")
        notebook["cells"].insert(where + number, earlier)
    notebook["cells"].insert(where + 4, code("BETWEEN = 1"))
    cells = taken(folder, notebook).notebook.cells
    start = [c.id for c in cells].index("added-1")
    assert [c.id for c in cells[start : start + 6]] == [
        "added-1",
        "added-2",
        "added-3",
        "relu-if-answer",
        "added-4",
        "relu-if",
    ]
    assert [c.source[-1] for c in cells[start : start + 3]] == ["0", "1", "2"]
    assert cells[start + 4].source == "BETWEEN = 1"


def test_answer_in_a_cell_between_answer_cell_and_check_runs_where_it_stands(folder):
    notebook = damaged.answer_in_an_added_cell(good(), 1, code("LIMIT = 0"))
    cells = taken(folder, notebook).notebook.cells
    start = [c.id for c in cells].index("relu-if-answer")
    assert [c.source for c in cells[start : start + 4]] == [STUB, "LIMIT = 0", RIGHT, 'check("relu_if")']


@pytest.mark.parametrize("stub", [STUB, "", " \n"])
def test_an_answer_that_misses_its_name_is_still_the_answer(folder, stub):
    """The student is told about the name, and not that nothing was written."""
    misspelt = RIGHT.replace("relu_if", "Relu_if")
    assert misspelt in sources(taken(folder, damaged.answers_twice(good(), misspelt, stub)).notebook)
    cells = taken(folder, damaged.answers_twice(good(), misspelt, stub)).notebook.cells
    assert next(c for c in cells if c.id == "relu-if-answer").source == misspelt


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x):", True),
        ("class f:", True),
        ("class  f(Base):", True),
        ("async def f():", True),
        ("f=1", True),
        ("f = lambda x: x", True),
        ("f: object = g", True),
        ("!ls\n@wraps\ndef f (x):", True),
        ("    def f(x):", False),
        ("f == 1", False),
        ("f(1)", False),
        ("ff = 1", False),
        ("def f2(x):", False),
        ("g.f = 1", False),
        ("# def f(x):", False),
        ("print(f)\n", False),
        ("", False),
    ],
)
def test_definition_is_told_from_use(source, expected):
    assert rebuild.defines(source, "f") is expected


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_become_ours(folder, end):
    notebook = good()
    cell(notebook, "relu_if-answer")["source"] = RIGHT.replace("\n", end)
    assert RIGHT in sources(taken(folder, notebook).notebook)


def test_changed_cell_of_the_lesson_stays_behind_the_original(folder):
    notebook = good()
    set_text(notebook["cells"][1], "import math")
    notebook["cells"][4]["source"] = ["My prediction: it grows."]
    cells = taken(folder, notebook).notebook.cells
    assert [c.source for c in cells[:3]] == [*sources(RELEASE)[:2], "import math"]
    assert (cells[6].id, cells[6].source) == ("added-2", "```text\nMy prediction: it grows.\n```")


def test_added_text_that_is_no_code_becomes_markdown(folder):
    notebook = good()
    notebook["cells"] += [{"cell_type": kind, "source": f"{kind}"} for kind in ("raw", "heading", "markdown")]
    assert [c.cell_type for c in taken(folder, notebook).notebook.cells[-3:]] == ["markdown"] * 3


# What is no plain file.


@posix
@pytest.mark.parametrize("name", ODD_PLACES)
def test_what_is_no_plain_file_is_refused_unread(tmp_path, name):
    make, reason = ODD_PLACES[name]
    path = tmp_path / "submitted.ipynb"
    make(path, write(tmp_path / "good.ipynb", good()))
    intake_ = sound(in_time(take_in, path, RELEASE))
    assert not intake_.readable
    assert reason in intake_.notes[0]


def in_time(function, *args):
    """The result of a call that would wait for ever if it were wrong; then the test fails instead."""
    results = []
    thread = threading.Thread(target=lambda: results.append(function(*args)), daemon=True)
    thread.start()
    thread.join(120)
    assert results, "it waits, or it raised"
    return results[0]


def test_file_may_be_as_large_as_the_limit_and_no_larger(tmp_path):
    path = tmp_path / "data"
    path.write_bytes(b"x" * 1000)
    assert read_regular_file(path, 1000) == b"x" * 1000
    with pytest.raises(Refused, match="accepted"):
        read_regular_file(path, 999)
    write(path, as_large_as(MAX_NOTEBOOK))
    assert sound(take_in(path, RELEASE)).readable
    write(path, as_large_as(MAX_NOTEBOOK) + b" ")
    assert "clear all outputs" in sound(take_in(path, RELEASE)).notes[0]


@pytest.mark.parametrize("where", ["outputs", "attachments", "source"])
def test_outputs_and_pasted_pictures_do_not_count_to_the_size(tmp_path, where):
    heavy, text = good(), "x" * (MAX_BYTES + 1)
    cell(heavy, "relu_if-answer")["outputs"] = [{"output_type": "stream", "text": text}]
    heavy["cells"][0]["attachments"] = {"pasted.png": {"image/png": text}}
    notebook = good() | {"cells": [*good()["cells"], code("x" * (MAX_BYTES + 1))]}
    taken_in = sound(take_in(write(tmp_path / "x.ipynb", notebook if where == "source" else heavy), RELEASE))
    assert taken_in.readable == (where != "source")
    if where == "source":
        assert "20 MB without outputs and pasted pictures" in taken_in.notes[0]


def as_large_as(size):
    notebook = json.dumps(good()).encode()
    return notebook + b" " * (size - len(notebook))


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(13, "Permission denied"),
        OSError(5, "Input/output error"),
        FileNotFoundError(2, "No such file or directory"),
    ],
)
def test_file_that_cannot_be_opened_is_refused_with_the_reason(tmp_path, monkeypatch, error):
    path = write(tmp_path / "x.ipynb", good())

    def refuse(*args):
        raise error

    monkeypatch.setattr(files.os, "open", refuse)
    assert f"({error.strerror})" in sound(take_in(path, RELEASE)).notes[0]


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_refused(tmp_path):
    path = write(tmp_path / "x.ipynb", good())
    path.chmod(0)
    assert "cannot be opened" in sound(take_in(path, RELEASE)).notes[0]


SWAPS = {
    "it disappears": (lambda path: None, "cannot be opened"),
    "a link takes its place": (lambda path: path.symlink_to(path.parent / "good.ipynb"), "cannot be opened"),
    "a pipe takes its place": (lambda path: os.mkfifo(path), "not a regular file"),
    "a folder takes its place": (lambda path: path.mkdir(), ""),
    "a hard link takes its place": (lambda path: os.link(path.parent / "good.ipynb", path), "hard link"),
    "a huge file takes its place": (lambda path: path.write_bytes(bytes(MAX_NOTEBOOK + 1)), "accepted"),
}


@posix
@pytest.mark.parametrize("name", SWAPS)
def test_file_that_is_exchanged_after_it_was_looked_at_is_refused(tmp_path, monkeypatch, name):
    swap, reason = SWAPS[name]
    path, really_open = write(tmp_path / "x.ipynb", good()), os.open
    write(tmp_path / "good.ipynb", good())

    def open_late(name, flags, *rest):
        path.unlink()
        swap(path)
        return really_open(name, flags, *rest)

    monkeypatch.setattr(files.os, "open", open_late)
    intake_ = sound(in_time(take_in, path, RELEASE))
    assert not intake_.readable and reason in intake_.notes[0]


def empty_unnoticed(path):
    changed = path.stat().st_mtime_ns
    path.write_bytes(b"")
    os.utime(path, ns=(changed, changed))


@pytest.mark.parametrize(
    "change",
    [
        empty_unnoticed,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes() + b" " * 50_000),
        lambda path: write(path, damaged.released()),
        lambda path: os.utime(path, ns=(1, 1)),
    ],
    ids=["emptied within one tick of the clock", "emptied", "grown", "exchanged", "touched"],
)
def test_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch, change):
    path, look = write(tmp_path / "x.ipynb", good()), os.fstat
    seen = []

    def look_and_change(descriptor):
        status = look(descriptor)
        if not seen:
            seen.append(descriptor)
            change(path)
        return status

    # open() looks, too: only what comes after the file is open counts.
    monkeypatch.setattr(files.os, "fstat", look_and_change)
    intake_ = sound(take_in(path, RELEASE))
    assert not intake_.readable and "changed while it was read" in intake_.notes[0]


# The notes.

HARMLESS = {"p", "strong", "ul", "li"}
HOSTILE = [
    "<script>alert(1)</script>",
    "</li></ul><img src=x onerror=alert(1)>",
    "![x](https://a.example/x.png)",
    "[x](javascript:alert(1))",
    "a\n\n# Full marks\n",
    "`code` **bold** _it_ ~~gone~~ $x$",
    "www.a.example",
    "https://a.example",
    "<https://a.example>",
    "a@b.example",
    "&lt;b&gt;",
    "| a |\n|---|\n| b |",
    "- \n1. x",
    "\x1b[31mred\x07",
    "\u202egnol",
    "x" * 100_000,
]


class Tags(html.parser.HTMLParser):
    """The names of the elements in a text."""

    def __init__(self, text):
        super().__init__()
        self.names = set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        assert not attributes


def notes_about(folder, word):
    notebook = good()
    notebook["nbformat"] = word
    notebook["metadata"]["kernelspec"]["language"] = word
    notebook["cells"][3]["metadata"] = {"nbgrader": {"grade_id": word, "points": word}}
    cell(notebook, "relu_max-answer")["cell_type"] = word
    cell(notebook, "relu_if")["metadata"]["nbgrader"]["points"] = word
    return taken(folder, notebook)


@pytest.mark.parametrize("word", HOSTILE)
def test_no_note_carries_live_markup(folder, word):
    intake_ = notes_about(folder, word)
    assert len(intake_.notes) == 4
    page = markdown2html(intake_.notebook.cells[0].source)
    assert Tags(page).names <= HARMLESS
    assert page.count("<li>") == len(intake_.notes)


@given(word=st.text(max_size=60))
@settings(max_examples=40)
def test_no_word_of_a_file_becomes_markup_in_a_note(folder, word):
    intake_ = notes_about(folder, word)
    page = markdown2html(intake_.notebook.cells[0].source)
    assert Tags(page).names <= HARMLESS
    assert page.count("<li>") == len(intake_.notes)


@pytest.mark.parametrize("text", [word for word in HOSTILE if "https" not in word])
def test_escaped_text_is_no_markup(text):
    assert Tags(markdown2html("- x" + notebook.escape_markdown(text))).names <= HARMLESS


@given(text=st.text(alphabet=st.sampled_from("ab \\`*_{}[]()<>#|!&$~\n\"'"), max_size=40))
@settings(max_examples=200)
def test_no_escaped_text_is_markup(text):
    page = markdown2html("- x" + notebook.escape_markdown(text))
    assert Tags(page).names <= HARMLESS


# Anything at all.

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
