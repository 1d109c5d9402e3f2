"""Dense, ReLU, dense, softmax."""

import copy

import numpy as np
import scipy.special
from hypothesis import strategies as st

from grader.course import EXERCISES
from grader.course.activations.network import Layer_Dense

from . import activation_relu, activation_softmax, layer_dense
from .arguments import layers, samples
from .equal import A_SUM_OF_TWO, AN_ARRAY_COPIED, NO_NAN, NOTHING_NEGATIVE, THE_LARGER_OF_TWO, TWO_AXES
from .evidence import Equal, Evidence
from .layers import PRODUCTS, dense
from .oracle import relu, same, softmax

THREE_CLASSES = (
    dense(product=PRODUCTS["np.dot"])
    + """
class Activation_ReLU:
    def forward(self, inputs):
        self.output = np.maximum(0, inputs)

class Activation_Softmax:
    def forward(self, inputs):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)
"""
)

FORWARD_PASSES = {
    "from the three classes": THREE_CLASSES
    + """
def forward_pass(X, dense1, dense2):
    activation1 = Activation_ReLU()
    activation2 = Activation_Softmax()
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    return activation2.output
""",
    "activations made once, outside": THREE_CLASSES
    + """
activation1, activation2 = Activation_ReLU(), Activation_Softmax()

def forward_pass(X, dense1, dense2):
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    activation2.forward(dense2.output)
    return activation2.output
""",
    "in a loop": THREE_CLASSES
    + """
def forward_pass(X, dense1, dense2):
    values = X
    for step in (dense1, Activation_ReLU(), dense2, Activation_Softmax()):
        step.forward(values)
        values = step.output
    return values
""",
    "without the activation classes": dense()
    + """
def forward_pass(X, dense1, dense2):
    dense1.forward(X)
    dense2.forward(np.maximum(0, dense1.output))
    shifted = dense2.output - dense2.output.max(axis=1, keepdims=True)
    return np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
""",
    "from weights and biases": """
def forward_pass(X, dense1, dense2):
    hidden = (X @ dense1.weights + dense1.biases).clip(0)
    outputs = hidden @ dense2.weights + dense2.biases
    powers = np.exp(outputs - outputs.max(axis=1)[:, None])
    return powers / powers.sum(axis=1)[:, None]
""",
    "forward also returns": """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.1 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases
        return self.output

class Activation_ReLU:
    def forward(self, inputs):
        self.output = inputs * (inputs > 0)
        return self.output

class Activation_Softmax:
    def forward(self, inputs):
        self.output = np.exp(inputs - np.logaddexp.reduce(inputs, axis=1, keepdims=True))
        return self.output

def forward_pass(X, dense1, dense2):
    return Activation_Softmax().forward(dense2.forward(Activation_ReLU().forward(dense1.forward(X))))
""",
    "prints each shape": THREE_CLASSES
    + """
def forward_pass(X, dense1, dense2):
    relu, softmax = Activation_ReLU(), Activation_Softmax()
    dense1.forward(X)
    print(dense1.output.shape)
    relu.forward(dense1.output)
    dense2.forward(relu.output)
    print(dense2.output.shape)
    softmax.forward(dense2.output)
    return softmax.output
""",
}


WRITTEN_AGAIN = {
    "Layer_Dense": layer_dense.EVIDENCE,
    "Activation_ReLU": activation_relu.EVIDENCE,
    "Activation_Softmax": activation_softmax.EVIDENCE,
}


def all_is_right(names: dict, rng) -> bool:
    classes = [evidence.is_right(names, rng) for name, evidence in WRITTEN_AGAIN.items() if name in names]
    return all(classes) and pass_is_right(names, rng)


def pass_is_right(names: dict, rng) -> bool:
    n, n_inputs, n_neurons, n_classes = map(int, rng.integers(1, 7, 4))
    make = names.get("Layer_Dense", Layer_Dense)
    dense1, dense2 = make(n_inputs, n_neurons), make(n_neurons, n_classes)
    scale = rng.choice([1, 60])
    for layer, shape in ((dense1, (n_inputs, n_neurons)), (dense2, (n_neurons, n_classes))):
        layer.weights, layer.biases = scale * rng.normal(size=shape), rng.normal(size=(1, shape[1]))
    held = [copy.deepcopy((layer.weights, layer.biases)) for layer in (dense1, dense2)]
    X = rng.normal(size=(n, n_inputs))
    before = X.copy()
    right = softmax(relu(X @ held[0][0] + held[0][1]) @ held[1][0] + held[1][1])
    got = names["forward_pass"](X, dense1, dense2)
    kept = all(map(same, (dense1.weights, dense1.biases, dense2.weights, dense2.biases), sum(held, ())))
    return same(got, right) and same(X, before) and kept


EVIDENCE = Evidence(
    lesson="07_forward_pass",
    number=1,
    points=2,
    right=FORWARD_PASSES,
    is_right=all_is_right,
    mutated=("from the three classes", "from weights and biases"),
    equal=(
        AN_ARRAY_COPIED,
        NOTHING_NEGATIVE,
        TWO_AXES,
        THE_LARGER_OF_TWO,
        A_SUM_OF_TWO,
        NO_NAN,
        Equal(
            r"self\.(weights|biases) = .*",
            "other scales of the weights are as right",
        ),
        Equal(r"nothing -> X\[:\] = X", "X keeps its numbers"),
        Equal(r"nothing -> \w+\.forward\(.*\)", "the same once more"),
    ),
)


@EVIDENCE.holds(st.data())
def the_forward_pass_is_dense_relu_dense_softmax(forward_pass, data):
    layer_class = EXERCISES["layer_dense"].namespace()["Layer_Dense"]
    dense1 = data.draw(layers(layer_class))
    dense2 = data.draw(layers(layer_class, n_inputs=dense1.biases.size))
    X = data.draw(samples(len(dense1.weights), 10))
    hidden = X @ dense1.weights + dense1.biases
    outputs = hidden * (hidden > 0) @ dense2.weights + dense2.biases
    got = forward_pass(X, dense1, dense2)
    assert np.allclose(got, scipy.special.softmax(outputs, axis=1), rtol=1e-9, atol=1e-9)
