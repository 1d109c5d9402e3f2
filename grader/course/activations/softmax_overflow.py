"""Lesson 06: why exp overflows, the shift by the row maximum, and the class."""

import numpy as np

from ..exercise import Exercise, Part, forward_case, function_case, one_part, two_objects_case
from .softmax_batch import BATCH, SOFTMAX_BATCH, draw_batch, softmax_batch

SHIFT_ROWS = Exercise(
    name="shift_rows",
    lesson="06_softmax_overflow",
    kind="function",
    parts=one_part(1),
    signature="shift_rows(layer_outputs)",
    reward="The largest number of every row is 0 now, the distances are kept, and the batch you were "
    "given is as it was.",
)

MODERATE, EXTREME = "moderate values", "extreme values"

ACTIVATION_SOFTMAX = Exercise(
    name="activation_softmax",
    lesson="06_softmax_overflow",
    kind="class",
    parts=(Part(MODERATE, 1), Part(EXTREME, 2, needs=MODERATE)),
    signature="Activation_Softmax()",
    object_name="Activation_Softmax",
    reward="Also right at 1000, where exp alone overflows, and where one row lies far below another.",
)


@SHIFT_ROWS.small_cases
def _():
    for batch in (
        np.array([[1.0, 2.0, 3.0, 0.0, -1.0, 2.5, 0.5]]),
        np.array([[1.0, 4.0], [10.0, 7.0], [-2.0, -5.0]]),
        np.array([[1000.0, 990.0, 0.0], [-1000.0, -1003.0, -999.0]]),
        np.array([[1, 5, 2], [0, -3, -1]]),
        BATCH,
    ):
        yield function_case("shift_rows", batch)


@SHIFT_ROWS.random_cases
def _(rng):
    for _ in range(15):
        yield function_case("shift_rows", draw_batch(rng) * 10 ** rng.uniform(0, 2))


@ACTIVATION_SOFTMAX.small_cases
def _():
    moderate = (
        np.array([[1.0, 2.0, 3.0, 0.0, -1.0, 2.5, 0.5]]),
        np.array([[1.0, 2.0], [3.0, 5.0], [0.0, -1.0]]),
        BATCH,
    )
    for batch in moderate:
        yield forward_case("Activation_Softmax", batch, part=MODERATE)
    yield forward_case("Activation_Softmax", moderate[0], moderate[1], part=MODERATE)
    yield two_objects_case("Activation_Softmax", moderate[0], moderate[1], part=MODERATE)
    for batch in (
        np.array([[1000.0, 1001.0, 999.0]]),
        np.array([[-1000.0, -1001.0, -999.0]]),
        np.array([[1000.0, -1000.0, 999.0], [1.0, 2.0, 3.0]]),
        np.array([[1000.0, -1000.0, -1000.0, -1000.0]]),
        np.array([[-1000.0, 0.0, 1000.0]]),
        np.array([[-800.0, -801.0], [0.0, 1.0], [2.0, 0.0]]),
        np.array([[1e5, 1e5 - 1], [-1e5, 1 - 1e5], [0.5, 0.0]]),
    ):
        yield forward_case("Activation_Softmax", batch, part=EXTREME)


@ACTIVATION_SOFTMAX.random_cases
def _(rng):
    for _ in range(10):
        yield forward_case("Activation_Softmax", draw_batch(rng), draw_batch(rng), part=MODERATE)
        batch = draw_batch(rng)
        yield forward_case(
            "Activation_Softmax", batch + rng.choice([-2000, -1000, 0, 1000], (len(batch), 1)), part=EXTREME
        )


@SHIFT_ROWS.reference
def shift_rows(layer_outputs):
    return layer_outputs - np.max(layer_outputs, axis=1, keepdims=True)


@ACTIVATION_SOFTMAX.reference
class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)


@SHIFT_ROWS.misconception
def maximum_of_the_batch(layer_outputs):
    """One maximum was subtracted from all rows: that of the whole batch.

    Then only one row has its largest number at 0. Another may lie so far below that all its
    exponentials vanish.

    Try: np.max(layer_outputs, axis=1, keepdims=True).
    """
    return layer_outputs - np.max(layer_outputs)


@SHIFT_ROWS.misconception
def maxima_of_the_columns(layer_outputs):
    """The maxima of the columns were subtracted.

    The axis you name is the one that disappears; axis=0 compares different samples.

    Try: axis=1, with keepdims=True.
    """
    return layer_outputs - np.max(layer_outputs, axis=0, keepdims=True)


@SHIFT_ROWS.misconception
def no_keepdims(layer_outputs):
    """keepdims=True is missing, so the maxima do not line up with their rows.

    Without it they have the shape (n,), and NumPy lays them along the columns. A batch that is
    not square gives an error; a square one gives wrong numbers in silence.

    Try: np.max(layer_outputs, axis=1, keepdims=True).
    """
    return layer_outputs - np.max(layer_outputs, axis=1)


@SHIFT_ROWS.misconception
def in_place(layer_outputs):
    """The result is right, but the batch you were given is changed as well.

    `layer_outputs -= ...` writes into the caller's array, who may need the old numbers.

    Try: return layer_outputs - ..., which makes a new array.
    """
    layer_outputs -= np.max(layer_outputs, axis=1, keepdims=True)
    return layer_outputs


@SHIFT_ROWS.misconception
def row_minimum(layer_outputs):
    """The smallest number of each row was subtracted, not the largest.

    Then the smallest becomes 0, and the large ones stay large, which is what overflows.

    Try: np.max.
    """
    return layer_outputs - np.min(layer_outputs, axis=1, keepdims=True)


@SHIFT_ROWS.misconception
def row_mean(layer_outputs):
    """The mean of each row was subtracted, not its largest number.

    Then numbers above the mean are still positive, and may still overflow.

    Try: np.max.
    """
    return layer_outputs - np.mean(layer_outputs, axis=1, keepdims=True)


@SHIFT_ROWS.misconception
def argmax_for_max(layer_outputs):
    """The position of the largest number was subtracted, not the number.

    np.argmax says where it stands, np.max what it is.

    Try: np.max.
    """
    return layer_outputs - np.argmax(layer_outputs, axis=1, keepdims=True)


@SHIFT_ROWS.misconception
def the_other_way_round(layer_outputs):
    """All signs are the wrong way round.

    It is the row that is shifted down by its maximum: row minus maximum.

    Try: exchange the two sides of the minus.
    """
    return np.max(layer_outputs, axis=1, keepdims=True) - layer_outputs


@SHIFT_ROWS.misconception
def only_the_maxima(layer_outputs):
    """The result is the maxima alone.

    They still have to be subtracted from the rows; a comma where the minus belongs does this too.

    Try: layer_outputs - maxima.
    """
    return np.max(layer_outputs, axis=1, keepdims=True)


@SHIFT_ROWS.misconception
def divided(layer_outputs):
    """The rows are divided by their maximum.

    Dividing changes the distances between the numbers, subtracting does not.

    Try: a minus.
    """
    return layer_outputs / np.max(layer_outputs, axis=1, keepdims=True)


@SHIFT_ROWS.misconception
def added(layer_outputs):
    """The maximum is added.

    That makes large numbers larger still.

    Try: a minus.
    """
    return layer_outputs + np.max(layer_outputs, axis=1, keepdims=True)


@SHIFT_ROWS.misconception
def largest_magnitude(layer_outputs):
    """The largest magnitude was subtracted, so negative rows are shifted further down.

    In a row of negative numbers the largest is the one nearest to 0; abs picks the farthest.

    Try: leave out np.abs.
    """
    return layer_outputs - np.max(np.abs(layer_outputs), axis=1, keepdims=True)


@SHIFT_ROWS.misconception
def exponentiated_already(layer_outputs):
    """The exponential was taken as well.

    Here only the shift is asked for.

    Try: leave out np.exp.
    """
    return np.exp(shift_rows(layer_outputs))


@SHIFT_ROWS.misconception
def softmax_already(layer_outputs):
    """This is the whole softmax.

    Here only the shift is asked for: each row minus its own maximum.

    Try: leave out the exponential and the division.
    """
    return softmax_batch(layer_outputs)


@SHIFT_ROWS.misconception
def not_shifted(layer_outputs):
    """The batch came back as it was.

    The largest number of every row should be 0 afterwards.

    Try: subtract np.max(layer_outputs, axis=1, keepdims=True).
    """
    return layer_outputs.copy()


@SHIFT_ROWS.misconception
def list_of_rows(layer_outputs):
    """The result is a list of rows; an array is asked for.

    The numbers are right, but a list has no shape and no axes.

    Try: np.array(rows) at the end.
    """
    return list(shift_rows(layer_outputs))


@SHIFT_ROWS.misconception
def raw_row_sum(layer_outputs):
    """The sum of each row was subtracted, not its largest number.

    Only the shift by the largest number guarantees that nothing above 0 is left.

    Try: np.max.
    """
    return layer_outputs - np.sum(layer_outputs, axis=1, keepdims=True)


def storing(function):
    """The class whose forward stores what `function` gives."""

    def forward(self, inputs):
        self.output = function(inputs)

    explanation = function.__doc__.replace("layer_outputs", "inputs")
    return type(function.__name__, (), {"forward": forward, "__doc__": explanation})


def stored(function):
    """Decorator: a wrong softmax, as the class's forward."""
    ACTIVATION_SOFTMAX.misconception(storing(function))
    return function


@stored
def no_shift(inputs):
    """Right for moderate values, but nan where the inputs are large.

    Above about 709 np.exp leaves float64 and gives inf, and inf / inf is nan; far below 0 it gives
    0 everywhere, and 0 / 0 is nan as well. NumPy warns, but goes on.

    Try: subtract each row's maximum before np.exp; it changes nothing else.
    """
    exp_values = np.exp(inputs)
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@stored
def shift_by_the_batch_maximum(inputs):
    """Right until one row lies far below another: then its result is nan.

    The maximum of the whole batch was subtracted. In a row some 745 below it every exponential
    underflows to 0, and 0 / 0 is nan.

    Try: np.max(inputs, axis=1, keepdims=True), each row's own maximum.
    """
    exp_values = np.exp(inputs - np.max(inputs))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@stored
def shift_by_the_column_maxima(inputs):
    """The maxima of the columns were subtracted; each row needs its own.

    Shifting the numbers of one row by different amounts changes their ratios.

    Try: axis=1 at np.max, with keepdims=True.
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=0, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@stored
def shift_by_the_minimum(inputs):
    """Right for moderate values, but nan where a number lies far above the smallest of its row.

    The smallest number of each row was subtracted. The large ones stay large and overflow.

    Try: np.max in place of np.min.
    """
    exp_values = np.exp(inputs - np.min(inputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@stored
def shift_by_the_mean(inputs):
    """Right for moderate values, but nan where a number lies far above the mean of its row.

    The mean of each row was subtracted. Numbers far above it still overflow.

    Try: np.max in place of np.mean.
    """
    exp_values = np.exp(inputs - np.mean(inputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@stored
def shift_by_the_magnitude(inputs):
    """Right for moderate values, but nan where a whole row is very negative.

    The largest magnitude was subtracted. A row at -1000 is pushed down to -2000, where every
    exponential underflows to 0.

    Try: leave out np.abs.
    """
    exp_values = np.exp(inputs - np.max(np.abs(inputs), axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@stored
def maximum_without_keepdims(inputs):
    """keepdims=True is missing at the maximum, so the maxima do not line up with their rows.

    np.max(..., axis=1) has the shape (n,), and NumPy lays it along the columns.

    Try: np.max(inputs, axis=1, keepdims=True).
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=1))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@stored
def sum_without_keepdims(inputs):
    """keepdims=True is missing at the sum, so the sums do not line up with their rows.

    np.sum(..., axis=1) has the shape (n,), and NumPy lays it along the columns.

    Try: np.sum(exp_values, axis=1, keepdims=True).
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1)


@stored
def one_sum_for_everything(inputs):
    """The shift is right, but everything is divided by one sum over the whole batch.

    Every row is a sample of its own and has to sum to 1 by itself.

    Try: np.sum(exp_values, axis=1, keepdims=True).
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values)


@stored
def one_maximum_and_one_sum(inputs):
    """The whole batch was treated as one sample: one maximum, one sum.

    Every row is a sample of its own and has to sum to 1 by itself.

    Try: axis=1 and keepdims=True at both np.max and np.sum.
    """
    exp_values = np.exp(inputs - np.max(inputs))
    return exp_values / np.sum(exp_values)


@stored
def columns_sum_to_one(inputs):
    """The columns sum to 1; the rows should.

    axis=0 runs down the batch and adds different samples together.

    Try: axis=1 at both np.max and np.sum.
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=0, keepdims=True))
    return exp_values / np.sum(exp_values, axis=0, keepdims=True)


@stored
def sum_down_the_columns(inputs):
    """The maximum is taken along the rows, but the sum down the columns.

    Both belong to one sample, so both need axis=1.

    Try: np.sum(exp_values, axis=1, keepdims=True).
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=0, keepdims=True)


@stored
def nan_turned_into_numbers(inputs):
    """nan was replaced by a number, but the number is not the probability.

    np.nan_to_num hides that inf / inf was computed; what stood there is lost by then.

    Try: keep the overflow from happening: subtract each row's maximum before np.exp.
    """
    exp_values = np.exp(inputs)
    return np.nan_to_num(exp_values / np.sum(exp_values, axis=1, keepdims=True))


@stored
def clipped_to_stay_finite(inputs):
    """The inputs are clipped so that exp stays finite; that makes different numbers equal.

    1000 and 1001 both become the limit, and their difference, which is all softmax looks at, is
    lost.

    Try: subtract each row's maximum instead: nothing is lost.
    """
    exp_values = np.exp(np.clip(inputs, -700, 700))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@stored
def small_number_below_the_line(inputs):
    """A small number was added to the sum against the division by 0.

    It keeps nan away, but the row no longer sums to 1, and very negative rows become 0.

    Try: after the shift by the row maximum the sum is at least 1, and nothing needs to be added.
    """
    exp_values = np.exp(inputs)
    return exp_values / (np.sum(exp_values, axis=1, keepdims=True) + 1e-8)


@stored
def fixed_shift(inputs):
    """A fixed number was subtracted, whatever the inputs are.

    It moves the limit, and does not remove it: larger inputs overflow, smaller ones vanish.

    Try: subtract each row's own maximum.
    """
    exp_values = np.exp(inputs - 1000)
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@stored
def logarithms_stored(inputs):
    """These are the logarithms of the probabilities.

    Here the probabilities themselves are asked for.

    Try: np.exp of that, or leave out np.log.
    """
    shifted = shift_rows(inputs)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


@stored
def exponentials_alone(inputs):
    """The shifted exponentials are stored without the division.

    Each row has to sum to 1.

    Try: divide by np.sum(exp_values, axis=1, keepdims=True).
    """
    return np.exp(shift_rows(inputs))


for _misconception in SOFTMAX_BATCH.misconceptions:
    # What goes wrong in the function goes wrong in the class, in the same words.
    if _misconception.id in {
        "no_axis",
        "down_the_columns_instead",
        "no_keepdims",
        "shifted_after",
        "largest_exponential_subtracted",
        "divided_by_the_raw_sum",
        "raw_values_divided",
        "not_divided",
        "axis_to_exp",
        "changes_the_input",
        "first_row_only",
        "sigmoid_of_each",
        "divided_by_the_largest_share",
        "divided_inside",
        "twice",
        "negative_exponents",
        "nested_list",
        "one_hot_rows",
        "rounded_to_2",
        "rounded_to_3",
        "rounded_to_4",
    }:
        ACTIVATION_SOFTMAX.misconception(storing(_misconception.code))


@ACTIVATION_SOFTMAX.misconception
class returned_not_stored:
    """forward returns the probabilities, but does not store them.

    Layers hand their results on through the attribute `output`.

    Try: self.output = ... instead of return.
    """

    def forward(self, inputs):
        return softmax_batch(inputs)


@ACTIVATION_SOFTMAX.misconception
class local_variable:
    """The result is lost when forward ends.

    `output = ...` or `probabilities = ...` makes a variable that lives only inside the method.

    Try: store it on the object: self.output = ...
    """

    def forward(self, inputs):
        probabilities = softmax_batch(inputs)  # noqa: F841 - the very mistake


@ACTIVATION_SOFTMAX.misconception
class shared_by_all_objects:
    """The output is stored on the class, so all objects share it.

    Two softmax objects would overwrite each other's result.

    Try: self.output = ..., which belongs to one object.
    """

    def forward(self, inputs):
        type(self).output = softmax_batch(inputs)


@ACTIVATION_SOFTMAX.misconception
class no_self:
    """forward has no room for the object itself.

    Python hands every method the object as its first argument, which is called self by
    convention.

    Try: def forward(self, inputs):
    """

    def forward(inputs):
        return softmax_batch(inputs)
