"""Softmax of a batch."""

import numpy as np

from ..exercise import Exercise, one_part
from ..mistakes import also_wrong_in, recurring
from . import activation_softmax
from .batches import BATCH, EDGES, SMALL, draw_batch

EXERCISE = Exercise(
    name="softmax_batch",
    lesson="05_softmax_batch",
    number=2,
    kind="function",
    parts=one_part(2),
    signature="softmax_batch(layer_outputs)",
    reward="Every row sums to 1, on batches that are not square too, where a missing keepdims shows.",
    traits=frozenset({"rows are probabilities"}),
)


@EXERCISE.small_cases
def _():
    for batch in SMALL:
        yield EXERCISE.case(batch)
    for batch in EDGES:
        yield EXERCISE.case(batch, is_edge=True)


@EXERCISE.random_cases
def _(rng):
    for _ in range(15):
        yield EXERCISE.case(draw_batch(rng))


@EXERCISE.reference
def softmax_batch(layer_outputs):
    exp_values = np.exp(layer_outputs - np.max(layer_outputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.second_way
def _(layer_outputs):
    """A loop over a table hands out its rows, and for each of them it is the softmax of lesson 4."""
    return np.array([np.exp(row) / np.sum(np.exp(row)) for row in layer_outputs])


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def no_axis(layer_outputs):
    """Everything was divided by one sum over the whole batch.

    For a single sample that is right. In a batch every row is a sample of its own and has to sum
    to 1 by itself; now the whole batch does.

    Try: np.sum(exp_values, axis=1, keepdims=True).
    """
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values)


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def down_the_columns_instead(layer_outputs):
    """The columns of the result sum to 1; it is the rows that should.

    A sum down a column adds numbers of different samples together; each sample is a row, and
    wants a total of its own.

    Try: axis=1, with keepdims=True.
    """
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values, axis=0, keepdims=True)


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def no_keepdims(layer_outputs):
    """keepdims=True is missing, so the sums do not line up with their rows.

    Without it the sums have the shape (n,), and NumPy lays them along the columns. Most
    batches give an error, then; a square one gives wrong numbers in silence.

    Try: np.sum(exp_values, axis=1, keepdims=True).

    Only where: (?s)^(?!.*(sort|reshape|None|newaxis)).*(axis|(sum|max)[(]1[)]|, 1[)])
    """
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values, axis=1)


@EXERCISE.misconception
def no_keepdims_on_the_maximum(layer_outputs):
    """keepdims=True is missing at the maximum, so the maxima do not line up with their rows.

    np.max(..., axis=1) has the shape (n,), and NumPy lays it along the columns.

    Try: np.max(layer_outputs, axis=1, keepdims=True).

    Only where: (?s)^(?!.*(sort|reshape|None|newaxis)).*(axis|(sum|max)[(]1[)]|, 1[)])
    """
    exp_values = np.exp(layer_outputs - np.max(layer_outputs, axis=1))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def shifted_after(layer_outputs):
    """The maximum is subtracted after the exponential.

    Then something else is divided than the shares of e ** x; the rows may still sum to 1. The
    shift changes nothing only inside the exponent.

    Try: np.exp(layer_outputs - maximum).
    """
    exp_values = np.exp(layer_outputs)
    exp_values = exp_values - np.max(layer_outputs, axis=1, keepdims=True)
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def largest_exponential_subtracted(layer_outputs):
    """The largest exponential is subtracted, after the exponential was taken.

    The shift changes nothing only inside the exponent; out here it makes one share 0.

    Try: np.exp(layer_outputs - maximum).
    """
    exp_values = np.exp(layer_outputs)
    exp_values = exp_values - np.max(exp_values, axis=1, keepdims=True)
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def divided_by_the_raw_sum(layer_outputs):
    """The exponentials are divided by the sums of the scores themselves.

    Shares sum to 1 only if each part is divided by the sum of those same parts.

    Try: sum exp_values, not layer_outputs.
    """
    return np.exp(layer_outputs) / np.sum(layer_outputs, axis=1, keepdims=True)


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def divided_before(layer_outputs):
    """The scores were divided by the sum of their row before the exponential was taken.

    The order matters: e to the power of shares does not sum to 1.

    Try: the exponential first, then the division.
    """
    return np.exp(layer_outputs / np.sum(layer_outputs, axis=1, keepdims=True))


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def raw_values_divided(layer_outputs):
    """The exponential is missing: the scores themselves are divided by their sums.

    Scores may be below 0, and so may their sum; e to the power of them never is.

    Try: np.exp first.
    """
    return layer_outputs / np.sum(layer_outputs, axis=1, keepdims=True)


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def not_divided(layer_outputs):
    """What came out is the exponentials, not divided by the sums of their rows.

    Probabilities sum to 1.

    Try: exp_values / np.sum(exp_values, axis=1, keepdims=True).
    """
    return np.exp(layer_outputs)


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def axis_to_exp(layer_outputs):
    """axis and keepdims went to np.exp, which does not know them.

    np.exp works on each element by itself; an axis is for what takes the numbers of a row together.

    Try: np.sum(np.exp(layer_outputs), axis=1, keepdims=True).
    """
    return np.exp(layer_outputs) / np.sum(np.exp(layer_outputs, axis=1, keepdims=True))


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def changes_the_input(layer_outputs):
    """The result is right, but the batch you were given is changed as well.

    An array is handed over as it is, not as a copy: whoever writes into it writes into the caller's.

    Try: layer_outputs = layer_outputs - ... makes a new array.
    """
    result = softmax_batch(layer_outputs)
    layer_outputs -= np.max(layer_outputs, axis=1, keepdims=True)
    return result


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def first_row_only(layer_outputs):
    r"""Only one sample came out.

    A return inside the loop over the rows ends the function in the first round.

    Try: return after the loop, or let axis=1 do the loop.

    Only where: \b(for|while)\b
    """
    return softmax_batch(layer_outputs)[0]


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def sigmoid_of_each(layer_outputs):
    """That is the sigmoid: it looks at each number alone.

    Softmax compares the numbers of a row with each other, so that they share a total of 1.

    Try: np.exp, then divide each row by its sum.
    """
    return 1 / (1 + np.exp(-layer_outputs))


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def divided_by_the_largest_share(layer_outputs):
    """The rows are divided by their largest exponential, not by their sum.

    Then the largest of each row becomes 1, and the row sums to more.

    Try: np.sum in place of np.max below the line.
    """
    exp_values = np.exp(layer_outputs)
    return exp_values / np.max(exp_values, axis=1, keepdims=True)


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def divided_inside(layer_outputs):
    """The inputs are divided by their maximum before the exponential.

    Subtracting the maximum changes no share, dividing by it changes them.

    Try: a minus in place of the division.
    """
    exp_values = np.exp(layer_outputs / np.max(layer_outputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def twice(layer_outputs):
    """Softmax was applied twice.

    The second time it flattens the probabilities towards each other.

    Try: apply it once.
    """
    return softmax_batch(softmax_batch(layer_outputs))


@EXERCISE.misconception
def logarithms(layer_outputs):
    """These are the logarithms of the probabilities.

    Here the probabilities themselves are asked for.

    Try: leave out np.log.
    """
    return np.log(softmax_batch(layer_outputs))


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def negative_exponents(layer_outputs):
    """The order is the wrong way round: the largest input gets the smallest share.

    The exponent has a minus before the scores, so that the large ones become small.

    Try: np.exp(layer_outputs).
    """
    return softmax_batch(-layer_outputs)


@EXERCISE.misconception
def transposed_result(layer_outputs):
    r"""Rows and columns of the result are exchanged.

    After one transpose the samples stand in the columns, and the result has to be turned back.

    Try: .T a second time; or none, with axis=1 and keepdims=True.

    Only where: \.T\b|transpose
    """
    return softmax_batch(layer_outputs).T


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def nested_list(layer_outputs):
    """The result is a list of rows; one array is asked for.

    The numbers are right, but a list has no shape and no axes.

    Try: np.array(rows) at the end.
    """
    return softmax_batch(layer_outputs).tolist()


@also_wrong_in(activation_softmax.EXERCISE)
@EXERCISE.misconception
def one_hot_rows(layer_outputs):
    """The largest of each row got 1 and all others 0.

    That is the choice, not the probabilities: softmax also says how close the others are.

    Try: np.exp, then divide by the row sums.
    """
    return (layer_outputs == layer_outputs.max(axis=1, keepdims=True)).astype(float)


@EXERCISE.misconception
def the_lessons_batch(layer_outputs):
    """The result is that of the batch in the lesson, whatever goes in.

    A variable of the notebook is used in the function, not its parameter.

    Try: use layer_outputs, and nothing from outside the function.
    """
    return softmax_batch(BATCH)


recurring(EXERCISE, only=("rounded_to_2", "rounded_to_3", "rounded_to_4"))
