"""What a student is told about a result of the wrong type, shape or value, and about a stub left in place."""

import re

import numpy as np
import pytest
from conftest import judged_text, only_finding

from grader.course import EXERCISES
from grader.judging.cards import card_text

# Type and shape before values


def test_printing_in_place_of_returning_is_named(capsys):
    verdict = judged_text("relu_if", "def relu_if(inputs):\n    print([max(0, i) for i in inputs])")
    assert (verdict.points, only_finding(verdict).id) == (0, "nothing")
    assert "prints its result, but returns None" in only_finding(verdict).title
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "value",
    [
        "(max(0, i) for i in inputs)",
        "map(abs, inputs)",
        "object()",
        "{0: 1}",
        "set(inputs)",
        "np.zeros(300_000)",
        "[1j] * len(inputs)",
        "1j",
        "10 ** 30",
        "[10 ** 400] * len(inputs)",
        "[10 ** 400, 0.5]",
        "'text'",
        "['1'] * len(inputs)",
        "[[1], [1, 2]]",
        "[None] * len(inputs)",
        "np.array([None])",
        "[np.zeros(3), np.zeros((2, 2))]",
        "float('nan')",
        "b''",
        "lambda: 0",
        "[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]",
    ],
)
@pytest.mark.parametrize("name", ["relu_if", "relu_numpy", "row_sums", "predictions", "forward_pass"])
def test_odd_results_are_wrong_and_said_to_be_so(name, value):
    parameters = EXERCISES[name].signature.partition("(")[2]
    source = f"def {name}({parameters}:\n    inputs = [1, 2]\n    return {value}"
    verdict = judged_text(name, source)
    assert (verdict.status, verdict.points) == ("wrong", 0)
    assert only_finding(verdict).title and only_finding(verdict).hint


@pytest.mark.parametrize(
    "value",
    [
        "10 ** 30",
        "np.zeros(300_000)",
        "[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]",
        "object()",
        "(0, 1)",
        "()",
        "int",
        "array.array('d')",
    ],
)
def test_what_came_back_is_named_in_english(value):
    verdict = judged_text("relu_if", f"import array\ndef relu_if(inputs):\n    return {value}")
    assert not re.search(r"\ba (an?|some\w*|[aeio]\w+)\b|\(,\)", card_text(verdict)), card_text(verdict)


@pytest.mark.parametrize(
    "weights",
    [
        "np.random.rand(n_inputs, n_neurons) > 0.5",
        "[[0.1] * n_neurons, [0.2]]",
        "None",
        "'random'",
        "np.full((n_inputs, n_neurons), np.nan)",
        "np.random.randn(n_inputs, n_neurons).tolist()",
        "np.random.randn(n_inputs, n_neurons) * 1j",
        "np.random.randn(n_inputs, n_neurons).astype(object)",
        "np.array(0.1)",
        "np.zeros((0, 0))",
        "lambda: 0",
    ],
)
def test_odd_weights_cost_points_and_never_raise(weights):
    verdict = judged_text(
        "layer_dense",
        f"""
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = {weights}
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases
""",
    )
    assert verdict.points <= 2 and only_finding(verdict).title


@pytest.mark.parametrize(
    ("name", "expression"),
    [
        ("relu_if", "[[max(0, i) for i in x]] * 2"),
        ("relu_numpy", "np.stack([np.maximum(0, x)] * 2)"),
        ("normalize", "[[i / sum(x) for i in x]] * 2"),
        ("row_sums", "np.sum(x, 1, keepdims=True).repeat(2, axis=1)"),
        ("shift_rows", "np.stack([x - x.max(1, keepdims=True)] * 2)"),
        ("softmax_batch", "np.stack([np.exp(x) / np.exp(x).sum(1, keepdims=True)] * 2)"),
        ("predictions", "np.stack([x.argmax(axis=1)] * 2)"),
        ("confidences", "np.stack([x.max(axis=1)] * 3)"),
    ],
)
def test_a_result_that_only_broadcasting_would_accept_earns_nothing(name, expression):
    verdict = judged_text(name, f"def {name}(x):\n    return {expression}")
    assert verdict.points == 0
    assert only_finding(verdict).id == "shape"


@pytest.mark.parametrize(
    ("name", "line", "written"),
    [
        ("activation_relu", "self.outputs = np.maximum(0, inputs)", "outputs"),
        ("activation_relu", "self.ouput = np.maximum(0, inputs)", "ouput"),
        ("activation_softmax", "self.Output = inputs", "Output"),
    ],
)
def test_an_attribute_stored_under_another_name_is_named(name, line, written):
    class_name = EXERCISES[name].object_name
    source = f"class {class_name}:\n    def forward(self, inputs):\n        {line}"
    finding = only_finding(judged_text(name, source))
    assert finding.title == f"There is no self.output, but there is self.{written}."
    assert "self.output" in finding.hint


def test_a_weight_under_an_unlike_name_is_not_taken_for_a_forward_that_returns():
    finding = only_finding(
        judged_text(
            "layer_dense",
            """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.W = np.random.randn(n_inputs, n_neurons)
        self.b = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = inputs @ self.W + self.b
""",
        )
    )
    assert "no self.weights" in finding.title and "W, b" in finding.why


# A stub that was left in place, and NumPy set otherwise


@pytest.mark.parametrize(
    ("signature", "line", "status"),
    [
        ("relu_numpy(inputs)", "return np.maximum(0, inputs)", "right"),
        ("softmax_vector(layer_outputs)", "e = np.exp(layer_outputs); return e / e.sum()", "right"),
        ("relu_if(inputs)", "return [max(0, x) for x in inputs]", "right"),
        ("relu_numpy(inputs)", "return inputs", "wrong"),
        ("relu_numpy(inputs)", "return np.float64(1.0)", "wrong"),
        ("relu_numpy(inputs)", "return inputs.missing", "wrong"),
        ("relu_if(inputs)", "return []", "unwritten"),
        ("relu_numpy(inputs)", "inputs.shape", "unwritten"),
    ],
)
def test_an_answer_below_a_stub_that_was_left_is_judged(signature, line, status):
    source = f"def {signature}:\n    # YOUR CODE HERE\n    pass\n    {line}\n"
    assert judged_text(signature.partition("(")[0], source).status == status


@pytest.mark.parametrize("setting", ["all='raise'", "under='raise'", "all='ignore'"])
def test_a_setting_of_numpy_changes_no_verdict(setting):
    answer = (
        "import numpy as np\nclass Activation_Softmax:\n    def forward(self, inputs):\n"
        "        e = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))\n"
        "        self.output = e / np.sum(e, axis=1, keepdims=True)\n"
    )
    wrong = answer.replace("axis=1", "axis=0")
    before = [judged_text("activation_softmax", text, seed=3) for text in (answer, wrong)]
    old = eval(f"np.seterr({setting})")
    np.set_printoptions(precision=2)
    try:
        assert [judged_text("activation_softmax", text, seed=3) for text in (answer, wrong)] == before
        assert np.geterr() != old
    finally:
        np.seterr(**old)
        np.set_printoptions(precision=8)
    assert before[0].status == "right"


COUNTED = """
class Layer_Dense:
    made = 0

    def __init__(self, n_inputs, n_neurons):
        Layer_Dense.made += 1
        steps = np.arange(n_inputs * n_neurons) + Layer_Dense.made
        self.weights = 0.01 * steps.reshape(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases
"""


def test_weights_that_count_on_are_not_random_and_the_card_says_what_they_do():
    verdict = judged_text("layer_dense", COUNTED)
    assert (verdict.status, verdict.points) == ("partial", 2)
    assert only_finding(verdict).title == "The weights count on in even steps."
