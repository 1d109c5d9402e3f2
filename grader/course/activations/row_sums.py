"""The sum of each row, in a column."""

import numpy as np

from ..exercise import Exercise, one_part
from .batches import EDGES, SMALL, draw_batch

EXERCISE = Exercise(
    name="row_sums",
    lesson="05_softmax_batch",
    kind="function",
    parts=one_part(1),
    signature="row_sums(batch)",
    reward="One sum for each sample, standing in a column, so that each row can be divided by its own.",
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
def row_sums(batch):
    return np.sum(batch, axis=1, keepdims=True)


@EXERCISE.second_way
def _(batch):
    """The sum without keepdims is (n,). Then reshape arranges the same numbers in one column; -1 stands for
    as many rows as it takes.
    """
    return np.sum(batch, axis=1).reshape(-1, 1)


@EXERCISE.misconception
def without_keepdims(batch):
    """The sums are right, but they lie in a row, (n,), not in a column, (n, 1).

    Summing over axis 1 removes that axis. keepdims=True keeps it with length 1, and only then
    do the sums line up with the rows they belong to.

    Try: np.sum(batch, axis=1, keepdims=True).

    Only where: (?s)^(?!.*(sort|reshape|None|newaxis)).*(axis|sum[(]1[)]|, 1[)])
    """
    return np.sum(batch, axis=1)


@EXERCISE.misconception
def down_the_columns(batch):
    """These are the sums of the columns.

    The axis that is named is the one that disappears: axis=0 adds the rows together and leaves one
    number for each column.

    Try: axis=1, and keepdims=True.
    """
    return np.sum(batch, axis=0, keepdims=True)


@EXERCISE.misconception
def down_the_columns_flat(batch):
    """These are the sums of the columns.

    The axis that is named is the one that disappears: axis=0 adds the rows together and leaves one
    number for each column. Python's own sum does the same with a batch.

    Try: axis=1, and keepdims=True.
    """
    return np.sum(batch, axis=0)


@EXERCISE.misconception
def down_the_columns_upright(batch):
    """These are the sums of the columns, stood upright.

    One number for each column is not one for each sample, in whatever form they stand.

    Try: axis=1, with keepdims=True.
    """
    return np.sum(batch, axis=0)[:, None]


@EXERCISE.misconception
def everything(batch):
    """One number came out: the sum of everything.

    Without an axis np.sum adds up all elements of all samples.

    Try: axis=1, and keepdims=True.
    """
    return np.sum(batch)


@EXERCISE.misconception
def everything_kept(batch):
    """One number came out, in brackets: the sum of everything.

    keepdims=True keeps the axes, but without an axis np.sum adds up all elements of all samples.

    Try: add axis=1.
    """
    return np.sum(batch, keepdims=True)


@EXERCISE.misconception
def a_row_of_sums(batch):
    """The sums are right, but they lie in one row, (1, n), not in a column, (n, 1).

    A row of sums would be lined up with the columns of the batch.

    Try: keepdims=True, or reshape(-1, 1).
    """
    return np.sum(batch, axis=1)[None, :]


@EXERCISE.misconception
def means(batch):
    """These are the means of the rows, not the sums.

    np.mean also divides by the number of elements.

    Try: np.sum.
    """
    return np.mean(batch, axis=1, keepdims=True)


@EXERCISE.misconception
def maxima(batch):
    """These are the largest numbers of the rows, not the sums.

    np.max finds, np.sum adds.

    Try: np.sum.
    """
    return np.max(batch, axis=1, keepdims=True)


@EXERCISE.misconception
def of_the_exponentials(batch):
    """These are the sums of the exponentials.

    Here the numbers of the batch are added as they are; the exponential belongs to softmax.

    Try: leave out np.exp.
    """
    return np.sum(np.exp(batch), axis=1, keepdims=True)


@EXERCISE.misconception
def running_sums(batch):
    """These are running sums, one for every element.

    np.cumsum keeps every step on the way.

    Try: np.sum.
    """
    return np.cumsum(batch, axis=1)


@EXERCISE.misconception
def a_list_of_sums(batch):
    """The sums are right, but they stand in a list.

    A list cannot be divided by, and has no axes to line up.

    Try: np.sum(batch, axis=1, keepdims=True).
    """
    return [float(sum(row)) for row in batch]


@EXERCISE.misconception
def already_divided(batch):
    """The rows are divided by their sums already.

    Here only the sums are asked for, one for each row.

    Try: leave out the division.
    """
    return batch / batch.sum(axis=1, keepdims=True)
