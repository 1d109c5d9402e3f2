"""What works at home works where it is graded, or the card says exactly what does not."""

import re
import tomllib

import pytest
from class_runs import ONE, Here, Run, answered, submit, verdicts
from conftest import ROOT
from damaged import RIGHT, code, place

from grader.course import CHAPTER
from grader.course.packages import PACKAGES
from grader.grading.intake.beside import MAX_TOTAL, Beside
from grader.judging.newer import newer_syntax

HARMLESS = {
    "qt": "%matplotlib qt",
    "widget": "%matplotlib widget",
    "use": "import matplotlib; matplotlib.use('TkAgg')",
    "switch": "import matplotlib.pyplot as plt; plt.switch_backend('qtagg'); plt.plot([1])",
    "conda": "%conda install scipy",
    "pip": "%pip install scipy",
    "store": "%store",
    "quit": "quit()",
}

NAMED = {
    "misspelt": (
        "%tiem 1 + 1",
        "UsageError: Line magic function `%tiem` not found",
        "knows no magic `%tiem`",
    ),
    "spaced": ("% matplotlib inline", "UsageError: Line magic function `%` not found", "knows no magic `%`"),
    "package": ("import tqdm.auto", "No module named 'tqdm'", "tqdm is not in the lessons' environment"),
    "program": ("import subprocess\nsubprocess.run(['ls'])", "not permitted", "no other program or process"),
    "network": (
        "import urllib.request as u\nu.urlopen('http://93.184.216.34')",
        "URLError",
        "There is no network where an answer is graded",
    ),
    "elsewhere": ("open('/etc/mine', 'w')", "'/etc/mine'", "only beside the notebook"),
    "typed": ("n = input('How many? ')", "StdinNotImplementedError", "Nobody is there to type"),
    "newer": (
        "try:\n    pass\nexcept ValueError, TypeError:\n    pass",
        "no parentheses needs Python 3.14",
        "Python 3.14 and later read it",
    ),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, confined):
    course = tmp_path_factory.mktemp("class")
    for student, line in {**HARMLESS, **{name: text for name, (text, *_) in NAMED.items()}}.items():
        submit(course, student, answered(relu_if=f"{line}\n{RIGHT}"))
    return Run(course, executor=Here()).outcomes


@pytest.mark.parametrize("student", HARMLESS)
def test_answer_is_not_lost_for_what_cannot_be_had_where_it_is_graded(graded, student):
    assert verdicts(graded[student])["relu_if"].status == "right"


@pytest.mark.parametrize("student", NAMED)
def test_card_names_exactly_what_is_not_there(graded, student):
    _, title, why = NAMED[student]
    (finding,) = verdicts(graded[student])["relu_if"].findings
    assert title in finding.title and why in finding.why


BESIDE = {
    "import": ("from helpers import keep", "helpers.py"),
    "run": ("%run helpers.py", "helpers.py"),
    "written": ("%%writefile helpers.py\nimport keep_nothing", "helpers.py"),
    "package": ("from lib.helpers import keep", "lib/helpers.py"),
    "deep": ("open('a/b/c.txt').read()", "a/b/c.txt"),
    "data": ("import numpy as np\nnp.loadtxt('limits.csv', delimiter=',')", "limits.csv"),
}


@pytest.mark.parametrize("student", BESIDE)
def test_files_that_were_handed_in_lie_beside_the_notebook_and_are_noted(tmp_path, confined, student):
    line, name = BESIDE[student]
    notebook = answered(relu_if=RIGHT)
    notebook["cells"].insert(place(notebook, "relu_if-answer"), code(line))
    path = submit(tmp_path, "ada", notebook)
    (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
    (path.parent / name).write_text("1,2" if name.endswith("csv") else "keep = 1")
    (path.parent / "timestamp.txt").write_text("2026-11-15 11:00:00 UTC")
    (path.parent / "submission_secret.txt").write_text("s3cret")
    outcome = Run(tmp_path, executor=Here()).outcomes["ada"]
    assert verdicts(outcome)["relu_if"].status == "right"
    assert outcome.notes == [f"beside the notebooks while they ran: {name}."]
    graded = (tmp_path / "autograded" / "ada" / CHAPTER / f"{ONE}.ipynb").read_text(encoding="utf-8")
    assert not re.search(r'"ename": "(ModuleNotFound|FileNotFound|OS|Permission)Error"', graded)
    assert name != "helpers.py" or (path.parent / name).read_text() == "keep = 1"


def test_files_that_are_too_large_together_are_named():
    beside = Beside({"a.csv": b"1" * MAX_TOTAL, "b.py": b"x = 1"})
    assert [*beside.files] == ["a.csv"]
    assert beside.notes[1] == "not there while the notebooks ran: b.py; files may have 5 MB together."


@pytest.mark.parametrize(
    "line, version, said",
    [
        ("type X = int", (3, 11), "a `type` statement needs Python 3.12, and it was run by Python 3.11"),
        ("def f[T](x: T):", (3, 11), "a type parameter in brackets needs Python 3.12"),
        ("class A[T]:", (3, 11), "a type parameter in brackets needs Python 3.12"),
        ("print(f'{a['b']}')", (3, 11), "its own quote in an f-string needs Python 3.12"),
        ("x = t'{a}'", (3, 13), "a t-string needs Python 3.14, and it was run by Python 3.13"),
        ("except A, B:", (3, 13), "`except` with several kinds and no parentheses needs Python 3.14"),
        ("type X = int", (3, 12), ""),
        ("class A[T = int]:", (3, 12), "a type parameter with a default needs Python 3.13"),
        (
            "print(f\"{'\\n'.join(a)}\")",
            (3, 11),
            "a backslash or `#` in the braces of an f-string needs Python 3.12",
        ),
        ("except* A, B:", (3, 13), "`except` with several kinds and no parentheses needs Python 3.14"),
        ('print(f"{a}\\n" b)', (3, 11), ""),
        ('print(f"{{\\n}}" b)', (3, 11), ""),
        ('f"' + "{" * 90_000, (3, 11), ""),
        ("print(f'{a}')", (3, 11), ""),
        ('print(f"{a}" + "b")', (3, 11), ""),
        ("print('it's')", (3, 11), ""),
        ("def f(x:", (3, 11), ""),
        ("", (3, 11), ""),
    ],
)
def test_newer_syntax_is_told_from_a_slip(line, version, said):
    assert newer_syntax(line, version).startswith(said) and bool(newer_syntax(line, version)) == bool(said)


def test_packages_where_it_is_graded_are_those_that_a_student_installs():
    with open(ROOT / "pyproject.toml", "rb") as file:
        project = tomllib.load(file)["project"]
    required = [*project["dependencies"], *project["optional-dependencies"]["student"]]
    names = {re.match(r"[\w-]+", requirement)[0].lower() for requirement in required}
    desk = {"ipykernel", "ipython", "jupyterlab", "nbclient", "nbformat", "pyzmq"}  # what runs lessons
    assert {*PACKAGES} == names - desk


@pytest.mark.parametrize("limit, points", [("0", 1), ("1", 0)])
def test_answer_that_needs_a_cell_below_its_check_is_asked_again_and_no_change_is_called_its_cause(
    tmp_path, confined, limit, points
):
    notebook = answered(relu_if=RIGHT.replace("else 0", "else LIMIT"))
    notebook["cells"].insert(place(notebook, "relu_if") + 1, code(f"LIMIT = {limit}"))
    submit(tmp_path, "ada", notebook)
    verdict = verdicts(Run(tmp_path, executor=Here()).outcomes["ada"])["relu_if"]
    assert verdict.points == points
    (finding,) = verdict.findings
    assert finding.title == (
        "relu_if needs a cell that stands below its check." if points else "relu_if stopped with NameError."
    )
    assert not finding.edits
