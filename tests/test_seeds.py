"""The same answer gets the same verdict and the same words whatever cases are drawn.

Here a part of all known answers is judged; `make seeds` judges all of them.
"""

import os

import pytest
from conftest import EXERCISES, checked_text, define, judged

from grader.judging import repair
from tests.exercises import EVIDENCE
from tests.test_repair import SLIPS, slip

SEEDS = range(50)
WHOLE = bool(os.environ.get("WHOLE"))
EACH = 1 if WHOLE else 80
"""Of how many answers one is judged."""

MISTAKES = [(e.name, m.id) for e in EXERCISES.values() for m in e.misconceptions][::EACH]
RIGHT = [(name, style) for name, evidence in EVIDENCE.items() for style in evidence.right][::EACH]
SLIPPED = list(SLIPS)[:: 1 if WHOLE else 20]


def words(verdict):
    """What a verdict says, without numbers that were drawn."""
    told = [(f.id, f.title, f.why, f.hint, f.question, f.before, f.after) for f in verdict.findings]
    return verdict.status, verdict.points, tuple(told)


@pytest.mark.parametrize(("name", "mistake"), MISTAKES)
def test_a_mistake_is_explained_alike_for_every_seed(name, mistake):
    (code,) = (m.code for m in EXERCISES[name].misconceptions if m.id == mistake)
    said = {words(judged(name, EXERCISES[name].namespace(code), seed)) for seed in SEEDS}
    assert len(said) == 1


@pytest.mark.parametrize(("name", "style"), RIGHT)
def test_a_right_answer_is_right_for_every_seed(name, style):
    names = define(EVIDENCE[name].right[style])
    assert {judged(name, names, seed).status for seed in SEEDS} == {"right"}


@pytest.mark.parametrize("edit", SLIPPED)
def test_a_slip_gets_the_same_repair_for_every_seed(edit, monkeypatch):
    monkeypatch.setattr(repair, "SECONDS", 60)
    name, text, before = slip(edit)
    said = set()
    for seed in SEEDS if WHOLE else SEEDS[:4]:
        repair.FOUND.own.clear()  # what was found for another seed must not help
        said.add(words(checked_text(name, text, seed, before)))
    assert len(said) == 1
