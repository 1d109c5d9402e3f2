"""Softmax of one sample, in NumPy."""

import math

import numpy as np

from ..exercise import Exercise, one_part
from ..mistakes import recurring
from .samples import SAMPLE, draw_sample

EXERCISE = Exercise(
    name="softmax_vector",
    lesson="04_softmax_sample",
    number=3,
    kind="function",
    parts=one_part(1),
    signature="softmax_vector(layer_outputs)",
    reward="Positive, summing to 1, in the order of the inputs: probabilities of three classes, or of ten.",
    traits=frozenset({"sums to 1"}),
)


@EXERCISE.small_cases
def _():
    for layer_outputs in ([0.0, 0.0], [1.0, 2.0], [1.0, 2.0, 3.0], [-1.0, 0.0, 2.0], SAMPLE):
        yield EXERCISE.case(np.array(layer_outputs))
    for layer_outputs in ([1, 0, 2], [3.0]):
        yield EXERCISE.case(np.array(layer_outputs), is_edge=True)


@EXERCISE.random_cases
def _(rng):
    for _ in range(15):
        yield EXERCISE.case(draw_sample(rng))


@EXERCISE.reference
def softmax_vector(layer_outputs):
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values)


@EXERCISE.second_way
def _(layer_outputs):
    """A power happens in every place of an array, as all arithmetic does."""
    exp_values = math.e**layer_outputs
    return exp_values / np.sum(exp_values)


@EXERCISE.misconception
def raw_sum(layer_outputs):
    """The exponentials are divided by the sum of the scores themselves.

    Shares sum to 1 only if each part is divided by the sum of those same parts.

    Try: sum the exponentials: exp_values / np.sum(exp_values).
    """
    return np.exp(layer_outputs) / np.sum(layer_outputs)


@EXERCISE.misconception
def divided_before(layer_outputs):
    """The scores were divided by their sum before the exponential was taken.

    The order matters: e to the power of shares does not sum to 1.

    Try: the exponential first, then the division.
    """
    return np.exp(layer_outputs / np.sum(layer_outputs))


@EXERCISE.misconception
def no_exponential(layer_outputs):
    """The scores themselves are divided by their sum; the exponential is missing.

    Scores may be below 0, and so may their sum; e to the power of them never is.

    Try: first np.exp, then divide.
    """
    return layer_outputs / np.sum(layer_outputs)


@EXERCISE.misconception
def not_normalised(layer_outputs):
    """What came out is the exponentials, not divided by their sum.

    Probabilities sum to 1.

    Try: exp_values / np.sum(exp_values).
    """
    return np.exp(layer_outputs)


@EXERCISE.misconception
def sigmoid(layer_outputs):
    """That is the sigmoid: it looks at each number alone.

    Softmax compares the numbers with each other, so that they share a total of 1.

    Try: np.exp, then divide by the sum.
    """
    return 1 / (1 + np.exp(-layer_outputs))


@EXERCISE.misconception
def log_of_the_softmax(layer_outputs):
    """That is the logarithm of the softmax.

    Logarithms of probabilities are negative; here the probabilities themselves are asked for.

    Try: leave out np.log.
    """
    return np.log(softmax_vector(layer_outputs))


@EXERCISE.misconception
def divided_by_largest_exponential(layer_outputs):
    """The exponentials are divided by the largest, not by their sum.

    Then the largest becomes 1, and the sum is more than 1.

    Try: divide by np.sum(exp_values).

    Only where: /
    """
    return np.exp(layer_outputs) / np.max(np.exp(layer_outputs))


@EXERCISE.misconception
def largest_exponential_subtracted(layer_outputs):
    """The largest exponential is subtracted from the exponentials.

    Then one share is 0, and the others are negative before the division.

    Try: leave out the subtraction: it is not asked for.
    """
    exp_values = np.exp(layer_outputs)
    shifted = exp_values - np.max(exp_values)
    return shifted / np.sum(shifted)


@EXERCISE.misconception
def shifted_denominator(layer_outputs):
    """The maximum is subtracted on one side of the division only.

    Numerator and denominator need the same shift, or the rows no longer sum to 1.

    Try: shift first, exponentiate once, and use that same array twice.
    """
    return np.exp(layer_outputs - np.max(layer_outputs)) / np.sum(np.exp(layer_outputs))


@EXERCISE.misconception
def softmax_of_the_negative(layer_outputs):
    """The order is the wrong way round: the largest input gets the smallest share.

    The exponent has a minus before the scores, so that the large ones become small.

    Try: np.exp(layer_outputs).
    """
    return softmax_vector(-layer_outputs)


@EXERCISE.misconception
def one_hot(layer_outputs):
    """The largest got 1 and all others 0.

    That is the choice, not the probabilities: softmax also says how close the others are.

    Try: np.exp, then divide by the sum.
    """
    return (layer_outputs == layer_outputs.max()).astype(float)


@EXERCISE.misconception
def axis_one(layer_outputs):
    r"""axis=1 does not exist here: one sample of shape (k,) has only axis 0.

    An axis says which numbers of a batch belong together; in one sample all of them do.

    Try: np.sum(exp_values), without an axis.

    Only where: axis *= *1|, *1\b
    """
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
def kept_as_a_row(layer_outputs):
    """The numbers are right, but there is one axis too many.

    One sample has the shape (k,), going in and coming out.

    Try: leave out reshape, [None, :] and double brackets.
    """
    return softmax_vector(layer_outputs)[None, :]


@EXERCISE.misconception
def list_result(layer_outputs):
    """The result is a list; a NumPy array is asked for.

    This exercise is the step from plain Python to NumPy.

    Try: np.exp(layer_outputs) gives an array, and an array divided by a number is one too.
    """
    return softmax_vector(layer_outputs).tolist()


@EXERCISE.misconception
def powers_of_two(layer_outputs):
    """These are powers of 2, not of e.

    The base decides how strongly differences are stretched; softmax uses e = 2.718...

    Try: np.exp.
    """
    return 2.0**layer_outputs / np.sum(2.0**layer_outputs)


@EXERCISE.misconception
def softmax_twice(layer_outputs):
    """Softmax was applied twice.

    The second time it flattens the probabilities towards each other.

    Try: apply it once.
    """
    return softmax_vector(softmax_vector(layer_outputs))


@EXERCISE.misconception
def e_as_271(layer_outputs):
    """The number e is typed with too few digits.

    2.71 instead of 2.718281828... changes the shares in the third digit.

    Try: np.exp.
    """
    return 2.71**layer_outputs / np.sum(2.71**layer_outputs)


recurring(EXERCISE, only=("rounded_to_2", "rounded_to_3", "rounded_to_4"))
