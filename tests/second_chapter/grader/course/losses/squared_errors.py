"""How far each number is from what it should be, squared."""

import numpy as np

from ..exercise import Exercise, one_part
from ..mistakes import recurring

EXERCISE = Exercise(
    name="squared_errors",
    lesson="01_squared_error",
    kind="function",
    parts=one_part(1),
    signature="squared_errors(outputs, targets)",
    reward="Too much and too little cost the same, and far off costs more than near.",
)

SMALL = (([[1.0, 2.0]], [[3.0, 2.0]]), ([[0.5], [-1.0]], [[0.0], [1.0]]))


@EXERCISE.small_cases
def _():
    for outputs, targets in SMALL:
        yield EXERCISE.case(np.array(outputs), np.array(targets))


@EXERCISE.random_cases
def _(rng):
    for _ in range(10):
        yield EXERCISE.case(rng.normal(0, 5, (3, 4)), rng.normal(0, 5, (3, 4)))


@EXERCISE.reference
def squared_errors(outputs, targets):
    return (outputs - targets) ** 2


@EXERCISE.misconception
def only_the_differences(outputs, targets):
    """The differences are not squared.

    Some are negative, and in a sum they would hide others.

    Try: ** 2.
    """
    return outputs - targets


recurring(EXERCISE)
