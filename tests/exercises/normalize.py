"""A list divided by its sum."""

import math

import numpy as np
from hypothesis import strategies as st

from .equal import A_LIST_COPIED, A_SUM_OF_TWO, AS_LONG_AS_THE_INPUT, NOTHING_NEGATIVE, ROUNDS_IN_ANY_ORDER
from .evidence import Equal, Evidence
from .oracle import close, of_function
from .writing import functions

NORMALIZATIONS = {
    "comprehension": "return [value / sum(exp_values) for value in exp_values]",
    "sum first": """
norm_base = sum(exp_values)
return [value / norm_base for value in exp_values]
""",
    "two loops": """
norm_base = 0
for value in exp_values:
    norm_base += value
norm_values = []
for value in exp_values:
    norm_values.append(value / norm_base)
return norm_values
""",
    "fsum": """
total = math.fsum(exp_values)
return [value / total for value in exp_values]
""",
    "np.sum": "return [value / np.sum(exp_values) for value in exp_values]",
    "map": "return list(map(lambda value: value / sum(exp_values), exp_values))",
    "positions": """
output = [None] * len(exp_values)
for i in range(len(exp_values)):
    output[i] = exp_values[i] / sum(exp_values)
return output
""",
    "times the reciprocal": """
factor = 1 / sum(exp_values)
return [factor * value for value in exp_values]
""",
    "a copy, changed": """
output = exp_values.copy()
for i in range(len(output)):
    output[i] /= sum(exp_values)
return output
""",
    "NumPy and back": "return (np.array(exp_values) / np.sum(exp_values)).tolist()",
}

EVIDENCE = Evidence(
    lesson="04_softmax_sample",
    number=2,
    points=1,
    right=functions("normalize(exp_values)", NORMALIZATIONS),
    is_right=of_function(
        "normalize",
        lambda rng: np.exp(rng.integers(-5, 5, rng.integers(1, 9))).tolist(),
        lambda values: [value / math.fsum(values) for value in values],
    ),
    mutated=("two loops", "positions", "times the reciprocal"),
    equal=(
        A_LIST_COPIED,
        NOTHING_NEGATIVE,
        A_SUM_OF_TWO,
        ROUNDS_IN_ANY_ORDER,
        AS_LONG_AS_THE_INPUT,
        Equal(
            r"norm_values = \[\] -> norm_values = \[\], deeper or less deep",
            "the list is made anew before anything is put into it",
        ),
        Equal(r"for value in (.*): -> for value in list\(\1\)\[::-1\]:", "a sum, in any order"),
    ),
)


@EVIDENCE.holds(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=9))
def normalize_divides_by_the_exact_sum(normalize, exp_values):
    total = math.fsum(exp_values)
    assert close(normalize(exp_values), [value / total for value in exp_values])
