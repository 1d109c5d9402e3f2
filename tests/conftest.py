"""What several tests need: where things lie, and a way to judge an answer given as text."""

import itertools
import linecache
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from grader.course import CHAPTER, EXERCISES
from grader.judging import repair
from grader.judging.judge import judge, make_plan
from grader.judging.known import Known
from grader.judging.probe import run
from grader.judging.verdict import Finding

pytest.register_assert_rewrite("inside", "site_browsing", "taking_in", "term", "tests.exercises")

from whole import EVIDENCE, lacking  # noqa: E402 - it imports what is rewritten

ROOT = Path(__file__).resolve().parent.parent
MASTERS = sorted((ROOT / "solutions" / CHAPTER).glob("*.md"))
SOLVED = [master.with_suffix(".ipynb") for master in MASTERS]
STUDENT = [ROOT / "notebooks" / CHAPTER / path.name for path in SOLVED]

SEEDS = (1, 22)  # of the random cases
SECONDS = 120  # far above what any answer takes: a slow machine must not decide

settings.register_profile("same every time", deadline=None, derandomize=True)
settings.load_profile("same every time")

every_exercise = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda e: e.name)

cell_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    """What one test's search has found, or been kept from finding, must not reach the next test."""
    monkeypatch.setattr(repair, "FOUND", Known())


@pytest.fixture(autouse=True)
def numpy_as_it_was():
    """nnfs.init(), called in a lesson's cell that a test runs, must not reach the next test."""
    patched = {np: ("dot", "zeros", "eye"), np.random: ("randn",)}
    before = {(module, name): getattr(module, name) for module, names in patched.items() for name in names}
    yield
    for (module, name), function in before.items():
        setattr(module, name, function)


@pytest.fixture(scope="session")
def confined():
    """Hostile code runs here only where it is confined."""
    sandbox = pytest.importorskip("grader.grading.sandbox", reason="sandboxes are Linux only")
    try:
        sandbox.choose(False)
    except RuntimeError as reason:
        pytest.skip(f"no sandbox works here: {reason}")


@pytest.fixture
def late_class(tmp_path, confined):
    """Ada handed in both answers a day late, Bob one of them in time; both are graded once, for nothing."""
    from term import make_late_class

    make_late_class(tmp_path)
    return tmp_path


@pytest.fixture(scope="module", params=["Bubblewrap", "Landlock"], ids=str.lower)
def confining(request):
    """Each sandbox that works here."""
    sandbox = pytest.importorskip("grader.grading.sandbox", reason="sandboxes are Linux only")
    box = getattr(sandbox, request.param)()
    try:
        box.probe()
    except sandbox.NoSandbox as reason:
        pytest.skip(f"{box.name} does not work here: {reason}")
    return box


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("submitted")


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: builds the whole chapter")


def pytest_collection_modifyitems(items):
    """While an exercise lacks something, what asks about all of them waits: one test says what it is."""
    if missing := lacking():
        wait = pytest.mark.skip(reason=f"tests/test_whole.py: {missing[0]}")
        for item in items:
            if not (item.path.name == "test_whole.py" or asks_about_one(item)):
                item.add_marker(wait)


def asks_about_one(item) -> bool:
    """Whether a test is about one exercise, which has a module and evidence."""
    params = item.callspec.params.values() if hasattr(item, "callspec") else ()
    names = [getattr(param, "name", param) for param in params]
    return any(isinstance(name, str) and name in EXERCISES and name in EVIDENCE for name in names)


def define(source: str, names: dict | None = None) -> dict:
    """The names of a notebook in which a cell with this text was run, after the usual imports."""
    cell = f"<cell {next(cell_numbers)}>"
    linecache.cache[cell] = (len(source), None, source.splitlines(keepends=True), cell)
    names = {"__name__": "__main__", "np": np, "math": math} if names is None else names
    exec(compile(source, cell, "exec"), names)
    return names


def judged(name: str, names: dict, seed: int = 0, seconds: float = SECONDS):
    """The verdict on the exercise `name` in a notebook that has defined `names`."""
    exercise = EXERCISES[name]
    return judge(exercise, seed, run(make_plan(exercise, seed, seconds), names))


@cache
def judged_mistake(name: str, mistake: str, seed: int):
    """The verdict on one of the exercise's misconceptions."""
    exercise = EXERCISES[name]
    (code,) = (m.code for m in exercise.misconceptions if m.id == mistake)
    return judged(name, exercise.namespace(code), seed)


def judged_text(name: str, source: str, seed: int = 0, seconds: float = SECONDS):
    """The verdict on the answer cell with this text."""
    return judged(name, define(source), seed, seconds)


def checked_text(name: str, source: str, seed: int = 0, before: str = ""):
    """The verdict that `check` shows in a lesson: with the search for a repair. `before` are other cells."""
    names = define(source, define(before) if before else None)
    exercise = EXERCISES[name]
    record = run(make_plan(exercise, seed, SECONDS), names)
    return judge(exercise, seed, record, ask=lambda plan: run(plan, names))


def only_finding(verdict) -> Finding:
    (finding,) = verdict.findings
    return finding


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["list", "array", "<f8", "nan", "AAAA", "error", "TimeLimit"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=4)
            | st.sampled_from(
                [
                    "list",
                    "tuple",
                    "array",
                    "scalar",
                    "dtype",
                    "shape",
                    "float",
                    "other",
                    "error",
                    "value",
                    "changed",
                    "type",
                    "message",
                    "0",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)
