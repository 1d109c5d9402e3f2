"""Which picture cells of a lesson are left out while grading, and that it changes nothing."""

import pytest

from grader.grading.running.needless import MARK, needless

LESSON = [
    "import numpy as np\nfrom math import e, exp\nimport matplotlib.pyplot as plt",
    f"{MARK}\nplt.plot(np.linspace(0, 1))",
    "# the student's answer",
    f"{MARK}\nplt.plot([exp(e)])",
]
ANSWER = 2


def left_out(answer: str, lesson: list[str] = LESSON, added: str = "") -> set[int]:
    cells = [{"cell_type": "code", "source": source, "metadata": {}} for source in lesson]
    cells[ANSWER] |= {"source": answer, "metadata": {"nbgrader": {"solution": True}}}
    if added:
        cells.append({"cell_type": "code", "source": added, "metadata": {}, "id": "added-1"})
    return needless(cells)


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
        ("np is no Python", {1}),
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
