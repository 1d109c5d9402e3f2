"""A class run finds the cause that a card names in the lesson, though it looks when all cells have run."""

import re

import pytest
from class_runs import Here, Run, answered, submit, verdicts
from conftest import EXERCISES
from taking_in import posix

from grader.course import LESSONS
from grader.grading.running import cells
from grader.judging import repair
from tests.slips import slips_of

pytestmark = posix
STUDENTS = 4
FUNCTIONS = {e.object_name for e in EXERCISES.values() if e.kind == "function"}


def mended(name):
    """Some slips that one small change mends, and that call no other answer, which is wrong here as well."""
    found = [
        slip
        for slip in slips_of(name)
        if slip.cause not in ("right", "walk") and not re.search(r"_|\+", slip.cause)
        if FUNCTIONS.intersection(re.findall(r"\w+", slip.text)) <= {EXERCISES[name].object_name}
    ]
    return found[:: len(found) // STUDENTS][:STUDENTS]


@pytest.fixture
def course(tmp_path):
    """Students who have answered each exercise with a slip; and its cause, by student and exercise."""
    causes = {}
    for number in range(STUDENTS):
        for lesson in LESSONS:
            slips = {e.name: mended(e.name)[number] for e in EXERCISES.values() if e.lesson == lesson}
            causes |= {(f"s{number}", name): slip.cause for name, slip in slips.items()}
            texts = {name: slip.text for name, slip in slips.items()}
            submit(tmp_path, f"s{number}", answered(lesson, **texts), lesson=lesson)
    return tmp_path, causes


def test_causes_in_a_class_are_those_of_the_cards(course, confined, monkeypatch):
    monkeypatch.setattr(repair, "SECONDS", 60)  # a slow machine finds as much
    monkeypatch.setattr(cells.Searched, "less_than", lambda *limits: True)
    path, causes = course
    run = Run(path, executor=Here())
    found = {
        (student, name): " + ".join(verdict.findings[0].edits)
        for student, outcome in run.outcomes.items()
        for name, verdict in verdicts(outcome).items()
    }
    assert found == causes
