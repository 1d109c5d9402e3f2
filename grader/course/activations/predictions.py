"""The class of each sample."""

import numpy as np

from ..exercise import Advice, Exercise, one_part
from .probabilities import EDGES, SMALL, TIES, draw_probabilities

EXERCISE = Exercise(
    name="predictions",
    lesson="07_forward_pass",
    number=2,
    kind="function",
    parts=one_part(1),
    signature="predictions(probabilities)",
    reward="One class for each sample: the position of the largest probability in its row.",
    advice={
        "whole": Advice(
            "The class indices are fractional numbers (floats).",
            "An index picks an element, so it has to be a whole number.",
            "np.argmax gives integers.",
        ),
    },
)


@EXERCISE.small_cases
def _():
    for probabilities in SMALL:
        yield EXERCISE.case(probabilities, compare="whole")
    for probabilities in EDGES:
        yield EXERCISE.case(probabilities, compare="whole", is_edge=True)
    yield EXERCISE.case(TIES, compare="places", is_edge=True)  # one class a sample, whichever of the two


@EXERCISE.random_cases
def _(rng):
    for _ in range(15):
        yield EXERCISE.case(draw_probabilities(rng), compare="whole")


@EXERCISE.reference
def predictions(probabilities):
    return np.argmax(probabilities, axis=1)


@EXERCISE.second_way
def _(probabilities):
    """A loop over a table hands out its rows, and each has one place of its own."""
    return np.array([np.argmax(row) for row in probabilities])


@EXERCISE.misconception
def down_the_columns(probabilities):
    """argmax looked down the columns: which sample is strongest for each class.

    Down a column stand the probabilities of different samples; each sample is a row and wants one class.

    Try: axis=1.
    """
    return np.argmax(probabilities, axis=0)


@EXERCISE.misconception
def down_the_columns_kept(probabilities):
    """argmax looked down the columns: which sample is strongest for each class.

    Down a column stand the probabilities of different samples; each sample is a row and wants one class.

    Try: axis=1.
    """
    return np.argmax(probabilities, axis=0, keepdims=True)


@EXERCISE.misconception
def one_position_for_all(probabilities):
    """One position came out, for the whole batch.

    Without an axis np.argmax flattens the batch and finds its one largest number.

    Try: axis=1.
    """
    return np.argmax(probabilities)


@EXERCISE.misconception
def value_not_position(probabilities):
    """These are the largest probabilities, not their classes.

    np.max says how large, np.argmax says where.

    Try: np.argmax.
    """
    return np.max(probabilities, axis=1)


@EXERCISE.misconception
def smallest(probabilities):
    """These are the least likely classes.

    np.argmin finds the smallest number of each row; also argsort begins with the smallest.

    Try: np.argmax.
    """
    return np.argmin(probabilities, axis=1)


@EXERCISE.misconception
def counted_from_one(probabilities):
    """The classes are counted from 1; they start at 0.

    An index of k would point behind the last of k classes.

    Try: leave out the + 1.
    """
    return np.argmax(probabilities, axis=1) + 1


@EXERCISE.misconception
def kept_as_a_column(probabilities):
    """The classes are right, but they stand in a column, (n, 1).

    Here one flat row of class indices, (n,), is asked for.

    Try: leave out what keeps, or adds, the second axis.
    """
    return np.argmax(probabilities, axis=1)[:, None]


@EXERCISE.misconception
def one_hot(probabilities):
    """The result marks the class of each sample with a 1 in a row of zeros.

    That is called one-hot. Here the index of the class is asked for, one number for each sample.

    Try: np.argmax(..., axis=1).
    """
    return (probabilities == probabilities.max(axis=1, keepdims=True)).astype(int)


@EXERCISE.misconception
def rounded_probabilities(probabilities):
    """Each probability became 0 or 1: 1 only where it is above one half.

    With three classes the largest may well be below one half, and becomes 0.

    Try: np.argmax(..., axis=1).
    """
    return np.round(probabilities)


@EXERCISE.misconception
def above_one_half(probabilities):
    """The result says which probabilities are above one half.

    With three classes the largest may be 0.36. What counts is which is the largest.

    Try: np.argmax(..., axis=1).
    """
    return probabilities > 0.5


@EXERCISE.misconception
def first_sample_only(probabilities):
    """Only the first sample got a class.

    Each row is a sample, and each wants one.

    Try: np.argmax(probabilities, axis=1).
    """
    return np.argmax(probabilities[0])


@EXERCISE.misconception
def ranks(probabilities):
    """The result ranks all classes of each sample.

    np.argsort sorts them all; here only the first place is asked for.

    Try: np.argmax(..., axis=1).
    """
    return np.argsort(probabilities, axis=1)


@EXERCISE.misconception
def both_coordinates(probabilities):
    """Rows and columns came out together.

    np.where and np.argwhere name row and column of each hit; here the column alone is asked for.

    Try: np.argmax(..., axis=1).
    """
    return np.argwhere(probabilities == probabilities.max(axis=1, keepdims=True))


@EXERCISE.misconception
def places_of_the_largest(probabilities):
    """The result is a tuple: the rows and the columns of the largest numbers.

    np.where with a condition alone gives the places where it is true: an array for each axis, and two places
    in a row whose largest number is there twice.

    Try: np.argmax(..., axis=1).
    """
    return np.where(probabilities == probabilities.max(axis=1, keepdims=True))


@EXERCISE.misconception
def list_of_classes(probabilities):
    """The classes are right, but they stand in a list.

    Here an array of shape (n,) is asked for; the accuracy will be computed from it.

    Try: np.argmax(probabilities, axis=1), or np.array around the list.
    """
    return np.argmax(probabilities, axis=1).tolist()
