"""A dense layer."""

import copy
import math

import numpy as np
from hypothesis import strategies as st

from .arguments import layers, samples
from .equal import A_SUM_OF_TWO, AN_ARRAY_COPIED
from .evidence import Equal, Evidence
from .layers import BIASES, PRODUCTS, WEIGHTS, dense
from .oracle import same

OTHER_DENSE = {
    "typed, documented, with extras": '''
class Layer_Dense(object):
    """A dense layer."""

    scale = 0.01

    def __init__(self, n_inputs: int, n_neurons: int) -> None:
        """Draw the weights."""
        self.n_inputs, self.n_neurons = n_inputs, n_neurons
        self.weights = self.scale * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))
        self.inputs = self.output = None

    def forward(self, inputs: np.ndarray) -> np.ndarray:
        self.inputs = inputs
        self.output = self.compute(inputs)
        return self.output

    def compute(self, inputs):
        return np.dot(inputs, self.weights) + self.biases

    def __repr__(self):
        return f"Layer_Dense({self.n_inputs}, {self.n_neurons})"
''',
    "inherits": """
class Layer:
    def forward(self, inputs):
        self.output = inputs @ self.weights + self.biases

class Layer_Dense(Layer):
    def __init__(self, n_inputs, n_neurons):
        super().__init__()
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))
""",
    "three loops": """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.01 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        n, n_inputs = inputs.shape
        n_neurons = self.weights.shape[1]
        self.output = np.zeros((n, n_neurons))
        for i in range(n):
            for j in range(n_neurons):
                self.output[i, j] = self.biases[0, j]
                for k in range(n_inputs):
                    self.output[i, j] += inputs[i, k] * self.weights[k, j]
""",
    "prints on the way": """
class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        print("a layer of", n_neurons)
        self.weights = np.random.normal(scale=0.1, size=(n_inputs, n_neurons))
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        print(inputs.shape)
        self.output = inputs @ self.weights
        self.output += self.biases
""",
}


def layer_is_right(names: dict, rng) -> bool:
    n, n_inputs, n_neurons = map(int, rng.integers(2, 8, 3))
    shape = n_inputs, n_neurons
    layers = [names["Layer_Dense"](*shape) for _ in range(2)]
    names["Layer_Dense"](n_neurons, n_inputs + 1)
    weights = [layer.weights for layer in layers]
    random = all(
        w.shape == shape and np.isfinite(w).all() and np.ptp(w, 0).any() and np.ptp(w, 1).any()
        for w in weights
    )
    random = random and not np.array_equal(*weights)
    zeros = all(same(layer.biases, np.zeros((1, n_neurons))) for layer in layers)
    inputs = [rng.normal(size=(n, n_inputs)) for _ in layers]
    return random and zeros and forward_is_right(layers, inputs, rng)


def forward_is_right(layers: list, inputs: list, rng) -> bool:
    """Whether layers compute from the weights and biases that they have, and leave all else as it is."""
    for _ in range(2):
        before = [copy.deepcopy((x, layer.weights, layer.biases)) for x, layer in zip(inputs, layers)]
        for x, layer in zip(inputs, layers):
            layer.forward(x)
        after = [(x, layer.weights, layer.biases) for x, layer in zip(inputs, layers)]
        if not all(same(layer.output, x @ w + b) for layer, (x, w, b) in zip(layers, before)) or not all(
            map(same, sum(after, ()), sum(before, ()))
        ):
            return False
        for layer in layers:
            layer.weights = rng.normal(size=layer.weights.shape)
            layer.biases = rng.normal(size=layer.biases.shape)
    return True


EVIDENCE = Evidence(
    lesson="03_dense_layer",
    number=1,
    points=3,
    right={f"weights: {name}": dense(weights=text) for name, text in WEIGHTS.items()}
    | {f"biases: {name}": dense(biases=text) for name, text in BIASES.items()}
    | {f"product: {name}": dense(product=text) for name, text in PRODUCTS.items()}
    | OTHER_DENSE,
    is_right=layer_is_right,
    mutated=("product: np.dot", "product: transposed twice"),
    equal=(
        AN_ARRAY_COPIED,
        A_SUM_OF_TWO,
        Equal(
            r"self\.weights = .* -> .*self\.weights = .*",
            "random, fresh and of the right shape: scale and distribution are the student's choice",
        ),
        Equal(
            r"self\.biases = (.*) -> self\.biases = (-|abs\()?\1(\)|\.astype\(int\)|\[::-1\])?",
            "still zeros in a row",
        ),
    ),
)


@EVIDENCE.holds(st.data())
def a_dense_layer_computes_what_three_loops_compute(Layer_Dense, data):
    layer = data.draw(layers(Layer_Dense))
    inputs = data.draw(samples(len(layer.weights), 100))
    layer.forward(inputs)
    expected = [
        [
            math.fsum([*(x * w for x, w in zip(row, column)), bias])
            for column, bias in zip(layer.weights.T, layer.biases[0])
        ]
        for row in inputs
    ]
    assert np.allclose(layer.output, expected, rtol=1e-12, atol=1e-8)


@EVIDENCE.holds(st.integers(1, 9), st.integers(1, 9))
def a_new_layer_has_the_shapes_of_the_contract(Layer_Dense, n_inputs, n_neurons):
    layer = Layer_Dense(n_inputs, n_neurons)
    assert layer.weights.shape == (n_inputs, n_neurons)
    assert np.array_equal(layer.biases, np.zeros((1, n_neurons)))
