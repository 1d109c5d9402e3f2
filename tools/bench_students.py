"""A class of any size to be measured with: right answers and known mistakes, in the released notebooks."""

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

RIGHT_SHARE = 0.6


# The class

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


def make_class(course: Path, students: int, seed: int, lessons: int = len(LESSONS)) -> None:
    """Submissions of released notebooks with answers drawn from references and misconceptions."""
    draw = random.Random(seed)
    answers = {exercise.name: [solution(exercise), *mistakes(exercise)] for exercise in EXERCISES.values()}
    for number in range(students):
        folder = course / "submitted" / f"s{number:05}" / CHAPTER
        folder.mkdir(parents=True)
        for lesson in LESSONS[:lessons]:
            notebook = json.loads((RELEASE / f"{lesson}.ipynb").read_text(encoding="utf-8"))
            for cell in notebook["cells"]:
                marks = cell["metadata"].get("nbgrader", {})
                if marks.get("solution"):
                    right, *wrong = answers[marks["grade_id"].removesuffix("-answer")]
                    cell["source"] = right if draw.random() < RIGHT_SHARE else draw.choice(wrong)
            (folder / f"{lesson}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def solution(exercise) -> str:
    """The author's answer, as it stands in the solved lesson."""
    notebook = json.loads((ROOT / "solutions" / CHAPTER / f"{exercise.lesson}.ipynb").read_text("utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == f"{exercise.name}-answer":
            return re.sub(r"^### (BEGIN|END) SOLUTION\n?", "", "".join(cell["source"]), flags=re.M)
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
