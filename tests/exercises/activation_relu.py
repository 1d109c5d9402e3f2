"""An array's ReLU, as a class."""

import numpy as np

from .arguments import array, numbers
from .equal import AN_ARRAY_COPIED, NO_NAN, NOTHING_NEGATIVE, THE_LARGER_OF_TWO
from .evidence import Evidence
from .oracle import of_activation, relu, stored
from .relus import ARRAY_RELU, ARRAY_RELU_BLOCKS
from .writing import storing, storing_call

WITH_MORE = {
    "returns it too": """
class Activation_ReLU:
    \"\"\"Rectified linear unit.\"\"\"

    def __init__(self):
        self.inputs = None
        self.output = None

    def forward(self, inputs: np.ndarray) -> np.ndarray:
        self.inputs = inputs
        self.output = np.maximum(0, inputs)
        return self.output

    def backward(self, dvalues):
        raise NotImplementedError
""",
}

EVIDENCE = Evidence(
    lesson="02_relu_numpy",
    number=2,
    points=2,
    right=storing("Activation_ReLU", ARRAY_RELU)
    | storing_call("Activation_ReLU", ARRAY_RELU_BLOCKS)
    | WITH_MORE,
    is_right=of_activation("Activation_ReLU", array, relu),
    mutated=("clip", "zeros and a mask"),
    equal=(AN_ARRAY_COPIED, NOTHING_NEGATIVE, THE_LARGER_OF_TWO, NO_NAN),
)


@EVIDENCE.holds(numbers(1e6))
def relu_of_an_array_is_the_relu_of_each_element(activation_relu, inputs):
    before = inputs.copy()
    expected = np.array([max(0.0, x) for x in inputs.flat]).reshape(inputs.shape)
    assert np.array_equal(stored(activation_relu, inputs), expected)
    assert np.array_equal(inputs, before)
