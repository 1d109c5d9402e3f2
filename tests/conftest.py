"""What several tests need: where things lie, and a way to judge an answer given as text."""

import itertools
import linecache
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from grader.course import CHAPTER, EXERCISES
from grader.judging.judge import judge, make_plan
from grader.judging.probe import run

ROOT = Path(__file__).resolve().parent.parent
MASTERS = sorted((ROOT / "solutions" / CHAPTER).glob("*.md"))
SOLVED = [master.with_suffix(".ipynb") for master in MASTERS]
STUDENT = [ROOT / "notebooks" / CHAPTER / path.name for path in SOLVED]

SECONDS = 120  # far above what any answer takes: a slow machine must not decide

settings.register_profile("same every time", deadline=None, derandomize=True)
settings.load_profile("same every time")

cell_numbers = itertools.count(1)


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


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: builds the whole chapter")


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
