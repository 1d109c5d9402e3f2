"""The same answer gets the same verdict and the same words whatever cases are drawn.

Here a part of all known answers is judged; `make seeds` judges all of them. What is reckoned for the cases
of a seed serves all answers to an exercise, so the seeds are gone through one after the other.
"""

import os
from collections import defaultdict

import pytest
from conftest import EXERCISES, checked_text, define, judged

from grader.judging import repair
from tests.exercises import EVIDENCE
from tests.test_repair import SLIPS, slip

SEEDS = range(50)
WHOLE = bool(os.environ.get("WHOLE"))
EACH = 1 if WHOLE else 80
"""Of how many answers one is judged."""


def of_each_exercise(pairs):
    """Parameters: an exercise's name, and what of it is judged."""
    chosen = defaultdict(list)
    for name, what in list(pairs)[::EACH]:
        chosen[name].append(what)
    return [pytest.param(name, several, id=name) for name, several in chosen.items()]


MISTAKES = of_each_exercise((e.name, m) for e in EXERCISES.values() for m in e.misconceptions)
RIGHT = of_each_exercise((n, text) for n, evidence in EVIDENCE.items() for text in evidence.right.values())
SLIPPED = list(SLIPS)[:: 1 if WHOLE else 20]


def words(verdict):
    """What a verdict says, without numbers that were drawn."""
    told = [(f.id, f.title, f.why, f.hint, f.question, f.before, f.after) for f in verdict.findings]
    return verdict.status, verdict.points, tuple(told)


@pytest.mark.parametrize(("name", "mistakes"), MISTAKES)
def test_a_mistake_is_explained_alike_for_every_seed(name, mistakes):
    exercise, said = EXERCISES[name], defaultdict(set)
    for seed in SEEDS:
        for mistake in mistakes:
            said[mistake.id].add(words(judged(name, exercise.namespace(mistake.code), seed)))
    assert {one: told for one, told in said.items() if len(told) > 1} == {}


@pytest.mark.parametrize(("name", "answers"), RIGHT)
def test_a_right_answer_is_right_for_every_seed(name, answers):
    defined = [define(text) for text in answers]
    wrong = [
        (seed, text)
        for seed in SEEDS
        for text, names in zip(answers, defined)
        if judged(name, names, seed).status != "right"
    ]
    assert wrong == []


@pytest.mark.parametrize("edit", SLIPPED)
def test_a_slip_gets_the_same_repair_for_every_seed(edit, monkeypatch):
    monkeypatch.setattr(repair, "SECONDS", 60)
    name, text, before = slip(edit)
    said = set()
    for seed in SEEDS[:: 5 if WHOLE else 15]:
        repair.FOUND.own.clear()  # what was found for another seed must not help
        said.add(words(checked_text(name, text, seed, before)))
    assert len(said) == 1
