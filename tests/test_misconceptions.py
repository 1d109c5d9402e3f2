"""Every known mistake is caught and explained in words of its own; so are those that recur everywhere."""

from collections import defaultdict
from dataclasses import replace

import pytest
from conftest import SEEDS, every_exercise, judged, judged_mistake

from grader.course import EXERCISES
from grader.course.exercise import Misconception
from grader.course.mistakes import recurring
from tests.mutation.examine import keeps_the_contract

MISTAKES = [
    pytest.param(exercise, mistake, seed, id=f"{exercise.name}-{seed}-{mistake.id}")
    for exercise in EXERCISES.values()
    for seed in SEEDS
    for mistake in exercise.misconceptions
]


@pytest.mark.parametrize(("exercise", "mistake", "seed"), MISTAKES)
def test_a_misconception_is_caught_and_answered_with_its_own_explanation(exercise, mistake, seed):
    verdict = judged_mistake(exercise.name, mistake.id, seed)
    finding, *others = verdict.findings
    assert verdict.points < exercise.points
    assert verdict.status in ("partial", "wrong")
    assert others == [] and verdict.reward == ""
    assert (finding.title, finding.why, finding.hint) == (mistake.title, mistake.why, mistake.hint)
    assert finding.id in {
        f"{exercise.name}.{twin.id}"
        for twin in exercise.misconceptions
        if (twin.title, twin.why, twin.hint) == (mistake.title, mistake.why, mistake.hint)
    }
    assert finding.code and finding.got


@every_exercise
def test_every_misconception_has_title_reason_hint_and_an_id_of_its_own(exercise):
    ids = [mistake.id for mistake in exercise.misconceptions]
    assert len(ids) == len(set(ids)) > 0
    for mistake in exercise.misconceptions:
        for text in (mistake.title, mistake.why, mistake.hint):
            assert len(text) > 5 and text[-1] in ".?:)]", (mistake.id, text)


@every_exercise
def test_one_title_stands_for_one_advice(exercise):
    advice = defaultdict(set)
    for mistake in exercise.misconceptions:
        advice[mistake.title].add(mistake.hint)
    assert {title: hints for title, hints in advice.items() if len(hints) > 1} == {}


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "A title.",
        "A title.\n\nA reason.",
        "A title.\n\nTry: this.",
        "A title.\n\nA reason.\n\nTry: this.\n\nTry: that.",
    ],
)
def test_a_misconception_without_title_reason_or_one_hint_is_refused(text):
    def mistake():
        pass

    mistake.__doc__ = text
    with pytest.raises(ValueError, match="docstring"):
        Misconception.from_docstring(mistake)


# Mistakes that are made everywhere


def recurring_in(exercise):
    """The mistakes of the library that fit an exercise, also those which it says in words of its own."""
    bare = replace(exercise, misconceptions=[])
    recurring(bare)
    return bare.misconceptions


RECURRING = [
    pytest.param(exercise, mistake, id=f"{exercise.name}-{mistake.id}")
    for exercise in EXERCISES.values()
    for mistake in recurring_in(exercise)
]


@pytest.mark.parametrize(("exercise", "mistake"), RECURRING)
def test_a_recurring_mistake_is_one_in_every_exercise_that_it_fits(exercise, mistake):
    names = exercise.namespace(mistake.code)
    assert not keeps_the_contract(exercise.name, names)
    for seed in SEEDS:
        assert judged(exercise.name, names, seed).points < exercise.points
