"""e to the power of each number of a list."""

import math

import numpy as np
from hypothesis import strategies as st

from .arguments import floats
from .equal import A_LIST_COPIED, NOTHING_NEGATIVE
from .evidence import Equal, Evidence
from .oracle import of_function
from .writing import returning

EXPONENTIALS = {
    "math.e": "[math.e ** x for x in layer_outputs]",
    "math.exp": "[math.exp(x) for x in layer_outputs]",
    "e to ten digits": "[2.718281828 ** x for x in layer_outputs]",
    "e to twelve digits": "[2.71828182846 ** x for x in layer_outputs]",
    "pow": "[pow(math.e, x) for x in layer_outputs]",
    "math.pow": "[math.pow(math.e, x) for x in layer_outputs]",
    "map": "list(map(math.exp, layer_outputs))",
    "map with lambda": "list(map(lambda x: math.e ** x, layer_outputs))",
    "NumPy and back": "np.exp(layer_outputs).tolist()",
    "NumPy numbers in a list": "[np.exp(x) for x in layer_outputs]",
    "np.e": "[np.e ** x for x in layer_outputs]",
    "list of an array": "list(np.exp(layer_outputs))",
}

EVIDENCE = Evidence(
    lesson="04_softmax_sample",
    number=1,
    points=1,
    right=returning("exponentiate(layer_outputs)", EXPONENTIALS),
    is_right=of_function(
        "exponentiate",
        lambda rng: rng.uniform(-9, 9, rng.integers(1, 9)).tolist(),
        lambda values: [math.exp(value) for value in values],
    ),
    mutated=("math.exp", "pow", "e to ten digits"),
    equal=(
        A_LIST_COPIED,
        NOTHING_NEGATIVE,
        Equal(r".* -> .*\b2\.7182818\b.*", "eight digits of e are enough"),
    ),
)


@EVIDENCE.holds(st.lists(floats(50), min_size=1, max_size=9))
def exponentiate_agrees_with_numpy(exponentiate, layer_outputs):
    assert np.allclose(exponentiate(layer_outputs), np.exp(layer_outputs), rtol=1e-12, atol=0)
