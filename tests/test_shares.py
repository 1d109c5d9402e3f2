"""forward_pass is judged in four shares: a slip in one object costs its own and no more."""

# ruff: noqa: E501 - a slip is one line

import pytest
from conftest import judged_text

from grader.course import EXERCISES
from grader.judging.cards import card_html, card_text
from grader.judging.judge import make_plan
from tests.exercises.forward_pass import FORWARD_PASSES

RIGHT = FORWARD_PASSES["from the three classes"]
DENSE, RELU, SOFTMAX, CHAIN = "Layer_Dense", "Activation_ReLU", "Activation_Softmax", "forward_pass"

# (what is lost, text, what stands in its place)
SLIPS = {
    "weights transposed": (DENSE, "np.random.randn(n_inputs, n_neurons)", "np.random.randn(n_neurons, n_inputs)"),
    "zeros for weights": (DENSE, "0.01 * np.random.randn(n_inputs, n_neurons)", "np.zeros((n_inputs, n_neurons))"),
    "sizes typed in": (DENSE, "np.zeros((1, n_neurons))", "np.zeros((1, 3))"),
    "no self": (DENSE, "self.weights = ", "weights = "),
    "no biases in forward": (DENSE, " + self.biases", ""),
    "abs": (RELU, "np.maximum(0, inputs)", "np.abs(inputs)"),
    "tanh": (RELU, "np.maximum(0, inputs)", "np.tanh(inputs)"),
    "not stored": (RELU, "self.output = np.maximum(0, inputs)", "return np.maximum(0, inputs)"),
    "an error": (RELU, "np.maximum(0, inputs)", "np.maximum(0, input)"),
    "no shift": (SOFTMAX, "inputs - np.max(inputs, axis=1, keepdims=True)", "inputs"),
    "columns": (SOFTMAX, "np.sum(exp_values, axis=1", "np.sum(exp_values, axis=0"),
    "no ReLU": (CHAIN, "dense2.forward(activation1.output)", "dense2.forward(dense1.output)"),
    "ReLU of X": (CHAIN, "activation1.forward(dense1.output)", "activation1.forward(X)"),
    "one ReLU more": (CHAIN, "activation2.forward(dense2.output)", "activation1.forward(dense2.output)\n    activation2.forward(activation1.output)"),
    "a constant": (CHAIN, "    return activation2.output", "    return np.ones((len(X), 3)) / 3"),
    "nothing returned": (CHAIN, "    return activation2.output\n", ""),
}  # fmt: skip


def with_slip(slip):
    _, old, new = SLIPS[slip]
    assert old in RIGHT
    return RIGHT.replace(old, new)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_costs_its_share_and_is_explained_there(slip):
    verdict = judged_text("forward_pass", with_slip(slip))
    lost = {name for name, points, _ in verdict.shares if not points}
    assert (lost, verdict.points, verdict.status) == ({SLIPS[slip][0]}, 1.5, "partial")
    assert {points for name, points, _ in verdict.shares if name not in lost} == {0.5}
    (finding,) = verdict.findings
    assert not finding.code or f"{SLIPS[slip][0]}(" in finding.code


def test_two_slips_cost_two_shares_and_the_first_is_explained():
    text = with_slip("abs").replace("dense2.forward(activation1.output)", "dense2.forward(dense1.output)")
    verdict = judged_text("forward_pass", text)
    assert verdict.points == 1
    assert [f.id for f in verdict.findings] == ["activation_relu.absolute_value", "also-wrong"]


@pytest.mark.parametrize("style", FORWARD_PASSES)
def test_biases_of_another_form_cost_half_of_the_dense_share_in_every_style(style):
    text = FORWARD_PASSES[style].replace("np.zeros((1, n_neurons))", "np.zeros(n_neurons)")
    verdict = judged_text("forward_pass", text)
    assert verdict.points == (1.75 if "class Layer_Dense" in text else 2)


def test_right_classes_alone_earn_their_shares_and_constants_nothing():
    classes = RIGHT[: RIGHT.index("def forward_pass")]
    assert judged_text("forward_pass", classes).points == 1.5
    assert judged_text("forward_pass", "def forward_pass(*_):\n    return np.ones((1, 2)) / 2").points == 0
    assert judged_text("forward_pass", "x = 1").status == "unwritten"


@pytest.mark.parametrize("style", ["from the three classes", "without the activation classes"])
def test_a_layer_that_is_not_there_costs_its_share_and_no_more_and_is_named(style):
    text = FORWARD_PASSES[style]
    start, end = (
        text.index("class Layer_Dense"),
        text.index("class Activation_ReLU" if "class Activation_ReLU" in text else "def forward_pass"),
    )
    verdict = judged_text("forward_pass", text[:start] + text[end:])
    assert verdict.points == 1.5 and verdict.findings[0].title == "Layer_Dense is not defined yet."


def test_a_plan_holds_nothing_from_which_a_layer_could_be_learnt():
    assert "@" not in make_plan(EXERCISES["forward_pass"], 3)


def test_the_card_says_what_each_object_has_earned():
    verdict = judged_text("forward_pass", with_slip("abs"))
    line = "forward_pass 0.5 of 0.5 · Layer_Dense 0.5 of 0.5 · Activation_ReLU 0 of 0.5"
    assert line in card_html(verdict) and line in " ".join(card_text(verdict).split())


def test_lent_classes_are_given_back():
    text = RIGHT + "\nown = Activation_ReLU.forward, Activation_Softmax.forward, Layer_Dense.forward\n"
    from conftest import define, judged

    names = define(text)
    judged("forward_pass", names)
    assert names["own"] == tuple(names[name].forward for name in (RELU, SOFTMAX, DENSE))
