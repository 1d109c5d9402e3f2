"""The ReLU of a list of numbers, with max. What `relu_if` gets wrong goes wrong here too."""

from ..exercise import Exercise, one_part
from .lists import SMALL, draw_list

EXERCISE = Exercise(
    name="relu_max",
    lesson="01_relu_loop",
    number=2,
    kind="function",
    parts=one_part(1),
    signature="relu_max(inputs)",
    reward="The same numbers as with if: max(0, x) is the whole rule, on lists of any length.",
)


@EXERCISE.small_cases
def _():
    for inputs in SMALL:
        yield EXERCISE.case(list(inputs))


@EXERCISE.random_cases
def _(rng):
    for _ in range(20):
        yield EXERCISE.case(draw_list(rng))


@EXERCISE.reference
def relu_max(inputs):
    return [max(0, i) for i in inputs]


@EXERCISE.second_way
def _(inputs):
    """The brackets hold the loop and its `append` in one line."""
    return [max(0, number) for number in inputs]


@EXERCISE.misconception
def largest_of_the_list(inputs):
    """The largest number of the whole list stands in every place.

    `max(inputs)` looks at all numbers at once; ReLU compares each of them with 0 alone.

    Try: max of 0 and the number of that round.
    """
    return [max(inputs) for _ in inputs]


@EXERCISE.misconception
def list_into_max(inputs):
    """The whole list went into max, together with 0.

    `max(0, inputs)` would have to say which is larger, a list or a number. There is no answer.

    Try: loop over the list and call max(0, number) for each number.
    """
    return max(0, inputs)
