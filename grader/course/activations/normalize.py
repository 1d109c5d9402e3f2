"""The numbers of a list, divided by their sum."""

import math

import numpy as np

from ..exercise import Exercise, one_part
from ..mistakes import recurring
from .samples import SAMPLE, draw_sample

EXERCISE = Exercise(
    name="normalize",
    lesson="04_softmax_sample",
    number=2,
    kind="function",
    parts=one_part(1),
    signature="normalize(exp_values)",
    reward="They sum to 1, and the ratio of any two numbers is what it was before.",
    traits=frozenset({"sums to 1"}),
)


@EXERCISE.small_cases
def _():
    for exp_values in ([1], [1, 3], [2.0, 2.0, 4.0], [0.1, 0.2, 0.7, 9.0], [math.e**x for x in SAMPLE]):
        yield EXERCISE.case(list(exp_values))


@EXERCISE.random_cases
def _(rng):
    for _ in range(15):
        yield EXERCISE.case(np.exp(draw_sample(rng)).tolist())


@EXERCISE.reference
def normalize(exp_values):
    norm_base = sum(exp_values)
    return [value / norm_base for value in exp_values]


@EXERCISE.second_way
def _(exp_values):
    """The sum is the same each time; but here it is added up anew for every number."""
    return [value / sum(exp_values) for value in exp_values]


@EXERCISE.misconception
def divided_by_the_largest(exp_values):
    """The numbers are divided by the largest, not by their sum.

    Then the largest becomes 1, and the sum is more than 1.

    Try: divide each by sum(exp_values).
    """
    return [value / max(exp_values) for value in exp_values]


@EXERCISE.misconception
def divided_by_the_count(exp_values):
    """The numbers are divided by how many there are, not by their sum.

    Then they sum to their mean, not to 1.

    Try: divide each by sum(exp_values).
    """
    return [value / len(exp_values) for value in exp_values]


@EXERCISE.misconception
def min_max_scaled(exp_values):
    """The numbers are stretched between 0 and 1.

    Minimum to 0, maximum to 1 is another way to scale; here the sum has to be 1.

    Try: divide each by sum(exp_values), and subtract nothing.
    """
    low, high = min(exp_values), max(exp_values)
    return [(value - low) / ((high - low) or 1) for value in exp_values]


@EXERCISE.misconception
def min_max_scaled_to_the_letter(exp_values):
    """The numbers are stretched between 0 and 1.

    Minimum to 0, maximum to 1 is another way to scale; here the sum has to be 1.

    Try: divide each by sum(exp_values), and subtract nothing.
    """
    low, high = min(exp_values), max(exp_values)
    return [(value - low) / (high - low) for value in exp_values]


@EXERCISE.misconception
def divided_by_itself(exp_values):
    """Each number is divided by itself, so 1 comes out for all of them.

    The share of a number is what it is of the sum of them all, and that sum is the same for all.

    Try: make the whole sum first, and divide by it afterwards.
    """
    return [value / value for value in exp_values]


@EXERCISE.misconception
def exponentials_again(exp_values):
    """The exponential was taken a second time.

    What comes in here are the exponentials already.

    Try: only divide by the sum.
    """
    values = [math.exp(min(v, 700)) for v in exp_values]
    return [value / sum(values) for value in values]


@EXERCISE.misconception
def running_sum(exp_values):
    """Each number is divided by the sum of those so far.

    The division stands in the same loop that adds up, so the sum is not complete yet.

    Try: two steps: first the whole sum, then a second loop that divides.
    """
    output, total = [], 0
    for value in exp_values:
        total += value
        output.append(value / total)
    return output


@EXERCISE.misconception
def changes_the_input(exp_values):
    """The result is right, but the list you were given is changed as well.

    A list is handed over as it is, not as a copy: whoever writes into it writes into the caller's.

    Try: append to a new list.
    """
    total = sum(exp_values)
    for i, value in enumerate(exp_values):
        exp_values[i] = value / total
    return exp_values


@EXERCISE.misconception
def sum_shrinks_on_the_way(exp_values):
    """The sum is taken anew in each round, after numbers have already been changed.

    `exp_values[i] /= sum(exp_values)` changes the list, so the next round divides by another sum;
    the caller's list is changed as well.

    Try: compute the sum once before the loop, and append to a new list.
    """
    for i in range(len(exp_values)):
        exp_values[i] = exp_values[i] / sum(exp_values)
    return exp_values


@EXERCISE.misconception
def list_divided_at_once(exp_values):
    """A list cannot be divided as a whole.

    `/` goes through an array element by element, but not through a list.

    Try: [value / sum(exp_values) for value in exp_values].
    """
    return exp_values / sum(exp_values)


@EXERCISE.misconception
def as_an_array_too(exp_values):
    """The result is an array; this exercise asks for a list.

    Here the steps are written out in plain Python once, before NumPy takes over.

    Try: append each quotient to a list.
    """
    return np.array(exp_values) / np.sum(exp_values)


@EXERCISE.misconception
def the_sum_alone(exp_values):
    """The result is the sum, one number.

    The sum is what each number is divided by.

    Try: [value / sum(exp_values) for value in exp_values].
    """
    return sum(exp_values)


@EXERCISE.misconception
def upside_down(exp_values):
    """The division is upside down: the sum stands above the line.

    A part divided by the whole is a share; the other way round it is more than 1.

    Try: value / total.
    """
    return [sum(exp_values) / value for value in exp_values]


@EXERCISE.misconception
def unit_length(exp_values):
    """The squares of the numbers sum to 1, not the numbers.

    That is the length of a vector. Probabilities themselves have to sum to 1.

    Try: divide by sum(exp_values), without squares and root.
    """
    length = math.sqrt(sum(v * v for v in exp_values))
    return [v / length for v in exp_values]


@EXERCISE.misconception
def percentages(exp_values):
    """These are percentages: they sum to 100.

    Probabilities sum to 1.

    Try: leave out the factor 100.
    """
    return [100 * v / sum(exp_values) for v in exp_values]


@EXERCISE.misconception
def nothing_done(exp_values):
    """The numbers came back as they were.

    They should sum to 1 afterwards.

    Try: divide each by sum(exp_values).
    """
    return list(exp_values)


@EXERCISE.misconception
def whole_division(exp_values):
    """`//` cuts off everything behind the point.

    A share is a number between 0 and 1, and whole division makes 0 of it.

    Try: a single /.

    Only where: //
    """
    return [v // sum(exp_values) for v in exp_values]


recurring(EXERCISE, only=("rounded_to_2", "rounded_to_3", "rounded_to_4"))
