"""What is said of wrong numbers is true of each case that fails, and where it is not, nothing is said."""

import numpy as np
import pytest
from conftest import EXERCISES, checked_text

from grader.course.exercise import Case
from grader.judging.compare import Fault
from grader.judging.recognised import Wrong, recognise, what_sets_apart

BATCHES = [np.array([[1.0, -2.0, 3.0], [4.0, 0.5, -6.0]]), np.array([[2.0, 7.0, 1.0], [0.0, 3.0, -1.0]])]


def wrong(right, came, given=None):
    return Wrong(given, np.asarray(right, float), np.asarray(came, float))


@pytest.mark.parametrize(
    ("makes", "said"),
    [
        (lambda x: x, "the numbers that were handed in, unchanged"),
        (np.abs, "the amounts of the numbers that were handed in, without their signs"),
        (lambda x: np.sum(x, axis=0), "the sum of each column of"),
        (lambda x: np.max(x, axis=1, keepdims=True), "the largest of each row of"),
        (lambda x: np.argmin(x, axis=1), "the place of the smallest of each row of"),
        (
            lambda x: x - x.mean(),
            "the numbers that were handed in, each, minus the mean of all these numbers",
        ),
        (
            lambda x: np.exp(x) / np.exp(x).max(axis=1, keepdims=True),
            "divided by the largest of its row of these powers",
        ),
        (lambda x: np.roll(x, 1, axis=0), "each one place further down"),
        (lambda x: np.sort(x, axis=1), "the smallest of each row first"),
        (
            lambda x: (x - x.min()) / np.ptp(x),
            "stretched so that the smallest of all these numbers is 0 and the largest 1",
        ),
        (
            lambda x: x / np.linalg.norm(x, axis=1, keepdims=True),
            "the root of the sum of the squares of its row",
        ),
        (lambda x: 2 * x.T, ""),
    ],
)
def test_a_simple_thing_that_was_made_of_the_numbers_is_recognised(makes, said):
    told = recognise([wrong(x * 9 + 1, makes(x), x) for x in BATCHES])
    assert (said in told) if said else (told == "")


def test_what_was_made_of_the_right_numbers_is_recognised_where_the_others_are_not_known():
    assert (
        recognise([wrong(x, x.T) for x in BATCHES])
        == "What came out is rows for columns of the right numbers."
    )


def test_what_is_true_of_one_case_alone_is_not_said():
    first, second = BATCHES
    assert recognise([wrong(first, -first), wrong(second, second * 3 + 1)]) == ""
    assert recognise([wrong(first, -first)]) == ""


@pytest.mark.parametrize(
    ("below_zero", "said"),
    [(lambda x: x, ": as they are"), (lambda x: 0.25 * x, ": as 0.25 times"), (lambda x: x**3, "wrong;")],
)
def test_which_numbers_are_wrong_is_said_and_what_they_are(below_zero, said):
    told = recognise([wrong(np.maximum(0, x), np.where(x < 0, below_zero(x), x), x) for x in BATCHES])
    assert told.startswith("Only numbers below 0 come out wrong") or said == ": as they are"
    assert said in told or "unchanged" in told


def test_a_border_is_told_of_where_numbers_beyond_it_are_wrong_and_no_others():
    x = np.array([-3.0, 0.5, 2, 9, 9.5, 11, 12, 30, 200])
    told = recognise([wrong(np.maximum(0, x), np.clip(x, 0, 10), x), wrong([12.0], [10], np.array([12.0]))])
    assert (
        told
        == "There is a border above 0, and all numbers beyond it come out wrong: as 10; all others are right."
    )
    assert recognise([wrong(x, np.clip(x, -9, 10), x), wrong([5.0], [4], np.array([5.0]))]) == ""


def test_of_numbers_that_are_nearly_right_it_is_not_said_which_are_wrong():
    nearly = [wrong(abs(x) + 1, (abs(x) + 1) * np.where(x < 0, 1 + 2e-7, 1 + 5e-8), x) for x in BATCHES]
    assert recognise(nearly) == ""


def test_the_one_row_that_is_right_or_wrong_is_named():
    rows = [np.arange(6.0).reshape(3, 2) + i for i in range(1, 6)]
    off = [np.array([[0], [1], [1]]), np.array([[0], [0], [1]])]
    assert recognise([wrong(x, x + off[0] * i) for i, x in enumerate(rows, 3)]) == (
        "Only the first row of the result is right."
    )
    assert recognise([wrong(x, x + off[1] * i) for i, x in enumerate(rows, 3)]) == (
        "Only the last row of the result is wrong."
    )


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        (lambda x: x.ndim == 2 and len(x) > 1, "each with more than one row goes wrong, and no other"),
        (lambda x: True, ""),
        (lambda x: x.sum() > 0, ""),
    ],
)
def test_what_sets_failing_cases_apart_is_said_where_one_thing_alone_does(fails, said):
    exercise = EXERCISES["softmax_batch"]
    cases = exercise.cases(1)
    faults = {i: Fault("values") for i, case in enumerate(cases) if fails(case.given[0])}
    told = what_sets_apart(dict(enumerate(cases)), faults, "")
    assert (said in told) if said else (told == "")


def test_a_case_without_steps_that_give_one_array_sets_nothing_apart():
    cases = [Case(step.steps) for step in EXERCISES["forward_pass"].cases(1)]
    faults = {0: Fault("values"), 1: Fault("values")}
    assert what_sets_apart(dict(enumerate(cases)), faults, cases[0].part) == ""


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "relu_numpy",
            "def relu_numpy(inputs):\n    return inputs - np.min(inputs)\n",
            "minus the smallest of all these numbers",
        ),
        (
            "predictions",
            "def predictions(p):\n    found = []\n    for row in p:\n        best = 0\n"
            "        for x in row:\n            if x > best:\n                best = x\n"
            "        found.append(best)\n    return np.array(found)\n",
            "the largest of each row of the numbers that were handed in",
        ),
        (
            "activation_relu",
            "class Activation_ReLU:\n    def __init__(self):\n        self.output = np.maximum(0, inputs)\n"
            "    def forward(self, inputs):\n        return self.output\n",
            "It is a parameter of `forward`, and known in that function alone.",
        ),
    ],
)
def test_a_card_says_what_came_out(name, text, said):
    (finding,) = checked_text(name, text).findings
    assert said in finding.why and not finding.edits


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "normalize",
            "def normalize(exp_values):\n"
            "    total = sum(math.exp(v) for v in exp_values)\n"
            "    return [math.exp(v) / total for v in exp_values]\n",
        ),
        (
            "shift_rows",
            "def shift_rows(layer_outputs):\n"
            "    rows = np.sort(layer_outputs, axis=1)\n"
            "    return rows - rows[:, -1:]\n",
        ),
    ],
)
def test_what_is_seen_is_the_same_for_every_seed(name, text):
    """Of some seeds a case is too large for Python's own exp, or has something that no other one has."""
    assert len({checked_text(name, text, seed).findings[0].why for seed in range(12)}) == 1


def test_that_an_answer_draws_at_random_is_said():
    text = "def predictions(probabilities):\n    return np.random.randint(0, 2, len(probabilities))\n"
    assert "`np.random.randint` draws at random" in checked_text("predictions", text).findings[0].why


def test_a_size_that_is_written_into_an_answer_is_said():
    text = """\
def predictions(probabilities):
    classes = []
    for row in probabilities:
        if row[0] > row[1] and row[0] > row[2]:
            classes.append(0)
        else:
            classes.append(1 if row[1] > row[2] else 2)
    return np.array(classes)
"""
    for seed in range(5):
        told = checked_text("predictions", text, seed).findings[0].why
        assert told == (
            "Of the cases that were tried all with 3 columns come out right, and of the others no more than "
            "a few."
        )
