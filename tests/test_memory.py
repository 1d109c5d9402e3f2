"""The judge judges the exercise that it is given, and no other that bears its name."""

from dataclasses import replace

import numpy as np

from grader.course import EXERCISES
from grader.judging.judge import judge, make_plan
from grader.judging.memory import MAX_SEEDS, memory_of
from grader.judging.probe import run


def doubled():
    """An exercise that shares nothing with the course's but its name."""
    exercise = replace(EXERCISES["relu_if"], misconceptions=[])
    exercise.reference(lambda inputs: [2 * x for x in inputs])
    exercise.small_cases(lambda: [exercise.case([1, -2])])
    exercise.random_cases(lambda rng: [exercise.case(rng.normal(0, 1, 3).tolist())])
    return exercise


def test_an_exercise_of_the_same_name_is_judged_by_its_own_reference():
    exercise = doubled()
    names = {"relu_if": lambda inputs: [x + x for x in inputs]}
    for which, points in ((EXERCISES["relu_if"], 0), (exercise, 1), (EXERCISES["relu_if"], 0)):
        assert judge(which, 3, run(make_plan(which, 3), names)).points == points


def test_what_is_remembered_stays_small():
    exercise = doubled()
    for seed in range(3 * MAX_SEEDS):
        memory_of(exercise, seed)
    assert len(exercise.remembered) == MAX_SEEDS
    assert memory_of(exercise, seed) is memory_of(exercise, seed)
    assert np.array_equal(memory_of(exercise, 0).expected[0].seen[0].value, [2, -4])
