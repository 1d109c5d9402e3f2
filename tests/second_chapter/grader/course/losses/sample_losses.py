"""One loss for each sample: the mean of its squared errors."""

import numpy as np

from ..exercise import Exercise, one_part
from .squared_errors import SMALL

EXERCISE = Exercise(
    name="sample_losses",
    lesson="01_squared_error",
    number=2,
    kind="function",
    parts=one_part(2),
    signature="sample_losses(outputs, targets)",
    reward="One number for each sample.",
)


@EXERCISE.small_cases
def _():
    for outputs, targets in SMALL:
        yield EXERCISE.case(np.array(outputs), np.array(targets))


@EXERCISE.random_cases
def _(rng):
    for _ in range(10):
        yield EXERCISE.case(rng.normal(0, 5, (3, 4)), rng.normal(0, 5, (3, 4)))


@EXERCISE.reference
def sample_losses(outputs, targets):
    return np.mean((outputs - targets) ** 2, axis=1)


@EXERCISE.misconception
def of_the_whole_batch(outputs, targets):
    """One number came out for the whole batch.

    Without an axis np.mean takes all numbers of all samples together.

    Try: axis=1.
    """
    return np.mean((outputs - targets) ** 2)
