"""Which picture cells of a lesson are left out while grading, and that it changes nothing."""

from contextlib import redirect_stdout
from io import StringIO

import pytest
from IPython.core.interactiveshell import InteractiveShell

from grader.grading.limits import limited
from grader.grading.running.needless import MARK, needless, runs_nothing

LESSON = [
    "import numpy as np\nfrom math import e, exp\nimport matplotlib.pyplot as plt",
    f"{MARK}\nplt.plot(np.linspace(0, 1))",
    "# the student's answer",
    f"{MARK}\nplt.plot([exp(e)])",
]
ANSWER = 2
CHECK = {"cell_type": "code", "source": 'check("relu")', "metadata": {"nbgrader": {"grade": True}}}


def left_out(answer: str, lesson: list[str] = LESSON, added: str = "") -> set[int]:
    cells = [{"cell_type": "code", "source": source, "metadata": {}} for source in lesson]
    cells[ANSWER] |= {"source": answer, "metadata": {"nbgrader": {"solution": True}}}
    if added:
        cells.append({"cell_type": "code", "source": added, "metadata": {}, "id": "added-1"})
    return needless([*cells, CHECK])


@pytest.mark.parametrize(
    "answer",
    [
        "def relu(x): return np.maximum(0, x)",
        "import numpy as np\ndef relu(x): return np.maximum(0, x)",
        "import numpy as np, matplotlib.pyplot as plt",
        "from math import exp",
        "from math import e, exp\nimport numpy as np",
        "def relu(x):\n    import jax.numpy as np\n    return np.maximum(0, x)",
        "import random\nimport math",
        "this is no Python",
        "def relu(np)\n    return np.exp(e)",
        "import jax.numpy as np\nprint(np",
    ],
)
def test_a_lessons_pictures_are_left_out_whatever_an_answer_imports_again(answer):
    assert left_out(answer) == {1, 3}


@pytest.mark.parametrize(
    "answer, drawn",
    [
        ("np = None", {1}),
        ("import jax.numpy as np", {1}),
        ("from numpy import exp", {3}),
        ("import numpy as np\nnp = fake(np)", {1}),
        ("import numpy as np\ndef np(): pass", {1}),
        ("import numpy as plt", {1, 3}),
        ("if True:\n    import numpy as np", {1}),
        ("def f():\n    global np\n    np = 1", {1}),
        ("for e in range(3): pass", {3}),
        ("class exp: pass", {3}),
        ("np = fake\nreturn", {1}),
        ("%timeit np = fake", {1}),
        ("np = !ls", {1}),
        ("np = fake; np?", {1}),
        ("  np = fake\nprint(np", {1}),
        (">>> np = fake", {1}),
        ("from .math import exp", {3}),
        ("from numpy import *", {1, 3}),
    ],
)
def test_a_picture_that_reads_what_the_answer_made_is_drawn(answer, drawn):
    assert left_out(answer) == {1, 3} - drawn
    assert left_out("pass", added=answer) == {1, 3} - drawn


def test_a_name_that_the_lesson_gives_several_meanings_is_nobodys_import():
    lesson = [*LESSON, "np = 3"]
    assert left_out("import numpy as np", lesson) == {3}


def test_a_picture_whose_names_another_cell_reads_is_drawn():
    lesson = [*LESSON, f"{MARK}\nx = 1", "print(x)"]
    assert left_out("pass", lesson) == {1, 3}


def test_a_picture_that_draws_random_numbers_is_drawn():
    lesson = [*LESSON, f"{MARK}\nplt.plot(np.random.randn(3))"]
    assert left_out("pass", lesson) == {1, 3}


PLAYED = [
    *LESSON,
    f"{MARK}\ndef draw(size=1):\n    plt.plot(np.linspace(0, size))",
    "play(draw, size=[1, 2])",
    "def draw_more(size=1):\n    draw(2 * size)\n\nplay(draw_more, size=[1, 2])",
]


def test_knobs_that_nobody_turns_go_with_their_picture():
    assert left_out("pass", PLAYED) == {1, 3, 4, 5, 6}
    assert left_out("def draw(size): pass", PLAYED) == {1, 3}
    assert left_out("play = print", PLAYED) == {1, 3}
    assert left_out("pass", PLAYED, added="draw(3)") == {1, 3, 5, 6}
    assert left_out("pass", PLAYED, added="play(draw)") == {1, 3, 5, 6}


def test_a_cell_that_plays_and_does_more_runs():
    lesson = [*LESSON, "x = 3\nplay(print, x=[x])"]
    assert left_out("pass", lesson) == {1, 3}


def test_what_stands_below_all_checks_and_all_that_is_the_students_is_left_out():
    code = [{"cell_type": "code", "source": text, "metadata": {}} for text in ("x = 1", "print(x)")]
    added = code[0] | {"id": "added-1"}
    assert needless([code[0], CHECK, *code]) == {2, 3}
    assert needless([CHECK, code[0], added, code[1]]) == {3}
    assert needless([code[0] | {"metadata": {"nbgrader": {"solution": True}}}, code[1]]) == {1}


@pytest.mark.parametrize(
    "answer", ["def relu(x)\n    return x", "import jax.numpy as np\nprint(np", "class exp", "1 = np"]
)
def test_what_is_taken_to_run_nothing_runs_nothing(answer):
    """By IPython itself, which says an error and keeps its names as they were."""
    shell = InteractiveShell()
    before = dict(shell.user_ns)
    with redirect_stdout(StringIO()) as said:
        shell.run_cell(answer, store_history=False)
    assert runs_nothing(answer) and "SyntaxError" in said.getvalue()
    assert {name for name in shell.user_ns if name not in before} == set()


@pytest.mark.parametrize(
    "source",
    [
        "x = 1" + "\n" * 99_000 + "x = 2",
        "\n".join(f"def f{n}(): pass" for n in range(5_000)),
        "\n".join(f"class A{n}: x = 1" for n in range(5_000)),
        'f"' + "{1}" * 33_000 + '"',
    ],
    ids=["empty lines", "functions", "classes", "braces"],
)
def test_no_text_takes_long_to_look_through(source):
    with limited(60):  # some of these took minutes; now none takes a second
        assert left_out("pass", added=source) <= {1, 3}
