"""Points: whole, half, by parts; and notes that cost nothing."""

import pytest
from conftest import judged_text, only_finding

from grader.course import EXERCISES
from grader.judging.cards import card_text

# Points: whole, half, by parts


@pytest.mark.parametrize(
    ("name", "source"),
    [
        (
            "relu_if",
            "def relu_if(inputs):\n    for i in range(len(inputs)):\n"
            "        inputs[i] = max(0, inputs[i])\n    return inputs",
        ),
        ("relu_numpy", "def relu_numpy(inputs):\n    inputs[inputs < 0] = 0\n    return inputs"),
        ("relu_numpy", "def relu_numpy(inputs):\n    return np.maximum(0, inputs, out=inputs)"),
        ("shift_rows", "def shift_rows(x):\n    x -= x.max(axis=1, keepdims=True)\n    return x"),
        (
            "activation_relu",
            "class Activation_ReLU:\n    def forward(self, inputs):\n"
            "        inputs *= inputs > 0\n        self.output = inputs",
        ),
        (
            "softmax_batch",
            "def softmax_batch(x):\n    x -= x.max(axis=1, keepdims=True)\n"
            "    return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)",
        ),
    ],
)
def test_right_numbers_that_cost_the_callers_input_earn_half(name, source):
    verdict = judged_text(name, source)
    assert (verdict.status, verdict.points) == ("partial", EXERCISES[name].points / 2)
    finding = only_finding(verdict)
    assert "changed" in finding.title
    assert finding.expected.startswith("input still") and finding.got.startswith("input now")


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("relu_if", "tuple(max(0, i) for i in inputs)"),
        ("relu_if", "np.maximum(0, inputs)"),
        ("exponentiate", "np.exp(inputs)"),
        ("softmax_vector", "(np.exp(inputs) / np.exp(inputs).sum()).tolist()"),
        ("row_sums", "inputs.sum(axis=1)"),
        ("relu_numpy", "np.maximum(0, inputs).ravel()"),
        ("confidences", "inputs.max(axis=1, keepdims=True)"),
        ("confidences", "list(inputs.max(axis=1))"),
        ("predictions", "inputs.argmax(axis=1).astype(float)"),
        ("predictions", "inputs.argmax(1)[:, None]"),
    ],
)
def test_right_numbers_in_the_wrong_form_earn_half(name, expression):
    verdict = judged_text(name, f"def {name}(inputs):\n    return {expression}")
    assert (verdict.status, verdict.points) == ("partial", EXERCISES[name].points / 2)


def test_a_softmax_without_the_shift_earns_the_point_for_moderate_values():
    verdict = judged_text(
        "activation_softmax",
        """
class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs)
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)
""",
    )
    assert (verdict.status, verdict.points) == ("partial", 1)
    assert only_finding(verdict).id == "activation_softmax.no_shift"
    assert "nan" in only_finding(verdict).got


def test_extreme_values_earn_nothing_where_moderate_ones_are_wrong():
    verdict = judged_text(
        "activation_softmax",
        """
class Activation_Softmax:
    def forward(self, inputs):
        if np.abs(inputs).max() < 100:
            self.output = inputs
        else:
            exp_values = np.exp(inputs - inputs.max(axis=1, keepdims=True))
            self.output = exp_values / exp_values.sum(axis=1, keepdims=True)
""",
    )
    assert verdict.points == 0


DENSE = """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = {weights}
        self.biases = {biases}

    def forward(self, inputs):
        self.output = {output}
"""

RIGHT_DENSE = {
    "weights": "np.random.randn(n_inputs, n_neurons)",
    "biases": "np.zeros((1, n_neurons))",
    "output": "inputs @ self.weights + self.biases",
}


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({}, 3),
        (
            {"biases": "np.zeros(n_neurons)"},
            2.5,
        ),  # right numbers in the wrong form: half of the start's point
        ({"biases": "np.zeros((n_neurons, 1))"}, 2),  # as many zeros, with which forward stops
        ({"biases": "0"}, 2),
        ({"weights": "np.zeros((n_inputs, n_neurons))"}, 2),
        ({"weights": "np.random.default_rng(0).normal(size=(n_inputs, n_neurons))"}, 2),
        ({"weights": "np.random.randn(n_neurons, n_inputs)"}, 2),
        ({"biases": "np.ones((1, n_neurons))"}, 2),
        ({"output": "inputs @ self.weights"}, 1),
        ({"output": "np.maximum(0, inputs @ self.weights + self.biases)"}, 1),
        ({"biases": "np.ones((1, n_neurons))", "output": "inputs @ self.weights"}, 0),
    ],
    ids=str,
)
def test_a_layer_earns_its_start_and_its_forward_separately(change, points):
    assert judged_text("layer_dense", DENSE.format(**RIGHT_DENSE | change)).points == points


def test_a_constant_earns_nothing_in_any_exercise():
    for name, exercise in EXERCISES.items():
        for value in ("0", "np.array([[1.0]])"):
            if exercise.kind == "function":
                source = f"def {name}(*arguments):\n    return {value}"
            else:
                source = (
                    f"class {exercise.object_name}:\n    def __init__(self, *sizes):\n"
                    f"        self.weights = self.biases = {value}\n"
                    f"    def forward(self, inputs):\n        self.output = {value}"
                )
            assert judged_text(name, source).points == 0, (name, value)


# Notes that cost nothing


@pytest.mark.parametrize(
    "source",
    [
        """
class Activation_Softmax:
    def forward(self, inputs):
        unused = np.exp(inputs)
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)
""",
        """
import warnings

class Activation_Softmax:
    def forward(self, inputs):
        warnings.warn("something to think about")
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)
""",
    ],
)
def test_a_right_answer_with_a_warning_earns_all_points_and_a_note(source):
    verdict = judged_text("activation_softmax", source)
    assert (verdict.status, verdict.points) == ("right", 3)
    assert only_finding(verdict).id == "warning"
    assert "Nothing is taken off" in card_text(verdict)


def test_a_file_of_somebody_else_that_was_never_closed_is_no_warning_to_the_answer():
    verdict = judged_text(
        "relu_if",
        """
import os
left = [os.fdopen(os.dup(2))]

def relu_if(inputs):
    left.clear()  # as when rubbish is collected while an answer runs
    return [max(0, i) for i in inputs]
""",
    )
    assert (verdict.points, verdict.findings) == (1, ())


@pytest.mark.parametrize(
    ("scale", "said"),
    [("1", True), ("0.1", False), ("np.sqrt(2 / n_inputs)", False), ("np.sqrt(1 / n_inputs)", False)],
)
@pytest.mark.parametrize("seed", range(5))
def test_weights_of_the_size_that_they_are_drawn_with_get_a_word_and_all_points(scale, said, seed):
    source = f"""
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = {scale} * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases
"""
    verdict = judged_text("layer_dense", source, seed)
    assert (verdict.status, verdict.points) == ("right", 3)
    assert [finding.id for finding in verdict.findings] == ["remark"] * said


def test_printing_and_logging_in_a_right_answer_cost_nothing_and_stay_off_the_screen(capsys):
    verdict = judged_text(
        "relu_if",
        """
import sys

def relu_if(inputs):
    print(inputs)
    print("x" * 100_000, file=sys.stderr)
    return [max(0, i) for i in inputs]
""",
    )
    assert (verdict.points, verdict.findings) == (1, ())
    assert capsys.readouterr() == ("", "")
