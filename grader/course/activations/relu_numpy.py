"""The ReLU of an array."""

import numpy as np

from ..exercise import Exercise, one_part
from ..mistakes import also_wrong_in
from . import activation_relu
from .arrays import SMALL, draw_array

EXERCISE = Exercise(
    name="relu_numpy",
    lesson="02_relu_numpy",
    kind="function",
    parts=one_part(1),
    signature="relu_numpy(inputs)",
    reward="One line for arrays of one, two or three axes; fractions kept, and the input is as it was.",
)


@EXERCISE.small_cases
def _():
    for inputs in SMALL:
        yield EXERCISE.case(inputs)


@EXERCISE.random_cases
def _(rng):
    for _ in range(20):
        yield EXERCISE.case(draw_array(rng))


@EXERCISE.reference
def relu_numpy(inputs):
    return np.maximum(0, inputs)


@EXERCISE.second_way
def _(inputs):
    """In arithmetic, True counts as 1 and False as 0: what is multiplied by 1 stays, and what is multiplied
    by 0 is gone.
    """
    return inputs * (inputs > 0)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def np_max(inputs):
    """np.max stands where np.maximum is meant.

    np.max finds the largest element of one array, and its second argument is an axis. With
    np.max(0, inputs) it looks for the axis `inputs` of the number 0.

    Try: np.maximum(0, inputs), which compares two arrays element by element.
    """
    return np.max(0, inputs)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def max_over_axis_zero(inputs):
    """The largest of each column came out, not the ReLU.

    np.max(inputs, 0) takes its second argument for an axis: it looks down the columns for the
    largest element.

    Try: np.maximum, which compares each element with 0.
    """
    return np.max(inputs, 0)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def one_decision_for_the_array(inputs):
    """Python's `if` and `max` cannot decide about a whole array at once.

    `inputs > 0` is not one yes or no, but one for every element, and both want a single one.

    Try: an operation that works element by element, such as np.maximum or np.where.
    """
    return max(0, inputs)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def vectorized_scalar(inputs):
    """The fractions are cut off, by the type of the first result.

    np.vectorize takes the type of its first result for all of them. If the first result is the
    whole number 0, every later one becomes a whole number.

    Try: np.maximum(0, inputs); it keeps the type, and it is faster.
    """
    return np.vectorize(lambda x: x if x > 0 else 0)(inputs)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def cut_to_integers(inputs):
    """The fractions are cut off.

    An array of whole numbers has no room for a fraction, and int and astype(int) cut it off.

    Try: let NumPy choose the type: np.maximum(0, inputs).

    Only where: int|_like|dtype|vectorize
    """
    return np.maximum(0, inputs).astype(int)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def swapped_where(inputs):
    """It is the wrong way round: positive numbers become 0, negative ones stay.

    np.where(condition, a, b) takes a where the condition holds and b where it does not.

    Try: read it aloud: where inputs > 0, take inputs, else 0.
    """
    return np.where(inputs > 0, 0, inputs)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def changes_the_input(inputs):
    """The result is right, but the array you were given is changed as well.

    An array is handed over as it is, not as a copy: whoever writes into it writes into the caller's.

    Try: make a new array, as np.maximum does, or start with inputs.copy().
    """
    inputs[inputs < 0] = 0
    return inputs


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def nothing_changed(inputs):
    """The negative numbers come through unchanged.

    The ReLU lets nothing below 0 pass: every negative number becomes 0.

    Try: np.maximum(0, inputs).
    """
    return inputs.copy()


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def absolute_value(inputs):
    """The negative numbers lost their sign; they should become 0.

    That is the absolute value. The ReLU of -1 is 0.

    Try: np.maximum(0, inputs).
    """
    return np.abs(inputs)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def forgot_to_halve(inputs):
    """Every positive number is doubled.

    |x| + x is 2x for a positive x: the formula for the ReLU is (|x| + x) / 2.

    Try: divide by 2, or take np.maximum(0, inputs).

    Only where: abs
    """
    return np.abs(inputs) + inputs


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def the_mask_alone(inputs):
    """The result says where the numbers are positive, not what they are.

    `inputs > 0` is an array of True and False, and as numbers of 1 and 0.

    Try: multiply the inputs by it, or use np.maximum(0, inputs).
    """
    return inputs > 0


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def step_function(inputs):
    """Every positive number became 1.

    That is the step function: it only says whether a neuron fires. The ReLU keeps how strongly.

    Try: keep the number itself where it is positive.
    """
    return np.where(inputs > 0, 1.0, 0.0)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def only_the_positive(inputs):
    """The numbers that are not positive are left out; they should become 0.

    inputs[inputs > 0] picks the positive elements and flattens them, so the shape is lost.

    Try: np.maximum(0, inputs), or np.where with 0 as its third argument.
    """
    return inputs[inputs > 0]


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def only_not_negative(inputs):
    """The negative numbers are left out; they should become 0.

    inputs[inputs >= 0] picks elements and flattens them, so the shape is lost.

    Try: np.maximum(0, inputs), or np.where with 0 as its third argument.
    """
    return inputs[inputs >= 0]


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def leaky(inputs):
    """Negative numbers leave a small rest.

    That is the leaky ReLU, a relative of this one. Here a negative number becomes exactly 0.

    Try: np.maximum(0, inputs).
    """
    return np.where(inputs > 0, inputs, 0.01 * inputs)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def clipped_at_one(inputs):
    """Numbers above 1 are cut down to 1.

    The ReLU has a floor at 0 and no ceiling.

    Try: np.clip(inputs, 0, None), or np.maximum(0, inputs).
    """
    return np.clip(inputs, 0, 1)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def clipped_at_six(inputs):
    """Large numbers are cut down to 6.

    That is ReLU6, used on small devices. The ReLU has a floor at 0 and no ceiling.

    Try: np.clip(inputs, 0, None), or np.maximum(0, inputs).
    """
    return np.clip(inputs, 0, 6)


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def flattened(inputs):
    """The numbers are right, but the shape is lost: everything stands in one row.

    ravel, flatten, or a loop over all elements gives one axis, whatever the array had.

    Try: np.maximum(0, inputs), which keeps the shape, or reshape the result like inputs.
    """
    return np.maximum(0, inputs).ravel()


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def as_a_list(inputs):
    """The result is a list; an array is asked for.

    The next layer multiplies it with a matrix, which a list cannot do.

    Try: leave out tolist(), or turn the finished list into an array with np.array.
    """
    return np.maximum(0, inputs).tolist()


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def one_largest_number(inputs):
    """One number came out: the largest of the array.

    np.max and inputs.max() look for the largest element. The ReLU compares each one with 0.

    Try: np.maximum(0, inputs), which gives as many numbers as went in.
    """
    return max(0, np.max(inputs))


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def sigmoid(inputs):
    """That is the sigmoid, another activation function.

    It squeezes every number between 0 and 1. The ReLU keeps positive numbers as they are.

    Try: np.maximum(0, inputs).
    """
    return 1 / (1 + np.exp(-np.asarray(inputs, dtype=float)))


@also_wrong_in(activation_relu.EXERCISE)
@EXERCISE.misconception
def rounded(inputs):
    """The numbers are rounded.

    Whoever goes on calculating with them needs them as they are.

    Try: leave out round; set the number of digits only where you print.
    """
    return np.round(np.maximum(0, inputs), 2)
