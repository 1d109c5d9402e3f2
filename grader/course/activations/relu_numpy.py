"""Lesson 02: the ReLU of an array, then as a class of the network."""

import numpy as np

from ..exercise import Exercise, forward_case, function_case, one_part, two_objects_case

RELU_NUMPY = Exercise(
    name="relu_numpy",
    lesson="02_relu_numpy",
    kind="function",
    parts=one_part(1),
    signature="relu_numpy(inputs)",
    reward="One line for arrays of one, two or three axes; fractions kept, and the input is as it was.",
)
ACTIVATION_RELU = Exercise(
    name="activation_relu",
    lesson="02_relu_numpy",
    kind="class",
    parts=one_part(2),
    signature="Activation_ReLU()",
    reward="forward stores its result, and a second batch of another size replaces it cleanly.",
    object_name="Activation_ReLU",
)

SMALL = (
    np.array([[2.0, -1.0]]),
    np.array([-1, 0, 2]),
    np.array([1.5, -0.5, 0.0]),
    np.array([[1.0, -2.0, 3.5], [-0.5, 0.0, 4.0]]),
    np.array([0, 2, -1, 3.3, -2.7, 1.1, 2.2, -100]),
)


def draw_array(rng):
    """An array of one to three axes, never square, whole numbers now and then."""
    shape = tuple(rng.permutation([2, 3, 5])[: rng.integers(1, 4)])
    values = rng.normal(0, 10 ** rng.uniform(-1, 3), shape)
    return np.round(values).astype(int) if rng.random() < 0.2 else values


@RELU_NUMPY.small_cases
def _():
    for inputs in SMALL:
        yield function_case("relu_numpy", inputs)


@RELU_NUMPY.random_cases
def _(rng):
    for _ in range(20):
        yield function_case("relu_numpy", draw_array(rng))


@ACTIVATION_RELU.small_cases
def _():
    for inputs in SMALL:
        yield forward_case("Activation_ReLU", inputs)
    yield forward_case("Activation_ReLU", SMALL[0], SMALL[3])
    yield two_objects_case("Activation_ReLU", SMALL[0], SMALL[3])


@ACTIVATION_RELU.random_cases
def _(rng):
    for _ in range(12):
        yield forward_case("Activation_ReLU", draw_array(rng), draw_array(rng))


@RELU_NUMPY.reference
def relu_numpy(inputs):
    return np.maximum(0, inputs)


@ACTIVATION_RELU.reference
class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.maximum(0, inputs)


def in_both(function):
    """Decorator: wrong as a function, and wrong in the same way as the class's forward."""

    def forward(self, inputs):
        self.output = function(inputs)

    RELU_NUMPY.misconception(function)
    as_class = type(function.__name__, (), {"forward": forward, "__doc__": function.__doc__})
    ACTIVATION_RELU.misconception(as_class)
    return function


@in_both
def np_max(inputs):
    """np.max stands where np.maximum is meant.

    np.max finds the largest element of one array, and its second argument is an axis. With
    np.max(0, inputs) it looks for the axis `inputs` of the number 0.

    Try: np.maximum(0, inputs), which compares two arrays element by element.
    """
    return np.max(0, inputs)


@in_both
def max_over_axis_zero(inputs):
    """The largest of each column came out, not the ReLU.

    np.max(inputs, 0) takes its second argument for an axis: it looks down the columns for the
    largest element.

    Try: np.maximum, which compares each element with 0.
    """
    return np.max(inputs, 0)


@in_both
def one_decision_for_the_array(inputs):
    """Python's `if` and `max` cannot decide about a whole array at once.

    `inputs > 0` is not one yes or no, but one for every element, and both want a single one.

    Try: an operation that works element by element, such as np.maximum or np.where.
    """
    return max(0, inputs)


@in_both
def vectorized_scalar(inputs):
    """The fractions are cut off, by the type of the first result.

    np.vectorize takes the type of its first result for all of them. If the first result is the
    whole number 0, every later one becomes a whole number.

    Try: np.maximum(0, inputs); it keeps the type, and it is faster.
    """
    return np.vectorize(lambda x: x if x > 0 else 0)(inputs)


@in_both
def cut_to_integers(inputs):
    """The fractions are cut off.

    The result was put into an array of whole numbers, or made whole with int or astype(int).

    Try: let NumPy choose the type: np.maximum(0, inputs).
    """
    return np.maximum(0, inputs).astype(int)


@in_both
def swapped_where(inputs):
    """It is the wrong way round: positive numbers become 0, negative ones stay.

    np.where(condition, a, b) takes a where the condition holds and b where it does not. With
    np.minimum the same happens.

    Try: read it aloud: where inputs > 0, take inputs, else 0.
    """
    return np.where(inputs > 0, 0, inputs)


@in_both
def changes_the_input(inputs):
    """The result is right, but the array you were given is changed as well.

    An array is handed over as it is, not as a copy. `inputs[inputs < 0] = 0`, `inputs *= ...` and
    `out=inputs` write into the caller's array.

    Try: make a new array, as np.maximum does, or start with inputs.copy().
    """
    inputs[inputs < 0] = 0
    return inputs


@in_both
def nothing_changed(inputs):
    """The negative numbers come through unchanged.

    The ReLU lets nothing below 0 pass: every negative number becomes 0.

    Try: np.maximum(0, inputs).
    """
    return inputs.copy()


@in_both
def absolute_value(inputs):
    """The negative numbers lost their sign; they should become 0.

    That is the absolute value. The ReLU of -1 is 0.

    Try: np.maximum(0, inputs).
    """
    return np.abs(inputs)


@in_both
def forgot_to_halve(inputs):
    """Every positive number is doubled.

    |x| + x is 2x for a positive x: the formula for the ReLU is (|x| + x) / 2.

    Try: divide by 2, or take np.maximum(0, inputs).
    """
    return np.abs(inputs) + inputs


@in_both
def the_mask_alone(inputs):
    """The result says where the numbers are positive, not what they are.

    `inputs > 0` is an array of True and False, and as numbers of 1 and 0.

    Try: multiply the inputs by it, or use np.maximum(0, inputs).
    """
    return inputs > 0


@in_both
def step_function(inputs):
    """Every positive number became 1.

    That is the step function: it only says whether a neuron fires. The ReLU keeps how strongly.

    Try: keep the number itself where it is positive.
    """
    return np.where(inputs > 0, 1.0, 0.0)


@in_both
def only_the_positive(inputs):
    """The numbers that are not positive are left out; they should become 0.

    inputs[inputs > 0] picks the positive elements and flattens them, so the shape is lost.

    Try: np.maximum(0, inputs), or np.where with 0 as its third argument.
    """
    return inputs[inputs > 0]


@in_both
def only_not_negative(inputs):
    """The negative numbers are left out; they should become 0.

    inputs[inputs >= 0] picks elements and flattens them, so the shape is lost.

    Try: np.maximum(0, inputs), or np.where with 0 as its third argument.
    """
    return inputs[inputs >= 0]


@in_both
def leaky(inputs):
    """Negative numbers leave a small rest.

    That is the leaky ReLU, a relative of this one. Here a negative number becomes exactly 0.

    Try: np.maximum(0, inputs).
    """
    return np.where(inputs > 0, inputs, 0.01 * inputs)


@in_both
def clipped_at_one(inputs):
    """Numbers above 1 are cut down to 1.

    The ReLU has a floor at 0 and no ceiling.

    Try: np.clip(inputs, 0, None), or np.maximum(0, inputs).
    """
    return np.clip(inputs, 0, 1)


@in_both
def clipped_at_six(inputs):
    """Large numbers are cut down to 6.

    That is ReLU6, used on small devices. The ReLU has a floor at 0 and no ceiling.

    Try: np.clip(inputs, 0, None), or np.maximum(0, inputs).
    """
    return np.clip(inputs, 0, 6)


@in_both
def flattened(inputs):
    """The numbers are right, but the shape is lost: everything stands in one row.

    ravel, flatten, or a loop over all elements gives one axis, whatever the array had.

    Try: np.maximum(0, inputs), which keeps the shape, or reshape the result like inputs.
    """
    return np.maximum(0, inputs).ravel()


@in_both
def as_a_list(inputs):
    """The result is a list; an array is asked for.

    The next layer multiplies it with a matrix, which a list cannot do.

    Try: leave out tolist(), or turn the finished list into an array with np.array.
    """
    return np.maximum(0, inputs).tolist()


@in_both
def one_largest_number(inputs):
    """One number came out: the largest of the array.

    np.max and inputs.max() look for the largest element. The ReLU compares each one with 0.

    Try: np.maximum(0, inputs), which gives as many numbers as went in.
    """
    return max(0, np.max(inputs))


@in_both
def sigmoid(inputs):
    """That is the sigmoid, another activation function.

    It squeezes every number between 0 and 1. The ReLU keeps positive numbers as they are.

    Try: np.maximum(0, inputs).
    """
    return 1 / (1 + np.exp(-np.asarray(inputs, dtype=float)))


@in_both
def rounded(inputs):
    """The numbers are rounded.

    Whoever goes on calculating with them needs them as they are.

    Try: leave out round; set the number of digits only where you print.
    """
    return np.round(np.maximum(0, inputs), 2)


@ACTIVATION_RELU.misconception
class returned_not_stored:
    """forward returns the result, but does not store it.

    Layers hand their results on through the attribute `output`, so that the next layer, and later
    the training, can read it from the object.

    Try: self.output = ... instead of return.
    """

    def forward(self, inputs):
        return np.maximum(0, inputs)


@ACTIVATION_RELU.misconception
class local_variable:
    """The result is lost when forward ends.

    `output = ...` makes a variable that lives only inside the method. `self.output = ...` stores
    it on the object.

    Try: put self. in front of output.
    """

    def forward(self, inputs):
        output = np.maximum(0, inputs)  # noqa: F841 - the very mistake


@ACTIVATION_RELU.misconception
class shared_by_all_objects:
    """The output is stored on the class, so all objects share it.

    A network has several activations. Here the second one's result overwrites the first one's.

    Try: self.output = ..., which belongs to one object, in place of Activation_ReLU.output.
    """

    def forward(self, inputs):
        type(self).output = np.maximum(0, inputs)


@ACTIVATION_RELU.misconception
class no_self:
    """forward has no room for the object itself.

    Python hands every method the object as its first argument, which is called self by
    convention.

    Try: def forward(self, inputs):
    """

    def forward(inputs):
        return np.maximum(0, inputs)


@ACTIVATION_RELU.misconception
class wants_inputs_at_the_start:
    """Activation_ReLU() cannot be made without arguments.

    The inputs arrive with each batch, when forward is called, not when the object is made.

    Try: leave __init__ out; this class needs none.
    """

    def __init__(self, inputs):
        self.output = np.maximum(0, inputs)

    def forward(self, inputs):
        self.output = np.maximum(0, inputs)
