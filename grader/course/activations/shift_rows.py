"""Each row minus its own maximum."""

import numpy as np

from ..exercise import Exercise, one_part
from .batches import BATCH, EDGES, draw_batch
from .network import softmax

EXERCISE = Exercise(
    name="shift_rows",
    lesson="06_softmax_overflow",
    kind="function",
    parts=one_part(1),
    signature="shift_rows(layer_outputs)",
    reward="The largest number of every row is 0 now, the distances are kept, and the batch you were "
    "given is as it was.",
)


@EXERCISE.small_cases
def _():
    for batch in (
        np.array([[1.0, 2.0, 3.0, 0.0, -1.0, 2.5, 0.5]]),
        np.array([[1.0, 4.0], [10.0, 7.0], [-2.0, -5.0]]),
        np.array([[1000.0, 990.0, 0.0], [-1000.0, -1003.0, -999.0]]),
        np.array([[1, 5, 2], [0, -3, -1]]),
        np.array([[-3.0, -1.0, -2.0], [-0.5, -4.0, -6.0]]),
        BATCH,
    ):
        yield EXERCISE.case(batch)
    for batch in EDGES:
        yield EXERCISE.case(batch, is_edge=True)


@EXERCISE.random_cases
def _(rng):
    for _ in range(15):
        yield EXERCISE.case(draw_batch(rng) * 10 ** rng.uniform(0, 2))


@EXERCISE.reference
def shift_rows(layer_outputs):
    return layer_outputs - np.max(layer_outputs, axis=1, keepdims=True)


@EXERCISE.second_way
def _(layer_outputs):
    """None in the brackets puts a new axis of length 1 there, so (n,) becomes (n, 1)."""
    return layer_outputs - np.max(layer_outputs, axis=1)[:, None]


@EXERCISE.misconception
def maximum_of_the_batch(layer_outputs):
    """One maximum was subtracted from all rows: that of the whole batch.

    Then only one row has its largest number at 0. Another may lie so far below that all its
    exponentials vanish.

    Try: np.max(layer_outputs, axis=1, keepdims=True).
    """
    return layer_outputs - np.max(layer_outputs)


@EXERCISE.misconception
def largest_begins_at_zero(layer_outputs):
    """A row without a positive number comes back as it was.

    Where the search for the largest begins at 0, nothing negative is ever larger than that.

    Try: begin with a number of the row itself, or leave the search to np.max.
    """
    return layer_outputs - np.maximum(0, np.max(layer_outputs, axis=1, keepdims=True))


@EXERCISE.misconception
def maxima_of_the_columns(layer_outputs):
    """The maxima of the columns were subtracted.

    Down a column stand numbers of different samples; each sample is a row, and has a maximum of its own.

    Try: axis=1, with keepdims=True.
    """
    return layer_outputs - np.max(layer_outputs, axis=0, keepdims=True)


@EXERCISE.misconception
def no_keepdims(layer_outputs):
    """keepdims=True is missing, so the maxima do not line up with their rows.

    Without it they have the shape (n,), and NumPy lays them along the columns. Most
    batches give an error, then; a square one gives wrong numbers in silence.

    Try: np.max(layer_outputs, axis=1, keepdims=True).

    Only where: (?s)^(?!.*(sort|reshape|None|newaxis)).*(axis|(sum|max)[(]1[)]|, 1[)])
    """
    return layer_outputs - np.max(layer_outputs, axis=1)


@EXERCISE.misconception
def in_place(layer_outputs):
    """The result is right, but the batch you were given is changed as well.

    What is handed over is the caller's own array, and no copy: what is written into it, or into one of its
    rows, is written for the caller, too.

    Try: return layer_outputs - ..., which makes a new array.
    """
    layer_outputs -= np.max(layer_outputs, axis=1, keepdims=True)
    return layer_outputs


@EXERCISE.misconception
def row_minimum(layer_outputs):
    """The smallest number of each row was subtracted, not the largest.

    Then the smallest becomes 0, and the large ones stay large, which is what overflows.

    Try: np.max.
    """
    return layer_outputs - np.min(layer_outputs, axis=1, keepdims=True)


@EXERCISE.misconception
def row_mean(layer_outputs):
    """The mean of each row was subtracted, not its largest number.

    Then numbers above the mean are still positive, and may still overflow.

    Try: np.max.
    """
    return layer_outputs - np.mean(layer_outputs, axis=1, keepdims=True)


@EXERCISE.misconception
def argmax_for_max(layer_outputs):
    """The position of the largest number was subtracted, not the number.

    np.argmax says where it stands, np.max what it is.

    Try: np.max.
    """
    return layer_outputs - np.argmax(layer_outputs, axis=1, keepdims=True)


@EXERCISE.misconception
def the_other_way_round(layer_outputs):
    """All signs are the wrong way round.

    It is the row that is shifted down by its maximum: row minus maximum.

    Try: exchange the two sides of the minus.
    """
    return np.max(layer_outputs, axis=1, keepdims=True) - layer_outputs


@EXERCISE.misconception
def only_the_maxima(layer_outputs):
    """The result is the maxima alone.

    They still have to be subtracted from the rows; a comma where the minus belongs does this too.

    Try: layer_outputs - maxima.
    """
    return np.max(layer_outputs, axis=1, keepdims=True)


@EXERCISE.misconception
def divided(layer_outputs):
    """The rows are divided by their maximum.

    Dividing changes the distances between the numbers, subtracting does not.

    Try: a minus.
    """
    return layer_outputs / np.max(layer_outputs, axis=1, keepdims=True)


@EXERCISE.misconception
def added(layer_outputs):
    """The maximum is added.

    That makes large numbers larger still.

    Try: a minus.
    """
    return layer_outputs + np.max(layer_outputs, axis=1, keepdims=True)


@EXERCISE.misconception
def largest_magnitude(layer_outputs):
    """The largest magnitude was subtracted, so negative rows are shifted further down.

    In a row of negative numbers the largest is the one nearest to 0; abs picks the farthest.

    Try: leave out np.abs.
    """
    return layer_outputs - np.max(np.abs(layer_outputs), axis=1, keepdims=True)


@EXERCISE.misconception
def exponentiated_already(layer_outputs):
    """The exponential was taken as well.

    Here only the shift is asked for.

    Try: leave out np.exp.
    """
    return np.exp(shift_rows(layer_outputs))


@EXERCISE.misconception
def softmax_already(layer_outputs):
    """This is the whole softmax.

    Here only the shift is asked for: each row minus its own maximum.

    Try: leave out the exponential and the division.
    """
    return softmax(layer_outputs)


@EXERCISE.misconception
def not_shifted(layer_outputs):
    """The batch came back as it was.

    The largest number of every row should be 0 afterwards.

    Try: subtract np.max(layer_outputs, axis=1, keepdims=True).
    """
    return layer_outputs.copy()


@EXERCISE.misconception
def list_of_rows(layer_outputs):
    """The result is a list of rows; an array is asked for.

    The numbers are right, but a list has no shape and no axes.

    Try: np.array(rows) at the end.
    """
    return list(shift_rows(layer_outputs))


@EXERCISE.misconception
def raw_row_sum(layer_outputs):
    """The sum of each row was subtracted, not its largest number.

    The sum of a row may be smaller than its largest number, and then numbers above 0 are left.

    Try: np.max.
    """
    return layer_outputs - np.sum(layer_outputs, axis=1, keepdims=True)
