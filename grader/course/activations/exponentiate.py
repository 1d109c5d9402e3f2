"""e ** x of each number of a list."""

import math

import numpy as np

from ..exercise import Exercise, one_part
from ..mistakes import recurring
from .normalize import normalize
from .samples import SAMPLE, draw_sample

EXERCISE = Exercise(
    name="exponentiate",
    lesson="04_softmax_sample",
    kind="function",
    parts=one_part(1),
    signature="exponentiate(layer_outputs)",
    reward="Every number is positive now, however negative it was, and the order of size is kept.",
)


@EXERCISE.small_cases
def _():
    for layer_outputs in ([0], [1], [2, -1], [0.5, 1.5, -2.5, 0.5], SAMPLE):
        yield EXERCISE.case(list(layer_outputs))


@EXERCISE.random_cases
def _(rng):
    for _ in range(15):
        yield EXERCISE.case(draw_sample(rng).tolist())


@EXERCISE.reference
def exponentiate(layer_outputs):
    return [math.e**output for output in layer_outputs]


@EXERCISE.second_way
def _(layer_outputs):
    """math.exp(x) is e to the power of x, so no e has to be written down."""
    return [math.exp(output) for output in layer_outputs]


@EXERCISE.misconception
def short_e(layer_outputs):
    """The number e is typed with too few digits.

    2.71 instead of 2.718281828... is wrong in the third digit, and the larger x is, the more it
    shows: at x = 4.8 already by more than one in a hundred.

    Try: math.e has all the digits a float can hold.
    """
    return [2.71**x for x in layer_outputs]


@EXERCISE.misconception
def shorter_e(layer_outputs):
    """The number e is typed with too few digits.

    2.7 instead of 2.718281828... is already wrong in the second decimal, and the larger x is, the
    more it shows.

    Try: math.e has all the digits a float can hold.
    """
    return [2.7**x for x in layer_outputs]


@EXERCISE.misconception
def e_to_three_digits(layer_outputs):
    """The number e is typed with too few digits.

    2.718 instead of 2.718281828... is wrong in the fourth decimal, and the larger x is, the more
    it shows.

    Try: math.e has all the digits a float can hold.
    """
    return [2.718**x for x in layer_outputs]


@EXERCISE.misconception
def e_to_five_digits(layer_outputs):
    """The number e is typed with too few digits.

    2.71828 looks exact, but the larger x is, the more its error shows.

    Try: math.e has all the digits a float can hold.
    """
    return [2.71828**x for x in layer_outputs]


@EXERCISE.misconception
def power_of_two(layer_outputs):
    """These are powers of 2, not of e.

    The base decides how strongly differences are stretched; softmax uses e = 2.718...

    Try: math.e ** x, or math.exp(x).
    """
    return [2**x for x in layer_outputs]


@EXERCISE.misconception
def power_of_ten(layer_outputs):
    """These are powers of 10, not of e.

    The base decides how strongly differences are stretched; softmax uses e = 2.718...

    Try: math.e ** x, or math.exp(x).
    """
    return [10**x for x in layer_outputs]


@EXERCISE.misconception
def base_and_exponent_swapped(layer_outputs):
    """Base and exponent are exchanged: that is x to the power of e.

    In e ** x, e stands in front. The other way round a negative x has no real result.

    Try: math.e ** x.
    """
    return [x**math.e for x in layer_outputs]


@EXERCISE.misconception
def e_times_x(layer_outputs):
    """That is e times x, not e to the power of x.

    One star multiplies, two stars raise to a power.

    Try: math.e ** x.
    """
    return [math.e * x for x in layer_outputs]


@EXERCISE.misconception
def squared(layer_outputs):
    """That is x squared, not e to the power of x.

    In e ** x the number from the list is the exponent.

    Try: math.e ** x.
    """
    return [x**2 for x in layer_outputs]


@EXERCISE.misconception
def negative_exponent(layer_outputs):
    """The sign of the exponent is the wrong way round.

    e ** -x makes large outputs small, so the order of size is reversed.

    Try: math.e ** x, without the minus.
    """
    return [math.e**-x for x in layer_outputs]


@EXERCISE.misconception
def whole_list_to_exp(layer_outputs):
    """A whole list went into math.exp, which takes one number.

    NumPy's np.exp takes all at once; the math module and the operator ** do not.

    Try: a loop, or [math.exp(x) for x in layer_outputs].
    """
    return math.exp(layer_outputs)


@EXERCISE.misconception
def list_as_exponent(layer_outputs):
    """A whole list stands in the exponent, where one number belongs.

    The operator ** does not go through a list by itself.

    Try: a loop, or [math.e ** x for x in layer_outputs].
    """
    return math.e**layer_outputs


@EXERCISE.misconception
def as_an_array(layer_outputs):
    """The result is an array; this exercise asks for a list.

    Here the steps are written out in plain Python once, before NumPy takes over.

    Try: append e ** x for each number to a list.
    """
    return np.exp(layer_outputs)


@EXERCISE.misconception
def already_normalised(layer_outputs):
    """The numbers are already divided by their sum.

    That is the next exercise. Here the bare exponentials are asked for.

    Try: leave the division to normalize.
    """
    return normalize(exponentiate(layer_outputs))


@EXERCISE.misconception
def shifted(layer_outputs):
    """The largest number was subtracted before the exponential.

    That is a good trick, and lesson 6 explains it. Here the bare e ** x is asked for.

    Try: leave out the subtraction.
    """
    return [math.exp(x - max(layer_outputs)) for x in layer_outputs]


@EXERCISE.misconception
def expm1(layer_outputs):
    """Every number is 1 too small.

    math.expm1 gives e ** x - 1.

    Try: math.exp.

    Only where: expm1
    """
    return [math.expm1(x) for x in layer_outputs]


recurring(EXERCISE, only=("rounded_to_2", "rounded_to_3", "rounded_to_4"))
