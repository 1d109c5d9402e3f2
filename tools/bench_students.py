"""A class of any size to be measured with, as people write: what they import, print, plot and get wrong.

Most answers are wrong, as they are while people learn. Half of the wrong ones raise: a letter, a colon or
a bracket is missing. The others are mistakes of the exercises. No two students' texts are the same.
"""

from __future__ import annotations

import builtins
import contextlib
import inspect
import json
import random
import re
import textwrap
from pathlib import Path

from grader.course import CHAPTER, EXERCISES, LESSONS
from grader.course.places import RELEASE, ROOT
from grader.grading.running.needless import names

WRONG_SHARE = 0.7
RAISING_SHARE = 0.5  # of the wrong ones
IMPORT_SHARE = 0.7
PRINT_SHARE = 0.3
PLOT_SHARE = 0.1

MORE = {
    "activation_softmax": [
        f"""class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs{shift})
        self.output = exp_values / np.sum(exp_values, axis={axis})"""
        for shift in ("", " - np.max(inputs)", " - np.max(inputs, axis=1, keepdims=True)")
        for axis in ("0", "1", "1, keepdims=True")
        if shift.count("keep") + axis.count("keep") < 2
    ]
}
"""Wrong answers where the exercise's own are made by a function."""

PLOT = """import matplotlib.pyplot as plt
xs = np.linspace(-3, 3, {points})
plt.plot(xs, np.maximum(0, xs), label="{label}")
plt.legend()
plt.show()"""


def make_class(course: Path, students: int, seed: int, lessons: int = len(LESSONS)) -> None:
    """Submissions of released notebooks, answered as people do; the same for the same seed."""
    draw = random.Random(seed)
    released = {
        lesson: json.loads((RELEASE / f"{lesson}.ipynb").read_text("utf-8")) for lesson in LESSONS[:lessons]
    }
    answers = {name: (solution(exercise), mistakes(exercise)) for name, exercise in EXERCISES.items()}
    for number in range(students):
        folder = course / "submitted" / f"s{number:05}" / CHAPTER
        folder.mkdir(parents=True)
        for lesson, notebook in released.items():
            cells = answered(notebook["cells"], answers, draw)
            (folder / f"{lesson}.ipynb").write_text(json.dumps(notebook | {"cells": cells}), encoding="utf-8")


def answered(cells: list[dict], answers: dict, draw: random.Random) -> list[dict]:
    """A lesson's cells with one student's answers, and what this student tries below them."""
    filled = []
    for cell in cells:
        marks = cell["metadata"].get("nbgrader", {})
        filled.append(cell)
        if marks.get("solution"):
            name = marks["grade_id"].removesuffix("-answer")
            filled[-1] = cell | {"source": in_own_words(one_answer(*answers[name], draw), draw)}
            filled += [own_cell(text, draw) for text in tries(EXERCISES[name].object_name, draw)]
    return filled


def one_answer(right: str, wrong: list[str], draw: random.Random) -> str:
    if draw.random() >= WRONG_SHARE:
        return right
    return draw.choice(slips(right)) if draw.random() < RAISING_SHARE else draw.choice(wrong)


def slips(right: str) -> list[str]:
    """The answer with a slip of the fingers that raises when the cell runs, or when it is called."""
    without_colon = re.sub(r"^( *def .*):$", r"\1", right, count=1, flags=re.M)
    head, _, tail = right.rpartition(")")
    misspelt = re.sub(r"\bnp\.(\w+)\w\(", r"np.\1(", right)
    parameter = re.search(r"def (?!__)\w+\((?:self, )?(\w+)", right)[1]
    header, colon, body = right.rpartition(f"({parameter}):\n")
    other_name = f"{header}(values):\n{body}" if colon else right
    texts = (without_colon, head + tail, misspelt, other_name)
    return [text for text in dict.fromkeys(texts) if text != right]


def in_own_words(answer: str, draw: random.Random) -> str:
    """With what people put around an answer: the lesson's import once more, a print, a note to themselves."""
    if draw.random() < PRINT_SHARE:
        answer = re.sub(
            r"^( *)(def (?!__)\w+\((?:self, )?(\w+).*\):)$",
            r"\1\2\n\1    print(\3)",
            answer,
            count=1,
            flags=re.M,
        )
    if draw.random() < IMPORT_SHARE:
        answer = f"import {'math' if 'math.' in answer else 'numpy as np'}\n{answer}"
    return f"{answer}\n# my try number {draw.randrange(10**9)}"


def tries(name: str, draw: random.Random) -> list[str]:
    """What a student runs below an answer."""
    texts = []
    if draw.random() < PRINT_SHARE:
        texts.append(f"print('{name} again, {draw.randrange(10**9)}')\n{name}")
    if draw.random() < PLOT_SHARE:
        texts.append(PLOT.format(points=draw.randrange(20, 200), label=draw.randrange(10**9)))
    return texts


def own_cell(text: str, draw: random.Random) -> dict:
    return {
        "cell_type": "code",
        "id": f"{draw.randrange(16**8):08x}",
        "metadata": {},
        "source": text,
        "outputs": [],
        "execution_count": None,
    }


def solution(exercise) -> str:
    """The author's answer, as it stands in the solved lesson, without the comments."""
    notebook = json.loads((ROOT / "solutions" / CHAPTER / f"{exercise.lesson}.ipynb").read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == f"{exercise.name}-answer":
            return re.sub(r"^ *#.*\n?", "", "".join(cell["source"]), flags=re.M).strip()
    raise LookupError(exercise.name)


def mistakes(exercise) -> list[str]:
    """The misconceptions as a student would type them: without decorator and explanation.

    Those that lean on our own helpers are left out; an exercise always has the answer not written.
    """
    texts, known = ["pass", *MORE.get(exercise.name, [])], {"np", "math", *dir(builtins)}
    for misconception in exercise.misconceptions:
        with contextlib.suppress(OSError, TypeError):
            text = textwrap.dedent(inspect.getsource(misconception.code))
            text = re.sub(r"\A(@.*\n)+", "", text)
            text = re.sub(
                rf"\A(def|class) {misconception.code.__name__}\b", rf"\1 {exercise.object_name}", text
            )
            text = re.sub(r'"""(?s:.*?)"""', '"""An answer."""', text, count=1)
            if names(text)[1] <= known and not re.search(rf"\b{exercise.object_name}\(", text[20:]):
                texts.append(text)
    return texts
