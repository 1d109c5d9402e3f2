"""What one process has found for a wrong text, the others of its run need not search for."""

import os
import subprocess
import sys

from conftest import ROOT

from grader.course import EXERCISES
from grader.grading.crew import Processes
from grader.grading.records import Settings
from grader.grading.sandbox.base import Folder
from grader.grading.sandbox.confinement import choose_sandbox
from grader.judging import repair
from grader.judging.edits.table import TABLE
from grader.judging.known import Known, searches_in_vain

KEY = ("relu_if", (("relu_if", "def relu_if(inputs): ..."),), ("Layer",), "max", ("np", "numpy"))
REPAIR = ("a repair",)


def test_what_one_has_found_another_knows(tmp_path):
    one, other = Known(tmp_path), Known(tmp_path)
    assert other.of(KEY) == []
    one.keep(KEY, [REPAIR])
    assert other.of(KEY) == [REPAIR] and other.of((*KEY, "else")) == []
    assert Known().of(KEY) == []


def test_a_repair_tells_more_than_a_search_that_found_nothing_and_two_such_more_than_one(tmp_path):
    one, other = Known(tmp_path), Known(tmp_path)
    other.keep(KEY, ["ada", "bob"])
    one.keep(KEY, ["ada"])
    assert (one.of(KEY), other.of(KEY)) == (["ada"], ["ada", "bob"])
    one.keep(KEY, [REPAIR])
    assert other.of(KEY) == [REPAIR]


def test_what_one_student_s_code_has_said_counts_once():
    for known, count in (([], 0), (["ada"], 1), (["ada", "ada"], 1), (["ada", "bob"], 2)):
        assert searches_in_vain(known) == count
    assert searches_in_vain(["", ""]) == 2  # where there is only one


def test_a_folder_that_is_gone_costs_nothing(tmp_path):
    known = Known(tmp_path / "gone")
    known.keep(KEY, [REPAIR])
    assert known.of(KEY) == [REPAIR] and Known(tmp_path / "gone").of(KEY) == []


LOOKED_AT = """
from grader.judging import repair
from grader.judging.look import Look
text, modules = "def f(x): return sum(max(x), np.abs(x))", {"np": "numpy", "m": "math", "os": "os"}
look = Look((("f", text, 3),), modules, ("A", "B"), ("f", "sum", "max", "other"))
print(repr(repair.surroundings(look)))
"""


def test_each_process_calls_an_answer_by_the_same_key():
    keys = {
        subprocess.run(
            [sys.executable, "-c", LOOKED_AT],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(keys) == 1 and b"'max'" in keys.pop()


def share(exercise):
    """In a worker: where it shares what it knows, and whether a repair can be shared."""
    trial = 0, repair.Candidate("text", (next(iter(TABLE.values())),), ("",), cost=1, line=1)
    repair.FOUND.keep(exercise, [trial])
    return repair.FOUND.folder, Known(repair.FOUND.folder).of(exercise) == [trial]


def test_the_workers_of_a_run_share_a_folder_that_ends_with_it(tmp_path, confined):
    with Processes(2, Settings(tmp_path, 1, choose_sandbox(False)[0])) as processes:
        told = [processes.submit(share, name).result() for name in EXERCISES]
    ((folder, works),) = set(told)
    assert works and not folder.exists()
    assert Folder.NAME.fullmatch(folder.name)  # which the next run removes where this one is killed
