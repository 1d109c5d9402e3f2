"""What a card says of answers as beginners write them: each was read by somebody, with its cause.

Here a part of them is judged; `make seeds` judges all.
"""

import io
import os
from contextlib import redirect_stdout
from functools import cache

import pytest
from conftest import EXERCISES, SECONDS

from grader.judging import repair
from grader.judging.judge import judge, make_plan
from grader.judging.probe import run
from tests.slips import define, notebook_of, slips_of

EACH = 1 if os.environ.get("WHOLE") else 12
"""Of how many slips one is judged."""

SLIPS = [pytest.param(s, id=f"{s.exercise}-{s.what}") for name in EXERCISES for s in slips_of(name)]

notebook = cache(notebook_of)


def card_of(slip, seed=3):
    """The verdict that `check` shows in the lesson."""
    exercise, names = EXERCISES[slip.exercise], dict(notebook(slip.exercise))
    with redirect_stdout(io.StringIO()):
        error = define(slip.text, names)
    seconds = min(SECONDS, 5) if "while " in slip.text else SECONDS  # without an end a list grows large
    record = run(make_plan(exercise, seed, seconds), names)
    return judge(exercise, seed, record, error, lambda plan: run(plan, names), answer=slip.text)


def cause_of(verdict):
    """What a card names, in the words of the files."""
    if verdict.status == "right":
        return "right"
    finding = verdict.findings[0]
    return " + ".join(finding.edits) or finding.id.partition(".")[2] or "walk"


@pytest.mark.parametrize("slip", SLIPS[::EACH])
def test_a_card_names_the_cause_that_somebody_found_true(slip, monkeypatch):
    monkeypatch.setattr(repair, "SECONDS", 0 if slip.cause == "walk" else 60)  # in more time more is found
    assert cause_of(card_of(slip)) == slip.cause


def test_most_causes_are_proven_or_named():
    wrong = [slip.values[0].cause for slip in SLIPS if slip.values[0].cause != "right"]
    assert len(wrong) > 500
    assert sum(cause != "walk" for cause in wrong) > 0.85 * len(wrong)
