"""An array's ReLU, as a function."""

import numpy as np

from .arguments import array, numbers
from .equal import (
    A_SUM_OF_TWO,
    AN_ARRAY_COPIED,
    NO_NAN,
    NOTHING_NEGATIVE,
    ROUNDS_IN_ANY_ORDER,
    THE_LARGER_OF_TWO,
    ZERO_IS_ZERO,
)
from .evidence import Equal, Evidence
from .oracle import of_function, relu
from .relus import ARRAY_RELU, ARRAY_RELU_BLOCKS
from .writing import functions, returning

EVIDENCE = Evidence(
    lesson="02_relu_numpy",
    number=1,
    points=1,
    right=returning("relu_numpy(inputs)", ARRAY_RELU) | functions("relu_numpy(inputs)", ARRAY_RELU_BLOCKS),
    is_right=of_function("relu_numpy", array, relu),
    mutated=("where", "mask", "copy with a mask", "loop over all places"),
    equal=(
        AN_ARRAY_COPIED,
        NOTHING_NEGATIVE,
        THE_LARGER_OF_TWO,
        A_SUM_OF_TWO,
        ZERO_IS_ZERO,
        ROUNDS_IN_ANY_ORDER,
        NO_NAN,
        Equal(
            r"output\[output < 0\] = 0 -> output\[inputs < 0\] = 0",
            "the copy holds the same numbers where it is not changed yet",
        ),
    ),
)


@EVIDENCE.holds(numbers(1e6))
def relu_of_an_array_is_the_relu_of_each_element(relu_numpy, inputs):
    before = inputs.copy()
    expected = np.array([max(0.0, x) for x in inputs.flat]).reshape(inputs.shape)
    assert np.array_equal(relu_numpy(inputs), expected)
    assert np.array_equal(inputs, before)
