"""The ReLU of a list of numbers, with a loop and if."""

from ..exercise import Exercise, one_part
from ..mistakes import also_wrong_in
from . import relu_max
from .lists import BOOK_LIST, SMALL, draw_list

EXERCISE = Exercise(
    name="relu_if",
    lesson="01_relu_loop",
    kind="function",
    parts=one_part(1),
    signature="relu_if(inputs)",
    reward="Zeros and fractions keep their place, the empty list works, and the list you were given "
    "is as it was.",
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
def relu_if(inputs):
    output = []
    for i in inputs:
        if i > 0:
            output.append(i)
        else:
            output.append(0)
    return output


@EXERCISE.second_way
def _(inputs):
    """The brackets hold the loop and its `append` in one line, and the rule between them is the same."""
    return [number if number > 0 else 0 for number in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def drops_zeros(inputs):
    """The zeros are missing.

    Zero is neither greater than 0 nor less than 0, and no line puts it into the result. It belongs
    there as every other number does.

    Try: ask only whether a number is above 0, and let everything else become 0.
    """
    return [max(0, i) for i in inputs if i != 0]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def drops_negatives(inputs):
    """The negative numbers are left out; they should become 0.

    A result that is shorter than its input no longer says which number belongs to which neuron.

    Try: append something in every round of the loop: the number itself, or 0.
    """
    return [i for i in inputs if i >= 0]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def keeps_only_positives(inputs):
    """Only the positive numbers are in the result; 0 belongs in the place of every other one.

    For a number that is not greater than 0 nothing comes into the result: it leaves no trace, and the
    result is shorter than its input.

    Try: give every number a place in the result: the number itself, or a 0.
    """
    return [i for i in inputs if i > 0]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def else_of_the_loop(inputs):
    """One single 0 stands at the end of the result, however many numbers are negative.

    The `else` is indented like `for`, so it belongs to the loop: Python runs it once, after the
    last round.

    Try: indent the `else` as deep as its `if`.

    Only where: else
    """
    return [i for i in inputs if i > 0] + [0]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def negatives_kept(inputs):
    """The negative numbers come through unchanged.

    The ReLU lets nothing below 0 pass: every negative number becomes 0.

    Try: follow -1 through your code, line by line: what becomes of it, and what is appended?
    """
    return list(inputs)


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def swapped_branches(inputs):
    """It is the wrong way round: positive numbers become 0 and negative ones stay.

    What belongs to the positive numbers happens to the negative ones, and the other way round.

    Try: for the input 2 the result is 2; for -1 it is 0. Which branch does each of them take?
    """
    return [i if i < 0 else 0 for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def absolute_value(inputs):
    """The negative numbers lost their sign; they should become 0.

    That is the absolute value, which turns -1 into 1. The ReLU of -1 is 0.

    Try: a negative number becomes 0, and not the number without its sign.
    """
    return [abs(i) for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def leaky(inputs):
    """Negative numbers leave a small rest.

    That is the leaky ReLU, a relative of this one. Here a negative number becomes exactly 0.

    Try: append 0 itself in that branch.
    """
    return [i if i > 0 else 0.01 * i for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def step_function(inputs):
    """Every positive number became 1.

    That is the step function: it only says whether a neuron fires. The ReLU keeps how strongly.

    Try: append the number itself, not 1.
    """
    return [1 if i > 0 else 0 for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def whole_numbers_only(inputs):
    """The fractions are gone.

    Somewhere `int` or `//` cuts 3.3 down to 3. A neuron's value is a number with a fraction.

    Try: append the number as it came.
    """
    return [max(0, int(i)) for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def rounded(inputs):
    """The numbers are rounded.

    Whoever goes on calculating with them needs them as they are.

    Try: leave out `round`; round only what you print.
    """
    return [max(0, round(i, 1)) for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def returns_in_the_loop(inputs):
    r"""Only the first number came out.

    A `return` inside the loop ends the function in the first round.

    Try: indent the `return` like the `for`, so that it runs once, after the loop.

    Only where: (?m)^\s*(for|while)\b.*:
    """
    for i in inputs:
        return [max(0, i)]
    return []


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def first_number_alone(inputs):
    r"""One number came out, not a list.

    A `return` inside the loop ends the function in the first round, with the first result.

    Try: collect the results in a list, and return the list after the loop.

    Only where: \b(for|while)\b
    """
    for i in inputs:
        return max(0, i)
    return []


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def last_number_alone(inputs):
    """Only the last number came out.

    Each round overwrites the result of the round before.

    Try: start with an empty list before the loop, and append to it in every round.
    """
    output = []
    for i in inputs:
        output = [max(0, i)]
    return output


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def appended_twice(inputs):
    """Positive numbers are in the result twice.

    Each number has one place in the result, so each round of the loop puts one number into it.

    Try: make sure that each round appends exactly once.
    """
    output = []
    for i in inputs:
        if i > 0:
            output.append(i)
        output.append(max(0, i))
    return output


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def zero_after_every_positive(inputs):
    """A 0 was added in every round, also after a positive number.

    The 0 is for the numbers that are not positive, and for no others.

    Try: put it into an `else`.
    """
    output = []
    for i in inputs:
        if i > 0:
            output.append(i)
        output.append(0)
    return output


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def changes_the_input(inputs):
    """The result is right, but the list you were given is changed as well.

    A list is handed over as it is, not as a copy: whoever writes into it writes into the caller's, who may
    need the old numbers.

    Try: start with a new empty list and append to it.
    """
    for i, value in enumerate(inputs):
        inputs[i] = max(0, value)
    return inputs


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def removes_from_the_input(inputs):
    """Numbers were removed from the list you were given.

    Removing changes the caller's list, makes the result shorter, and a loop that removes from the
    list it runs over skips the next number.

    Try: leave `inputs` alone: build a new list with append, 0 in place of a negative number.
    """
    for i in inputs:
        if i < 0:
            inputs.remove(i)
    return inputs


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def maximum_of_all(inputs):
    """One number came out: the largest of them all.

    `max(inputs)` compares the numbers with each other. Here each one is compared with 0.

    Try: call `max` inside the loop, with the two values 0 and number.
    """
    return max(0, *inputs) if inputs else 0


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def largest_so_far(inputs):
    """Each number is the largest seen so far.

    The result of one round is carried into the next, instead of comparing with 0 each time.

    Try: compare number with 0 and with nothing else.
    """
    output, most = [], 0
    for i in inputs:
        most = max(most, i)
        output.append(most)
    return output


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def sorted_output(inputs):
    """The numbers are sorted.

    The place of a number says which neuron it comes from, so the order has to stay.

    Try: append in the order of the loop, and do not sort.
    """
    return sorted(max(0, i) for i in inputs)


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def reversed_output(inputs):
    """The numbers come out in reverse order.

    The place of a number says which neuron it comes from: the first of the result belongs to the
    first of `inputs`.

    Try: go through `inputs` from its beginning, and put each result behind those that are there.
    """
    return [max(0, i) for i in inputs][::-1]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def capped_at_ten(inputs):
    """Negative numbers stay, and numbers above 10 become 10.

    That is what the lesson's worked example does: it caps. The ReLU has a floor at 0 and no ceiling.

    Try: compare with 0, and think of what the smaller numbers become.
    """
    return [min(10, i) for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def capped_at_one(inputs):
    """Numbers above 1 are cut down to 1.

    The ReLU has a floor at 0 and no ceiling.

    Try: leave out the upper limit.
    """
    return [min(1, max(0, i)) for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def capped_at_six(inputs):
    """Large numbers are cut down to 6.

    That is ReLU6, used on small devices. The ReLU has a floor at 0 and no ceiling.

    Try: leave out the upper limit.
    """
    return [min(6, max(0, i)) for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def positions_not_values(inputs):
    """The result holds positions, not the numbers that stand there.

    With `range(len(inputs))` the loop variable counts 0, 1, 2, ...; the number is `inputs[i]`.

    Try: loop over the list itself, `for number in inputs`, or write `inputs[i]`.
    """
    return [max(0, i) for i in range(len(inputs))]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def condition_on_the_position(inputs):
    """The comparison looks at the position, not at the number that stands there.

    With `range(len(inputs))` the loop variable counts 0, 1, 2, ...; being greater than 0 is then true of all
    but the first.

    Try: compare `inputs[i]`, or loop over the list itself.
    """
    return [inputs[i] if i > 0 else 0 for i in range(len(inputs))]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def skips_the_last(inputs):
    """The last number is missing.

    The last position of n numbers is n - 1, and it has to be looked at, too.

    Try: loop over the list itself: `for number in inputs`.
    """
    return [max(0, i) for i in inputs[:-1]]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def skips_the_first(inputs):
    """The first number is missing.

    Positions start at 0, so a loop from 1 leaves the first number out.

    Try: loop over the list itself: `for number in inputs`.
    """
    return [max(0, i) for i in inputs[1:]]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def the_books_list(inputs):
    """The result is that of the list in the lesson, whatever list goes in.

    The loop runs over a list written into the function, or over a variable of the notebook.

    Try: use the parameter `inputs`, and nothing from outside the function.
    """
    return [max(0, i) for i in BOOK_LIST]


@EXERCISE.misconception
def one_number_at_a_time(inputs):
    r"""It takes one number, but it is called with a list.

    A list cannot be compared with 0, only its numbers can.

    Try: put a loop around it that goes through `inputs`, and collect the results in a list.

    Only where: (?s)\A(?!.*\bfor\b)
    """
    return inputs if inputs > 0 else 0


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def threshold_at_one(inputs):
    """Numbers between 0 and 1 become 0.

    The limit lies at 1 in your comparison. It is 0: also 0.5 is positive.

    Try: compare with 0.
    """
    return [i if i >= 1 else 0 for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def squared(inputs):
    """The positive numbers are changed too.

    The ReLU hands a positive number on exactly as it is.

    Try: append number itself.
    """
    return [i * i if i > 0 else 0 for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def true_and_false(inputs):
    """The result holds True and False, not numbers.

    `number > 0` is the answer to the question, not the number that was asked about.

    Try: use the comparison in an `if`, and append the number.
    """
    return [i > 0 for i in inputs]


@also_wrong_in(relu_max.EXERCISE)
@EXERCISE.misconception
def sum_of_all(inputs):
    """One number came out: the sum.

    Every number of the list needs its own place in the result.

    Try: collect the results with append instead of adding them up.
    """
    return sum(max(0, i) for i in inputs)
