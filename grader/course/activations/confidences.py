"""The probability of the chosen class."""

import numpy as np

from ..exercise import Exercise, one_part
from ..mistakes import recurring
from .network import softmax
from .probabilities import EDGES, SMALL, TIES, draw_probabilities

EXERCISE = Exercise(
    name="confidences",
    lesson="07_forward_pass",
    number=3,
    kind="function",
    parts=one_part(1),
    signature="confidences(probabilities)",
    reward="One number for each sample: how much of the whole the chosen class got.",
)


@EXERCISE.small_cases
def _():
    for probabilities in SMALL:
        yield EXERCISE.case(probabilities)
    for probabilities in (*EDGES, TIES):
        yield EXERCISE.case(probabilities, is_edge=True)


@EXERCISE.random_cases
def _(rng):
    for _ in range(15):
        yield EXERCISE.case(draw_probabilities(rng))


@EXERCISE.reference
def confidences(probabilities):
    return np.max(probabilities, axis=1)


@EXERCISE.second_way
def _(probabilities):
    """It takes from each row the number at the predicted place: that is the largest."""
    return np.array([row[np.argmax(row)] for row in probabilities])


@EXERCISE.misconception
def columns_instead(probabilities):
    """These are the largest numbers of the columns.

    Down a column stand the probabilities of different samples; each sample is a row.

    Try: axis=1.
    """
    return np.max(probabilities, axis=0)


@EXERCISE.misconception
def columns_kept(probabilities):
    """These are the largest numbers of the columns.

    Down a column stand the probabilities of different samples; each sample is a row.

    Try: axis=1.
    """
    return np.max(probabilities, axis=0, keepdims=True)


@EXERCISE.misconception
def doubt(probabilities):
    """This is 1 minus the confidence: the probability that the choice is wrong.

    The confidence is the probability of the class that was chosen.

    Try: leave out the 1 -.
    """
    return 1 - np.max(probabilities, axis=1)


@EXERCISE.misconception
def logarithm(probabilities):
    """These are logarithms of the confidences.

    The negative logarithm will be the loss, after this chapter. Here the probability itself is
    asked for.

    Try: leave out np.log.
    """
    return -np.log(np.max(probabilities, axis=1))


@EXERCISE.misconception
def one_for_the_batch(probabilities):
    """One number came out: the largest of the whole batch.

    Each sample has a confidence of its own.

    Try: axis=1.
    """
    return np.max(probabilities)


@EXERCISE.misconception
def position_not_value(probabilities):
    """These are the classes, not their probabilities.

    np.argmax says where the largest number stands, np.max says what it is.

    Try: np.max, or use the classes as an index.
    """
    return np.argmax(probabilities, axis=1)


@EXERCISE.misconception
def smallest_probability(probabilities):
    """These are the smallest probabilities.

    The confidence is the probability of the class that was chosen, the largest.

    Try: np.max.
    """
    return np.min(probabilities, axis=1)


@EXERCISE.misconception
def standing_in_a_column(probabilities):
    """The numbers are right, but they stand in a column, (n, 1).

    Here one flat row, (n,), is asked for.

    Try: leave out what keeps, or adds, the second axis.
    """
    return np.max(probabilities, axis=1, keepdims=True)


@EXERCISE.misconception
def whole_columns_picked(probabilities):
    """Too much was picked: whole columns instead of one number for each sample.

    A colon as the first index takes all rows, for every class that is named. To walk along both at
    once, both indices are needed.

    Try: two indices, the number of each row and its class: np.arange(len(probabilities)) is the first.
    """
    return probabilities[:, np.argmax(probabilities, axis=1)]


@EXERCISE.misconception
def rows_picked(probabilities):
    """The classes are taken for the numbers of rows.

    One index alone picks whole rows. Where no row has that number, it stops with an IndexError.

    Try: two indices, the number of each row and its class: np.arange(len(probabilities)) is the first.
    """
    return probabilities[np.argmax(probabilities, axis=1)]


@EXERCISE.misconception
def mean_probability(probabilities):
    """These are the means of the rows, which are always 1 divided by the number of classes.

    The confidence is the probability of the class that was chosen.

    Try: np.max.
    """
    return np.mean(probabilities, axis=1)


@EXERCISE.misconception
def sum_of_the_row(probabilities):
    """These are the sums of the rows, which are always 1.

    The confidence is the probability of the class that was chosen.

    Try: np.max.
    """
    return np.sum(probabilities, axis=1)


@EXERCISE.misconception
def lead_over_the_second(probabilities):
    """This is the lead over the second-best class.

    That is a useful number too; the confidence is the probability of the best one itself.

    Try: np.max(probabilities, axis=1).
    """
    ordered = np.sort(probabilities, axis=1)
    return ordered[:, -1] - ordered[:, -2]


@EXERCISE.misconception
def in_percent(probabilities):
    """These are percentages.

    A probability lies between 0 and 1.

    Try: leave out the factor 100.
    """
    return 100 * np.max(probabilities, axis=1)


@EXERCISE.misconception
def softmax_again(probabilities):
    """Softmax was applied again.

    What comes in here are probabilities already.

    Try: only look for the largest of each row.
    """
    return np.max(softmax(probabilities), axis=1)


@EXERCISE.misconception
def list_of_numbers(probabilities):
    """The numbers are right, but they stand in a list.

    Here an array of shape (n,) is asked for.

    Try: np.max(probabilities, axis=1), or np.array around the list.
    """
    return np.max(probabilities, axis=1).tolist()


recurring(EXERCISE, only=("rounded_to_1", "rounded_to_2"))
