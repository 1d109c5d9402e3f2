"""The walk: the student's own lines on the case that is shown, from the first to what ends it."""

from conftest import checked_text, only_finding

from grader.judging.cards import card_text
from tests.slips import PARTS


def walk(name, text):
    """Each step of the walk on a card: number, line, what it made."""
    return [
        (number, line.strip(), made) for number, line, made in only_finding(checked_text(name, text)).walk
    ]


COUNTED_WRONG = """\
def row_sums(batch):
    result = np.zeros((len(batch), 1))
    for i in range(len(batch)):
        for j in range(len(batch)):
            result[i][0] += batch[i][j]
    return result
"""

BY_HAND = """\
def shift_rows(layer_outputs):
    n, k = layer_outputs.shape
    result = np.zeros((n, k))
    for i in range(n):
        largest = 0
        for j in range(k):
            if layer_outputs[i, j] > largest:
                largest = layer_outputs[i, j]
        for j in range(k):
            result[i, j] = layer_outputs[i, j] - largest
    return result
"""


def test_it_ends_with_the_line_that_stops_in_whichever_round_that_is():
    *_, (number, line, made) = walk("row_sums", COUNTED_WRONG)
    assert (number, line) == (5, "result[i][0] += batch[i][j]")
    assert made.startswith("stops with IndexError: index 2")


def test_of_a_long_one_the_first_steps_and_the_last_are_shown_and_that_some_are_left_out():
    steps = walk("shift_rows", BY_HAND)
    assert (steps[0][1], steps[-1][1]) == ("def shift_rows(layer_outputs):", "return result")
    assert steps[-1][2].startswith("returns [[")
    (gap,) = [line for number, line, _ in steps if number == 0]
    assert gap.endswith(" more steps)")
    card = card_text(checked_text("shift_rows", BY_HAND))
    assert f"    ...:\n        {gap}\n" in card and "    0:" not in card


def test_of_the_objects_it_uses_it_shows_what_they_keep_and_not_their_lines():
    steps = walk("forward_pass", CHAIN)
    made = {line: made for _, line, made in steps}
    assert made["activation1.forward(dense1.output)"].startswith("activation1.output = [[")
    assert made["dense2.forward(dense1.output)"].startswith("dense2.output = [[")
    assert not [line for line in made if "self" in line or "random" in line]


CHAIN = "".join(PARTS.values()).replace("dense2.forward(activation1.output)", "dense2.forward(dense1.output)")
"""A chain in which nobody reads what the ReLU has made."""


def test_it_goes_no_further_than_what_is_shown():
    text = PARTS["@Dense"].replace("randn(n_inputs, n_neurons)", "randn(n_neurons, n_inputs)")
    text = text.replace("inputs, self.weights", "inputs, self.weights.T")
    assert [line for number, line, _ in walk("layer_dense", text) if number] == [
        "def __init__(self, n_inputs, n_neurons):",
        "self.weights = 0.01 * np.random.randn(n_neurons, n_inputs)",
        "self.biases = np.zeros((1, n_neurons))",
    ]


def test_there_is_none_where_it_comes_to_something_else_than_the_check():
    """The list of the default is made anew with the function."""
    shared = """\
def relu_max(inputs, output=[]):
    for number in inputs:
        output.append(max(0, number))
    return output
"""
    assert walk("relu_max", shared) == []


def test_random_numbers_are_drawn_anew():
    drawn = "def predictions(probabilities):\n    return np.random.rand(len(probabilities))\n"
    note, *_, last = walk("predictions", drawn)
    assert note == (0, "(random numbers are drawn anew)", "") and last[2].startswith("returns [")


def test_an_exception_that_the_answer_catches_ends_nothing():
    caught = """\
def relu_max(inputs):
    output = []
    i = 1
    while True:
        try:
            output.append(max(0, inputs[i]))
        except IndexError:
            break
        i += 1
    return output
"""
    made = [made for _, _, made in walk("relu_max", caught)]
    assert "raises IndexError: list index out of range" in made and made[-1] == "returns []"


def test_a_change_of_one_object_is_not_said_to_mend_the_others():
    both = CHAIN.replace("np.maximum(0, inputs)", "np.minimum(0, inputs)").replace("axis=1", "axis=0")
    card = card_text(checked_text("forward_pass", both))
    assert "With this change this object is right in all cases that were tried." in card
    assert "your answer is right" not in card


def test_rows_of_several_lengths_are_compared_with_those_of_the_walk():
    cut = """\
def softmax_batch(layer_outputs):
    rows = []
    for i in range(len(layer_outputs)):
        row = np.exp(layer_outputs[i, : i + 1])
        rows.append(row / row.sum())
    return rows
"""
    assert walk("softmax_batch", cut)[-1][2].startswith("returns [")
