"""Lesson 04: softmax of one sample: exponentiate, normalise, then both in NumPy."""

import math

import numpy as np

from ..exercise import Exercise, function_case, one_part

SAMPLE = [4.8, 1.21, 2.385]

EXPONENTIATE = Exercise(
    name="exponentiate",
    lesson="04_softmax_sample",
    kind="function",
    parts=one_part(1),
    signature="exponentiate(layer_outputs)",
    reward="Every number is positive now, however negative it was, and the order of size is kept.",
)
NORMALIZE = Exercise(
    name="normalize",
    lesson="04_softmax_sample",
    kind="function",
    parts=one_part(1),
    signature="normalize(exp_values)",
    reward="They sum to 1, and the ratio of any two numbers is what it was before.",
)
SOFTMAX_VECTOR = Exercise(
    name="softmax_vector",
    lesson="04_softmax_sample",
    kind="function",
    parts=one_part(1),
    signature="softmax_vector(layer_outputs)",
    reward="Positive, summing to 1, in the order of the inputs: probabilities of three classes, or of ten.",
)


def draw_sample(rng):
    return rng.normal(rng.uniform(-3, 3), 3, int(rng.integers(2, 9)))


@EXPONENTIATE.small_cases
def _():
    for layer_outputs in ([0], [1], [2, -1], [0.5, 1.5, -2.5], SAMPLE):
        yield function_case("exponentiate", list(layer_outputs))


@EXPONENTIATE.random_cases
def _(rng):
    for _ in range(15):
        yield function_case("exponentiate", draw_sample(rng).tolist())


@NORMALIZE.small_cases
def _():
    for exp_values in ([1], [1, 3], [2.0, 2.0, 4.0], [0.1, 0.2, 0.7, 9.0], [math.e**x for x in SAMPLE]):
        yield function_case("normalize", list(exp_values))


@NORMALIZE.random_cases
def _(rng):
    for _ in range(15):
        yield function_case("normalize", np.exp(draw_sample(rng)).tolist())


@SOFTMAX_VECTOR.small_cases
def _():
    for layer_outputs in ([0.0, 0.0], [1.0, 2.0], [1.0, 2.0, 3.0], [-1.0, 0.0, 2.0], SAMPLE):
        yield function_case("softmax_vector", np.array(layer_outputs))


@SOFTMAX_VECTOR.random_cases
def _(rng):
    for _ in range(15):
        yield function_case("softmax_vector", draw_sample(rng))


@EXPONENTIATE.reference
def exponentiate(layer_outputs):
    return [math.e**output for output in layer_outputs]


@NORMALIZE.reference
def normalize(exp_values):
    norm_base = sum(exp_values)
    return [value / norm_base for value in exp_values]


@SOFTMAX_VECTOR.reference
def softmax_vector(layer_outputs):
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values)


@EXPONENTIATE.misconception
def short_e(layer_outputs):
    """The number e is typed with too few digits.

    2.71 instead of 2.718281828... is wrong in the third digit, and the power makes it worse: at
    x = 4.8 already by more than one in a hundred.

    Try: math.e has all the digits a float can hold.
    """
    return [2.71**x for x in layer_outputs]


@EXPONENTIATE.misconception
def shorter_e(layer_outputs):
    """The number e is typed with too few digits.

    2.7 instead of 2.718281828... is already wrong in the second decimal, and the power makes it
    worse.

    Try: math.e has all the digits a float can hold.
    """
    return [2.7**x for x in layer_outputs]


@EXPONENTIATE.misconception
def e_to_three_digits(layer_outputs):
    """The number e is typed with too few digits.

    2.718 instead of 2.718281828... is wrong in the fourth decimal, and the power makes it worse.

    Try: math.e has all the digits a float can hold.
    """
    return [2.718**x for x in layer_outputs]


@EXPONENTIATE.misconception
def e_to_five_digits(layer_outputs):
    """The number e is typed with too few digits.

    2.71828 looks exact, but the power makes its error grow with every step of x.

    Try: math.e has all the digits a float can hold.
    """
    return [2.71828**x for x in layer_outputs]


@EXPONENTIATE.misconception
def power_of_two(layer_outputs):
    """These are powers of 2, not of e.

    The base decides how strongly differences are stretched; softmax uses e = 2.718...

    Try: math.e ** x, or math.exp(x).
    """
    return [2**x for x in layer_outputs]


@EXPONENTIATE.misconception
def power_of_ten(layer_outputs):
    """These are powers of 10, not of e.

    The base decides how strongly differences are stretched; softmax uses e = 2.718...

    Try: math.e ** x, or math.exp(x).
    """
    return [10**x for x in layer_outputs]


@EXPONENTIATE.misconception
def base_and_exponent_swapped(layer_outputs):
    """Base and exponent are exchanged: that is x to the power of e.

    In e ** x, e stands in front. The other way round a negative x has no real result.

    Try: math.e ** x.
    """
    return [x**math.e for x in layer_outputs]


@EXPONENTIATE.misconception
def e_times_x(layer_outputs):
    """That is e times x, not e to the power of x.

    One star multiplies, two stars raise to a power.

    Try: math.e ** x.
    """
    return [math.e * x for x in layer_outputs]


@EXPONENTIATE.misconception
def squared(layer_outputs):
    """That is x squared, not e to the power of x.

    In e ** x the number from the list is the exponent.

    Try: math.e ** x.
    """
    return [x**2 for x in layer_outputs]


@EXPONENTIATE.misconception
def negative_exponent(layer_outputs):
    """The sign of the exponent is the wrong way round.

    e ** -x makes large outputs small, so the order of size is reversed.

    Try: math.e ** x, without the minus.
    """
    return [math.e**-x for x in layer_outputs]


@EXPONENTIATE.misconception
def whole_list_to_exp(layer_outputs):
    """A whole list went into math.exp, which takes one number.

    NumPy's np.exp takes all at once; the math module and the operator ** do not.

    Try: a loop, or [math.exp(x) for x in layer_outputs].
    """
    return math.exp(layer_outputs)


@EXPONENTIATE.misconception
def list_as_exponent(layer_outputs):
    """A whole list stands in the exponent, where one number belongs.

    The operator ** does not go through a list by itself.

    Try: a loop, or [math.e ** x for x in layer_outputs].
    """
    return math.e**layer_outputs


@EXPONENTIATE.misconception
def as_an_array(layer_outputs):
    """The result is an array; this exercise asks for a list.

    Here the steps are written out in plain Python once, before NumPy takes over.

    Try: append e ** x for each number to a list.
    """
    return np.exp(layer_outputs)


@EXPONENTIATE.misconception
def already_normalised(layer_outputs):
    """The numbers are already divided by their sum.

    That is the next exercise. Here the bare exponentials are asked for.

    Try: leave the division to normalize.
    """
    return normalize(exponentiate(layer_outputs))


@EXPONENTIATE.misconception
def shifted(layer_outputs):
    """The largest number was subtracted before the exponential.

    That is a good trick, and lesson 6 explains it. Here the bare e ** x is asked for.

    Try: leave out the subtraction.
    """
    return [math.exp(x - max(layer_outputs)) for x in layer_outputs]


@EXPONENTIATE.misconception
def expm1(layer_outputs):
    """Every number is 1 too small.

    math.expm1 gives e ** x - 1.

    Try: math.exp.
    """
    return [math.expm1(x) for x in layer_outputs]


def rounded_to(digits, function):
    """The misconception of rounding `function`'s result, which several exercises meet."""

    def rounded(*arguments):
        """The numbers are rounded.

        Whoever goes on calculating with them needs all digits, also those nobody prints.

        Try: leave out round; round only what you print.
        """
        result = function(*arguments)
        if isinstance(result, list):
            return [round(x, digits) for x in result]
        return np.round(result, digits)

    rounded.__name__ = f"rounded_to_{digits}"
    return rounded


for _digits in (2, 3, 4):
    EXPONENTIATE.misconception(rounded_to(_digits, exponentiate))
    NORMALIZE.misconception(rounded_to(_digits, normalize))
    SOFTMAX_VECTOR.misconception(rounded_to(_digits, softmax_vector))


@NORMALIZE.misconception
def divided_by_the_largest(exp_values):
    """The numbers are divided by the largest, not by their sum.

    Then the largest becomes 1, and the sum is more than 1.

    Try: divide each by sum(exp_values).
    """
    return [value / max(exp_values) for value in exp_values]


@NORMALIZE.misconception
def divided_by_the_count(exp_values):
    """The numbers are divided by how many there are, not by their sum.

    Then they sum to their mean, not to 1.

    Try: divide each by sum(exp_values).
    """
    return [value / len(exp_values) for value in exp_values]


@NORMALIZE.misconception
def min_max_scaled(exp_values):
    """The numbers are stretched between 0 and 1.

    Minimum to 0, maximum to 1 is another way to scale; here the sum has to be 1.

    Try: divide each by sum(exp_values), and subtract nothing.
    """
    low, high = min(exp_values), max(exp_values)
    return [(value - low) / ((high - low) or 1) for value in exp_values]


@NORMALIZE.misconception
def exponentials_again(exp_values):
    """The exponential was taken a second time.

    What comes in here are the exponentials already.

    Try: only divide by the sum.
    """
    values = [math.exp(min(v, 700)) for v in exp_values]
    return [value / sum(values) for value in values]


@NORMALIZE.misconception
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


@NORMALIZE.misconception
def changes_the_input(exp_values):
    """The result is right, but the list you were given is changed as well.

    `exp_values[i] = ...` writes into the caller's list.

    Try: append to a new list.
    """
    total = sum(exp_values)
    for i, value in enumerate(exp_values):
        exp_values[i] = value / total
    return exp_values


@NORMALIZE.misconception
def sum_shrinks_on_the_way(exp_values):
    """The sum is taken anew in each round, after numbers have already been changed.

    `exp_values[i] /= sum(exp_values)` changes the list, so the next round divides by another sum;
    the caller's list is changed as well.

    Try: compute the sum once before the loop, and append to a new list.
    """
    for i in range(len(exp_values)):
        exp_values[i] = exp_values[i] / sum(exp_values)
    return exp_values


@NORMALIZE.misconception
def list_divided_at_once(exp_values):
    """A list cannot be divided as a whole.

    `/` goes through an array element by element, but not through a list.

    Try: [value / total for value in exp_values].
    """
    return exp_values / sum(exp_values)


@NORMALIZE.misconception
def as_an_array_too(exp_values):
    """The result is an array; this exercise asks for a list.

    Here the steps are written out in plain Python once, before NumPy takes over.

    Try: append each quotient to a list.
    """
    return np.array(exp_values) / np.sum(exp_values)


@NORMALIZE.misconception
def the_sum_alone(exp_values):
    """The result is the sum, one number.

    The sum is what each number is divided by.

    Try: [value / total for value in exp_values].
    """
    return sum(exp_values)


@NORMALIZE.misconception
def upside_down(exp_values):
    """The division is upside down: the sum stands above the line.

    A part divided by the whole is a share; the other way round it is more than 1.

    Try: value / total.
    """
    return [sum(exp_values) / value for value in exp_values]


@NORMALIZE.misconception
def unit_length(exp_values):
    """The squares of the numbers sum to 1, not the numbers.

    That is the length of a vector. Probabilities themselves have to sum to 1.

    Try: divide by sum(exp_values), without squares and root.
    """
    length = math.sqrt(sum(v * v for v in exp_values))
    return [v / length for v in exp_values]


@NORMALIZE.misconception
def percentages(exp_values):
    """These are percentages: they sum to 100.

    Probabilities sum to 1.

    Try: leave out the factor 100.
    """
    return [100 * v / sum(exp_values) for v in exp_values]


@NORMALIZE.misconception
def nothing_done(exp_values):
    """The numbers came back as they were.

    They should sum to 1 afterwards.

    Try: divide each by sum(exp_values).
    """
    return list(exp_values)


@NORMALIZE.misconception
def whole_division(exp_values):
    """`//` cuts off everything behind the point.

    A share is a number between 0 and 1, and whole division makes 0 of it.

    Try: a single /.
    """
    return [v // sum(exp_values) for v in exp_values]


@SOFTMAX_VECTOR.misconception
def raw_sum(layer_outputs):
    """The exponentials are divided by the sum of the raw inputs.

    Shares sum to 1 only if each part is divided by the sum of those same parts.

    Try: sum the exponentials: exp_values / np.sum(exp_values).
    """
    return np.exp(layer_outputs) / np.sum(layer_outputs)


@SOFTMAX_VECTOR.misconception
def no_exponential(layer_outputs):
    """The raw inputs are divided by their sum; the exponential is missing.

    With negative inputs that gives negative shares, or a division by 0.

    Try: first np.exp, then divide.
    """
    return layer_outputs / np.sum(layer_outputs)


@SOFTMAX_VECTOR.misconception
def not_normalised(layer_outputs):
    """The exponentials are there, but they are not divided by their sum.

    Probabilities sum to 1.

    Try: exp_values / np.sum(exp_values).
    """
    return np.exp(layer_outputs)


@SOFTMAX_VECTOR.misconception
def sigmoid(layer_outputs):
    """That is the sigmoid: it looks at each number alone.

    Softmax compares the numbers with each other, so that they share a total of 1.

    Try: np.exp, then divide by the sum.
    """
    return 1 / (1 + np.exp(-layer_outputs))


@SOFTMAX_VECTOR.misconception
def log_of_the_softmax(layer_outputs):
    """That is the logarithm of the softmax.

    Logarithms of probabilities are negative; here the probabilities themselves are asked for.

    Try: leave out np.log.
    """
    return np.log(softmax_vector(layer_outputs))


@SOFTMAX_VECTOR.misconception
def divided_by_largest_exponential(layer_outputs):
    """The exponentials are divided by the largest, not by their sum.

    Then the largest becomes 1, and the sum is more than 1.

    Try: divide by np.sum(exp_values).
    """
    return np.exp(layer_outputs) / np.max(np.exp(layer_outputs))


@SOFTMAX_VECTOR.misconception
def shifted_denominator(layer_outputs):
    """The maximum is subtracted on one side of the division only.

    Numerator and denominator need the same shift, or the rows no longer sum to 1.

    Try: shift first, exponentiate once, and use that same array twice.
    """
    return np.exp(layer_outputs - np.max(layer_outputs)) / np.sum(np.exp(layer_outputs))


@SOFTMAX_VECTOR.misconception
def softmax_of_the_negative(layer_outputs):
    """The order is the wrong way round: the largest input gets the smallest share.

    There is a minus in the exponent that does not belong there.

    Try: np.exp(layer_outputs).
    """
    return softmax_vector(-layer_outputs)


@SOFTMAX_VECTOR.misconception
def one_hot(layer_outputs):
    """The largest got 1 and all others 0.

    That is the choice, not the probabilities: softmax also says how close the others are.

    Try: np.exp, then divide by the sum.
    """
    return (layer_outputs == layer_outputs.max()).astype(float)


@SOFTMAX_VECTOR.misconception
def axis_one(layer_outputs):
    """axis=1 does not exist here: one sample of shape (k,) has only axis 0.

    Batches come in the next lesson.

    Try: np.sum(exp_values), without an axis.
    """
    exp_values = np.exp(layer_outputs)
    return exp_values / np.sum(exp_values, axis=1, keepdims=True)


@SOFTMAX_VECTOR.misconception
def kept_as_a_row(layer_outputs):
    """The numbers are right, but there is one axis too many.

    One sample has the shape (k,), going in and coming out.

    Try: leave out reshape, [None, :] and double brackets.
    """
    return softmax_vector(layer_outputs)[None, :]


@SOFTMAX_VECTOR.misconception
def list_result(layer_outputs):
    """The result is a list; a NumPy array is asked for.

    This exercise is the step from plain Python to NumPy.

    Try: np.exp(layer_outputs) gives an array, and an array divided by a number is one too.
    """
    return softmax_vector(layer_outputs).tolist()


@SOFTMAX_VECTOR.misconception
def powers_of_two(layer_outputs):
    """These are powers of 2, not of e.

    The base decides how strongly differences are stretched; softmax uses e = 2.718...

    Try: np.exp.
    """
    return 2.0**layer_outputs / np.sum(2.0**layer_outputs)


@SOFTMAX_VECTOR.misconception
def softmax_twice(layer_outputs):
    """Softmax was applied twice.

    The second time it flattens the probabilities towards each other.

    Try: apply it once.
    """
    return softmax_vector(softmax_vector(layer_outputs))


@SOFTMAX_VECTOR.misconception
def e_as_271(layer_outputs):
    """The number e is typed with too few digits.

    2.71 instead of 2.718281828... changes the shares in the third digit.

    Try: np.exp.
    """
    return 2.71**layer_outputs / np.sum(2.71**layer_outputs)
