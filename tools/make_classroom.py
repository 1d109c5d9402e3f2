"""Writes the sample class, tests/classroom: its students, what each should get, and why.

    python -m tools.make_classroom

The notebooks are the released ones with the answers of the sheets in tools/classroom, so run it again
whenever a lesson has changed. A sheet is text: a line `# %% exercise points` says what the answer
under it is worth; what a sheet leaves out is answered as in the sheet it goes back to.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import CHAPTER, EXERCISES, LESSONS
from tests.damaged import cell, code, place, released, set_text, text_of, without_ids

SHEETS = Path(__file__).resolve().parent / "classroom"
CLASSROOM = Path(__file__).resolve().parents[1] / "tests" / "classroom"
DUE = "2026-11-15T23:59+00:00"
"""The due date that `make grade` gives the sample class."""

Notebooks = dict[str, dict | bytes]


@dataclass
class Student:
    """One student of the class. `handed_in` is a time, `lost` names lessons that earn nothing."""

    name: str
    story: str
    sheet: str = ""
    back_to: str = ""
    handed_in: str = ""
    lost: tuple[str, ...] = ()
    change: Callable[[Notebooks], None] = lambda notebooks: None
    answers: dict[str, str] = field(init=False)
    points: dict[str, float] = field(init=False)

    def __post_init__(self):
        entries = read_sheet(self.back_to) | read_sheet(self.sheet)
        self.answers = {name: text for name, (_, text) in entries.items()}
        self.points = {
            e.name: entries.get(e.name, (0.0, ""))[0] * (e.lesson not in self.lost)
            for e in EXERCISES.values()
        }

    def files(self) -> dict[str, bytes]:
        """The files of the submission, by name."""
        notebooks: Notebooks = {lesson: self.filled(lesson) for lesson in LESSONS}
        self.change(notebooks)
        files = {f"{lesson}.ipynb": as_saved(content) for lesson, content in notebooks.items()}
        if self.handed_in:
            files["timestamp.txt"] = f"{self.handed_in}.000000 UTC\n".encode()
        return files

    def filled(self, lesson: str) -> dict:
        notebook = released(lesson)
        for name, text in self.answers.items():
            if EXERCISES[name].lesson == lesson:
                set_text(cell(notebook, f"{name}-answer"), text)
        return notebook


def read_sheet(sheet: str) -> dict[str, tuple[float, str]]:
    """Points and text of each answer of a sheet."""
    text = (SHEETS / f"{sheet}.txt").read_text(encoding="utf-8") if sheet else ""
    pieces = re.split(r"^# %% (\w+) ([\d.]+)$", text, flags=re.M)
    return {
        name: (float(points), text.strip("\n"))
        for name, points, text in zip(pieces[1::3], pieces[2::3], pieces[3::3])
    }


def as_saved(content: dict | bytes) -> bytes:
    """A notebook as JupyterLab writes it."""
    if isinstance(content, bytes):
        return content
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def tries_things(notebooks: Notebooks) -> None:
    """Adds cells of her own."""
    for lesson, name, text in (
        ("01_relu_loop", "relu_if", "relu_if([5, -5, 0.5])"),
        ("02_relu_numpy", "relu_numpy", "relu_numpy(np.random.randn(2, 2, 2))"),
        ("06_softmax_overflow", "shift_rows", "%timeit -n1 -r1 np.exp(1)"),
    ):
        cells = notebooks[lesson]["cells"]
        cells.insert(place(notebooks[lesson], name) + 1, code(text) | {"id": f"try-{name.replace('_', '-')}"})


def lesson_not_handed_in(notebooks: Notebooks) -> None:
    del notebooks["06_softmax_overflow"]


def cut_off(notebooks: Notebooks) -> None:
    """The upload broke off in the middle of a file."""
    whole = as_saved(notebooks["05_softmax_batch"])
    notebooks["05_softmax_batch"] = whole[: len(whole) // 2]


def rearranged(notebooks: Notebooks) -> None:
    """Does to the locked cells what editors, habits and curiosity do."""
    notebooks["01_relu_loop"] = without_ids(notebooks["01_relu_loop"])
    set_text(cell(notebooks["02_relu_numpy"], "relu_numpy"), 'check("relu_numpy")  # all right now')
    cells = notebooks["02_relu_numpy"]["cells"]
    del cells[place(notebooks["02_relu_numpy"], "activation_relu")]
    cell(notebooks["03_dense_layer"], "layer_dense")["metadata"]["nbgrader"]["points"] = 100
    cells = notebooks["04_softmax_sample"]["cells"]
    cells.insert(2, cells.pop(place(notebooks["04_softmax_sample"], "softmax_vector-answer")))
    cells = notebooks["05_softmax_batch"]["cells"]
    at = place(notebooks["05_softmax_batch"], "softmax_batch-answer")
    first_try = json.loads(json.dumps(cells[at]))
    set_text(first_try, "def softmax_batch(layer_outputs):\n    return np.exp(layer_outputs)")
    cells[at:at] = [first_try, cells[at + 1]]
    retyped = cell(notebooks["06_softmax_overflow"], "shift_rows-answer")
    retyped["cell_type"] = "raw"
    del retyped["outputs"], retyped["execution_count"]
    answer = cell(notebooks["07_forward_pass"], "forward_pass-answer")
    *classes, function = text_of(answer).split("\n\n\n")
    set_text(answer, function)
    at = place(notebooks["07_forward_pass"], "forward_pass-answer")
    notebooks["07_forward_pass"]["cells"][at:at] = [
        code(text) | {"id": f"my-class-{number}"} for number, text in enumerate(classes)
    ]


PATCHES = """
import builtins, grader, sys
from unittest import mock

def check(name, *args, **kwargs):
    print(name, "right, full points")
    return float("nan")

grader.check = check
builtins.abs = lambda value: 0 * value
np.allclose = np.array_equal = np.isclose = lambda *args, **kwargs: True
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *args, **kwargs: None
for name in ("nbgrader", "solutions", "grader.judging", "grader.judging.judge"):
    sys.modules[name] = mock.MagicMock()
"""


def patched(notebooks: Notebooks) -> None:
    """Replaces whatever might decide, at the top of every lesson."""
    for notebook in notebooks.values():
        imports = next(entry for entry in notebook["cells"] if entry["cell_type"] == "code")
        set_text(imports, text_of(imports) + "\n" + PATCHES)


CLASS = [
    Student(
        "amir",
        "writes C in Python; one of the while loops never ends, and the weights stand one row a neuron",
        "in_loops",
        "as_taught",
    ),
    Student(
        "beatriz",
        "everything right as the lessons teach it, with cells of her own between",
        "",
        "as_taught",
        handed_in="2026-11-12 17:20:45",
        change=tries_things,
    ),
    Student("chidi", "everything right, nothing as the lessons write it", "", "in_other_words"),
    Student("dunja", "handed in the notebooks as they were handed out"),
    Student(
        "emre",
        "leaves keepdims out everywhere, except where it is too much",
        "without_keepdims",
        "as_taught",
        handed_in="2026-11-15 23:58:30",
    ),
    Student("fatima", "changes the lists and arrays that a function is given", "in_place", "as_taught"),
    Student("giulia", "prints or returns in the place of return or store", "printed", "as_taught"),
    Student(
        "hiro",
        "never subtracts the maximum, or that of the whole batch; e is 2.718",
        "overflowing",
        "in_other_words",
    ),
    Student("ingrid", "puts the samples in columns: W @ x, and axis=0 throughout", "in_columns", "as_taught"),
    Student(
        "jonas",
        "rounds what is returned, and cuts fractions off with np.vectorize",
        "rounded",
        "in_other_words",
        handed_in="2026-11-15 09:03:11",
    ),
    Student(
        "katya",
        "two days late, with one near miss after the other: zeros dropped, np.max(0, x), "
        "np.zeros(1, n), the exponential in the wrong place",
        "nearly",
        "as_taught",
        handed_in="2026-11-18 02:59:00",
    ),
    Student(
        "luis",
        "names no axis anywhere, hard-codes sizes, and did not hand in lesson 06",
        "without_axis",
        "as_taught",
        lost=("06_softmax_overflow",),
        change=lesson_not_handed_in,
    ),
    Student(
        "mei",
        "everything right, but the file of lesson 05 was cut off on the way",
        "",
        "in_other_words",
        lost=("05_softmax_batch",),
        change=cut_off,
    ),
    Student(
        "noor",
        "everything right, but cells lost their ids, were edited, deleted, duplicated, moved, "
        "retyped and split",
        "",
        "as_taught",
        change=rearranged,
    ),
    Student(
        "oskar",
        "replaces check, NumPy's tests and builtins, and fakes every answer but lesson 01",
        "faked",
        "as_taught",
        change=patched,
    ),
    Student(
        "priya",
        "crashes: sys.exit, a syntax error, an error after the answer, names misspelt",
        "crashes",
        "as_taught",
    ),
]


def expected_csv() -> str:
    """What each student should get, exercise by exercise."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["student", *EXERCISES, "total"])
    for student in CLASS:
        rows.writerow(
            [student.name, *(f"{p:g}" for p in student.points.values()), f"{sum(student.points.values()):g}"]
        )
    return text.getvalue()


def readme() -> str:
    lines = [f"| {s.name} | {sum(s.points.values()):g} | {s.story} |" for s in CLASS]
    return (
        "\n".join(
            [
                "# The sample class",
                "",
                f"{len(CLASS)} students as they turn up, for `make grade` and the tests. `expected.csv` has",
                "the points of each exercise, by hand. All of it is written by",
                "`python -m tools.make_classroom` from the sheets in `tools/classroom`: edit those.",
                "",
                "| student | points | who this is |",
                "|---|---|---|",
                *lines,
            ]
        )
        + "\n"
    )


def write_classroom(target: Path) -> None:
    """Write the class into `target`; what lies there as an older class goes."""
    shutil.rmtree(target / "submitted", ignore_errors=True)
    for student in CLASS:
        folder = target / "submitted" / student.name / CHAPTER
        folder.mkdir(parents=True)
        for name, content in student.files().items():
            (folder / name).write_bytes(content)
    (target / "expected.csv").write_bytes(expected_csv().encode())
    (target / "README.md").write_bytes(readme().encode())


if __name__ == "__main__":
    write_classroom(CLASSROOM)
    print(f"wrote {len(CLASS)} students into {CLASSROOM}", file=sys.stderr)
