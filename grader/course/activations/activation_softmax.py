"""Softmax as a class. What `softmax_batch` gets wrong goes wrong here too."""

import numpy as np

from ..exercise import Exercise, Part
from ..mistakes import recurring, storing
from .batches import BATCH, EDGES, draw_batch
from .network import softmax
from .shift_rows import shift_rows

MODERATE, EXTREME = "moderate values", "extreme values"

EXERCISE = Exercise(
    name="activation_softmax",
    lesson="06_softmax_overflow",
    number=2,
    kind="class",
    parts=(Part(MODERATE, 1), Part(EXTREME, 2, needs=MODERATE)),
    signature="Activation_Softmax()",
    object_name="Activation_Softmax",
    reward="Also right at 1000, where exp alone overflows, and where one row lies far below another.",
    traits=frozenset({"rows are probabilities"}),
)


@EXERCISE.small_cases
def _():
    moderate = (
        np.array([[1.0, 2.0, 3.0, 0.0, -1.0, 2.5, 0.5]]),
        np.array([[1.0, 2.0], [3.0, 5.0], [0.0, -1.0]]),
        BATCH,
    )
    for batch in moderate:
        yield EXERCISE.forward_case(batch, part=MODERATE)
    for batch in EDGES:
        yield EXERCISE.forward_case(batch, part=MODERATE, is_edge=True)
    yield EXERCISE.forward_case(moderate[0], moderate[1], part=MODERATE)
    yield EXERCISE.two_objects_case(moderate[0], moderate[1], part=MODERATE)
    for batch in (
        np.array([[1000.0, 1001.0, 999.0]]),
        np.array([[-1000.0, -1001.0, -999.0]]),
        np.array([[1000.0, -1000.0, 999.0], [1.0, 2.0, 3.0]]),
        np.array([[1000.0, -1000.0, -1000.0, -1000.0]]),
        np.array([[-1000.0, 0.0, 1000.0]]),
        np.array([[-800.0, -801.0], [0.0, 1.0], [2.0, 0.0]]),
        np.array([[1e5, 1e5 - 1], [-1e5, 1 - 1e5], [0.5, 0.0]]),
    ):
        yield EXERCISE.forward_case(batch, part=EXTREME)


@EXERCISE.random_cases
def _(rng):
    for _ in range(10):
        yield EXERCISE.forward_case(draw_batch(rng), draw_batch(rng), part=MODERATE)
        batch = draw_batch(rng)
        yield EXERCISE.forward_case(
            batch + rng.choice([-2000, -1000, 0, 1000], (len(batch), 1)), part=EXTREME
        )


@EXERCISE.reference
class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.second_way
class Second:
    """With .T rows and columns change places. Then each sample is a column, and one number for each of them,
    (n,), lines up without keepdims.
    """

    def forward(self, inputs):
        exp_values = np.exp(inputs.T - np.max(inputs, axis=1))
        self.output = (exp_values / np.sum(exp_values, axis=0)).T


@EXERCISE.misconception
@storing
def no_shift(inputs):
    """Right for moderate values, but nan where the inputs are large.

    Above about 709 np.exp leaves float64 and gives inf, and inf / inf is nan; far below 0 it gives
    0 everywhere, and 0 / 0 is nan as well. NumPy goes on all the same.

    Try: subtract each row's maximum before np.exp; it changes nothing else.
    """
    exp_values = np.exp(inputs)
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
@storing
def shift_by_the_batch_maximum(inputs):
    """Right until one row lies far below another: then its result is wrong, and in the end nan.

    The maximum of the whole batch was subtracted. In a row far below it the exponentials lose their digits
    first, and then are 0, all of them; 0 / 0 is nan.

    Try: np.max(inputs, axis=1, keepdims=True), each row's own maximum.
    """
    exp_values = np.exp(inputs - np.max(inputs))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
@storing
def shift_by_the_column_maxima(inputs):
    """The maxima of the columns were subtracted; each row needs its own.

    Shifting the numbers of one row by different amounts changes their ratios.

    Try: axis=1 at np.max, with keepdims=True.
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=0, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
@storing
def shift_by_the_minimum(inputs):
    """Right for moderate values, but nan where a number lies far above the smallest of its row.

    The smallest number of each row was subtracted. The large ones stay large and overflow.

    Try: np.max in place of np.min.

    Only where: min
    """
    exp_values = np.exp(inputs - np.min(inputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
@storing
def shift_by_the_mean(inputs):
    """Right for moderate values, but nan where a number lies far above the mean of its row.

    The mean of each row was subtracted. Numbers far above it still overflow.

    Try: np.max in place of np.mean.

    Only where: mean|average|sum
    """
    exp_values = np.exp(inputs - np.mean(inputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
@storing
def shift_by_the_magnitude(inputs):
    """Right for moderate values, but nan where a whole row is very negative.

    The largest magnitude was subtracted. A row at -1000 is pushed down to -2000, where every
    exponential underflows to 0.

    Try: leave out np.abs.

    Only where: abs
    """
    exp_values = np.exp(inputs - np.max(np.abs(inputs), axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
@storing
def maximum_without_keepdims(inputs):
    """keepdims=True is missing at the maximum, so the maxima do not line up with their rows.

    np.max(..., axis=1) has the shape (n,), and NumPy lays it along the columns.

    Try: np.max(inputs, axis=1, keepdims=True).

    Only where: (?s)^(?!.*(sort|reshape|None|newaxis)).*(axis|(sum|max)[(]1[)]|, 1[)])
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=1))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
@storing
def sum_without_keepdims(inputs):
    """keepdims=True is missing at the sum, so the sums do not line up with their rows.

    np.sum(..., axis=1) has the shape (n,), and NumPy lays it along the columns.

    Try: np.sum(exp_values, axis=1, keepdims=True).

    Only where: (?s)^(?!.*(sort|reshape|None|newaxis)).*(axis|(sum|max)[(]1[)]|, 1[)])
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=1)


@EXERCISE.misconception
@storing
def one_sum_for_everything(inputs):
    """The shift is right, but everything is divided by one sum over the whole batch.

    Every row is a sample of its own and has to sum to 1 by itself.

    Try: np.sum(exp_values, axis=1, keepdims=True).
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values)


@EXERCISE.misconception
@storing
def one_maximum_and_one_sum(inputs):
    """The whole batch was treated as one sample: one maximum, one sum.

    Every row is a sample of its own and has to sum to 1 by itself.

    Try: axis=1 and keepdims=True at both np.max and np.sum.
    """
    exp_values = np.exp(inputs - np.max(inputs))
    return exp_values / np.sum(exp_values)


@EXERCISE.misconception
@storing
def columns_sum_to_one(inputs):
    """The columns sum to 1; the rows should.

    A sum down the columns adds different samples together; a row is one sample.

    Try: axis=1 at both np.max and np.sum.
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=0, keepdims=True))
    return exp_values / np.sum(exp_values, axis=0, keepdims=True)


@EXERCISE.misconception
@storing
def sum_down_the_columns(inputs):
    """The maximum is taken along the rows, but the sum down the columns.

    Both belong to one sample, so both need axis=1.

    Try: np.sum(exp_values, axis=1, keepdims=True).
    """
    exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
    return exp_values / np.sum(exp_values, axis=0, keepdims=True)


@EXERCISE.misconception
@storing
def nan_turned_into_numbers(inputs):
    """nan was replaced by a number, but the number is not the probability.

    np.nan_to_num hides that inf / inf was computed; what stood there is lost by then.

    Try: keep the overflow from happening: subtract each row's maximum before np.exp.

    Only where: nan
    """
    exp_values = np.exp(inputs)
    return np.nan_to_num(exp_values / np.sum(exp_values, axis=1, keepdims=True))


@EXERCISE.misconception
@storing
def clipped_to_stay_finite(inputs):
    """The inputs are clipped so that exp stays finite; that makes different numbers equal.

    1000 and 1001 both become the limit, and their difference, which is all softmax looks at, is
    lost.

    Try: subtract each row's maximum instead: nothing is lost.

    Only where: clip|minimum|where
    """
    exp_values = np.exp(np.clip(inputs, -700, 700))
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
@storing
def small_number_below_the_line(inputs):
    """A small number was added to the sum against the division by 0.

    It keeps nan away, but the row no longer sums to 1, and very negative rows become 0.

    Try: after the shift by the row maximum the sum is at least 1, and nothing needs to be added.

    Only where: [+]
    """
    exp_values = np.exp(inputs)
    return exp_values / (np.sum(exp_values, axis=1, keepdims=True) + 1e-8)


@EXERCISE.misconception
@storing
def fixed_shift(inputs):
    """A fixed number was subtracted, whatever the inputs are.

    It moves the limit, and does not remove it: larger inputs overflow, smaller ones vanish.

    Try: subtract each row's own maximum.

    Only where: [-]
    """
    exp_values = np.exp(inputs - 1000)
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@EXERCISE.misconception
@storing
def logarithms_stored(inputs):
    """These are the logarithms of the probabilities.

    Here the probabilities themselves are asked for.

    Try: np.exp of that, or leave out np.log.
    """
    shifted = shift_rows(inputs)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


@EXERCISE.misconception
@storing
def exponentials_alone(inputs):
    """The exponentials alone came out.

    Each row of what is stored has to sum to 1.

    Try: divide by np.sum(exp_values, axis=1, keepdims=True).
    """
    return np.exp(shift_rows(inputs))


@EXERCISE.misconception
class returned_not_stored:
    """forward returns the probabilities, but does not store them.

    Layers hand their results on through the attribute `output`.

    Try: self.output = ... instead of return.
    """

    def forward(self, inputs):
        return softmax(inputs)


@EXERCISE.misconception
class local_variable:
    r"""The result is lost when forward ends.

    `output = ...` or `probabilities = ...` makes a variable that lives only inside the method.

    Try: store it on the object: self.output = ...

    Only where: (?m)\A(?![\s\S]*\bglobal\b)[\s\S]*^\s*(output|probabilities)\s*=
    """

    def forward(self, inputs):
        probabilities = softmax(inputs)  # noqa: F841 - the very mistake


@EXERCISE.misconception
class shared_by_all_objects:
    """The output is stored on the class, so all objects share it.

    Two softmax objects would overwrite each other's result.

    Try: self.output = ..., which belongs to one object.
    """

    def forward(self, inputs):
        type(self).output = softmax(inputs)


@EXERCISE.misconception
class no_self:
    """forward has no room for the object itself.

    Python hands every method the object as its first argument, which is called self by
    convention.

    Try: def forward(self, inputs):

    Only where: def forward[(](?! *self)
    """

    def forward(inputs):
        return softmax(inputs)


recurring(EXERCISE, only=("rounded_to_2", "rounded_to_3", "rounded_to_4"))
