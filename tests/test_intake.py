"""Whatever lies where a notebook should, the intake makes a gradable notebook of it and says what was odd."""

import copy

import damaged
import pytest
from damaged import ODD, RIGHT, STUB, WRONG, cell, code, good, set_text
from taking_in import POINTS, RELEASE, RELEASES, points, sources, taken

from grader.course import EXERCISES, LESSONS
from grader.course.handed_out import handed_out
from grader.grading.intake import definitions, rebuild


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
                if e.lesson == lesson and definitions.defines(entry.source, e.object_name)
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


def test_of_very_many_long_cells_only_the_last_are_compared(folder, monkeypatch):
    notebook, compared = good(), []
    long = "\n".join(f"    x{n} = {n}" for n in range(1_000))
    more = [code(f"def relu_if(inputs):\n    y = {n}\n{long}\n    return inputs") for n in range(300)]
    notebook["cells"] += [*more, code(RIGHT)]
    found = definitions.answers
    monkeypatch.setattr(
        rebuild, "answers", lambda text, *about: compared.append(len(text)) or found(text, *about)
    )
    taken(folder, notebook)
    assert 0 < sum(compared) < len(EXERCISES) * rebuild.MAX_COMPARED < 300 * len(long) * len(EXERCISES)


def test_answer_in_a_cell_between_answer_cell_and_check_runs_where_it_stands(folder):
    notebook = damaged.answer_in_an_added_cell(good(), 1, code("LIMIT = 0"))
    cells = taken(folder, notebook).notebook.cells
    start = [c.id for c in cells].index("relu-if-answer")
    assert [c.source for c in cells[start : start + 3]] == [STUB, "LIMIT = 0", RIGHT]
    assert cells[start + 3].source.endswith('\ncheck("relu_if")')


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
    assert definitions.defines(source, "f") is expected


SCAFFOLD = (
    "def f(x):\n    made = []\n    for one in x:\n        # YOUR CODE HERE\n        pass\n    return made"
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"# mine is below\n{SCAFFOLD}  # or above", False),
        ("print('hello')\n" + SCAFFOLD.replace("made = []", "'Mine.'\n    made = []"), False),
        ("def f(x):\n    raise NotImplementedError()", False),
        ("class f:\n    def forward(self):\n        pass", False),
        ("f = None", False),
        ("%%writefile f.py\ndef f(x): return x", False),
        ("[f for f in range(3)]\ng = lambda f: (f := 1)", False),
        ("def g():\n    f = 1", False),
        (SCAFFOLD.replace("pass", "made.append(one)"), True),
        ("if True:\n    def f(x): return x", True),
        ("try:\n    pass\nexcept E:\n    def f(x): return x", True),
        ("from helpers import g as f", True),
        ("import f", True),
        ("f, g = g, 1", True),
        ("g = 1; f = g", True),
        ("(f := abs)", True),
        ("for f in [abs]: pass", True),
        ("  def f(x):\n      return x", True),
        (">>> def f(x):\n...     return x", True),
        ("%%time\n%matplotlib inline\nhelp?\ndef f(x): return x", True),
        ("def f(x): return x)", True),
        ("(" * 5_000 + "\nf = 1", True),
        ("f = " + "+".join("a" * 2_000), True),
        ("def f(x):\n    return " + "+".join("x" * 2_000), True),
        ("f = 1\n" + " " * 90_000 + "x", True),
        (" " * 19_000 + "f = 1", True),
    ],
)
def test_an_answer_is_told_from_a_stub_that_was_touched(source, expected):
    assert definitions.answers(source, "f", SCAFFOLD) is expected


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_become_ours(folder, end):
    notebook = good()
    cell(notebook, "relu_if-answer")["source"] = RIGHT.replace("\n", end)
    assert RIGHT in sources(taken(folder, notebook).notebook)


def test_what_an_earlier_release_said_is_not_taken_for_the_student_s(folder):
    """Texts, a stub, a check and points that the course has changed since; what was added stays."""
    notebook = good()
    notebook["cells"][0]["source"] = "An old paragraph."
    notebook["cells"].append({"cell_type": "markdown", "source": "Gone.", "metadata": {}, "id": "gone"})
    notebook["cells"].append(code("EXTRA = 1"))
    set_text(cell(notebook, "relu_if-answer"), "def relu_if(inputs):\n    pass  # an old stub")
    set_text(cell(notebook, "relu_if"), 'check("relu_if")  # as it was')
    cell(notebook, "relu_max")["metadata"]["nbgrader"]["points"] = 7
    first = taken(folder, notebook)
    assert "added-4" in [c.id for c in first.notebook.cells] and len(first.notes) == 2, first.notes
    given = handed_out(
        [
            {**c, "source": "" if c.get("id") == "relu-max-answer" else "".join(c["source"])}
            for c in notebook["cells"]
        ]
    )
    given["texts"] = given["texts"].rsplit(" ", 1)[0]
    notebook["metadata"]["grader"] = {"handed_out": given}
    intake_ = taken(folder, notebook)
    assert intake_.notes == [
        "It was handed out in an earlier release of the lesson; the present one was used."
    ]
    assert [c.source for c in intake_.notebook.cells if c.id.startswith("added")] == ["EXTRA = 1"]
    assert points(intake_.notebook) == {**POINTS[damaged.LESSON], "relu_if": 0}
    ours = [c for c in intake_.notebook.cells if not c.id.startswith(("added", "intake"))]
    for kept, c in zip(ours, RELEASE.cells, strict=True):
        assert (kept.source == c.source) == (c.id != "relu-max-answer")


EARLIER = "It was handed out in an earlier release of the lesson; the present one was used."


def test_release_that_does_not_say_what_it_was_is_known_by_its_ids(folder):
    notebook = good()
    del notebook["metadata"]["grader"]
    notebook["cells"][0]["source"] = "An old paragraph."
    gone = {"cell_type": "markdown", "source": "Gone.", "metadata": {}, "id": "one-that-is-gone-2"}
    notebook["cells"] += [gone, gone | {"source": "Mine.", "id": "3f2b8c1a"}]
    set_text(cell(notebook, "relu_if"), 'check("relu_if", 1)')
    assert "The check cell of relu_if had been changed" in taken(folder, notebook).notes[0]
    set_text(cell(notebook, "relu_max"), 'check("relu_max", 1)')
    cell(notebook, "relu_max")["metadata"]["nbgrader"]["points"] = 7
    intake_ = taken(folder, notebook)
    assert intake_.notes == [EARLIER] and points(intake_.notebook) == POINTS[damaged.LESSON]
    added = [c.source for c in intake_.notebook.cells if c.id.startswith("added")]
    assert added == ["```text\nMine.\n```"]


OF_NOVEMBER = [
    """from grader import check, play, predict, show
import matplotlib.pyplot as plt
import numpy as np

plt.style.use("tableau-colorblind10")""",
    """## From one corner to a tent

The corner of ReLU lies at 0. A neuron can move it: with weight 1 and bias -1 it computes \
$\\mathrm{ReLU}(x - 1)$, and $x - 1$ changes its sign at 1. So the **bias moves the corner**. The **weight** \
decides how steeply the line rises behind it: a factor of -2 makes it fall, twice as fast.

Now three neurons with their corners at 0, 1 and 2, and a fourth that adds up what they give:

$$\\mathrm{ReLU}(x) - 2\\,\\mathrm{ReLU}(x - 1) + \\mathrm{ReLU}(x - 2)$$

**Predict:** what is the sum at $x = 3$, and at $x = 10$?

- **a)** 0 both times
- **b)** it goes on falling: -1, then -8
- **c)** it rises again, for the last ReLU rises: 1, then 8""",
]
"""What cells said on 2026-11-26, when notebooks did not yet keep what they were."""


def test_texts_of_a_release_that_kept_none_are_not_the_student_s_and_what_was_changed_in_it_is(folder):
    notebook = good()
    del notebook["metadata"]["grader"]
    for one, text in zip(notebook["cells"], reversed(OF_NOVEMBER)):
        set_text(one, text)
    set_text(notebook["cells"][3], OF_NOVEMBER[0] + "\nimport math")
    intake_ = taken(folder, notebook)
    assert intake_.notes == [EARLIER] and points(intake_.notebook) == POINTS[damaged.LESSON]
    added = [c.source for c in intake_.notebook.cells if c.id.startswith("added")]
    assert added == [OF_NOVEMBER[0] + "\nimport math"]


def test_ids_that_count_on_are_no_move(folder):
    notebook = good()
    ids = [c["id"] for c in notebook["cells"] if c["id"].startswith("why-a-network-needs-a-bend")]
    for one in notebook["cells"]:
        if one["id"] in ids:
            one["id"] = [*ids[2:], "new-1", "new-2"][ids.index(one["id"])]
            one["source"] = ["Other words. ", *one["source"]]
    assert not [note for note in taken(folder, notebook).notes if "moved" in note]


def test_exercise_that_was_added_after_the_hand_out_is_no_fault(folder):
    notebook = good()
    for name in ("relu_max-answer", "relu_max"):
        notebook["cells"].remove(cell(notebook, name))
    assert len(taken(folder, notebook).notes) == 2
    del notebook["metadata"]["grader"]["handed_out"]["points"]["relu_max"]
    assert taken(folder, notebook).notes == ["Added to the lesson after it was handed out: relu_max."]


@pytest.mark.parametrize("odd", [[], 3, {"texts": 3, "points": []}, {"points": {"relu_if": []}}])
def test_what_a_file_says_of_its_release_is_not_believed_to_be_of_a_form(folder, odd):
    notebook = good()
    notebook["metadata"]["grader"] = {"handed_out": odd}
    assert points(taken(folder, notebook).notebook) == POINTS[damaged.LESSON]


@pytest.mark.parametrize(
    "kind, text", [("raw", "{}"), ("markdown", "{}"), ("markdown", "```python\n{}\n```\n")]
)
def test_answer_that_nothing_runs_is_named(folder, kind, text):
    notebook = damaged.released(damaged.LESSON)
    place = notebook["cells"].index(cell(notebook, "relu_if"))
    notebook["cells"].insert(
        place, {"cell_type": kind, "source": text.format(RIGHT), "metadata": {}, "id": "x"}
    )
    said = [f"A {kind} cell holds relu_if; only what stands in code cells is run."]
    assert taken(folder, notebook).notes == said
    set_text(cell(notebook, "relu_if-answer"), RIGHT)
    assert taken(folder, notebook).notes == []


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
