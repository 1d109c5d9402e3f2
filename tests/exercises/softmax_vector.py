"""The softmax of one sample."""

import scipy.special
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from .arguments import floats
from .equal import A_SHIFT_CANCELS, AN_ARRAY_COPIED, NOTHING_NEGATIVE, ONE_AXIS
from .evidence import Equal, Evidence
from .oracle import close, of_function, softmax
from .writing import functions

VECTORS = {
    "np.exp and np.sum": """
exp_values = np.exp(layer_outputs)
return exp_values / np.sum(exp_values)
""",
    "methods": "return np.exp(layer_outputs) / np.exp(layer_outputs).sum()",
    "shifted": """
exp_values = np.exp(layer_outputs - np.max(layer_outputs))
return exp_values / np.sum(exp_values)
""",
    "axis 0": """
exp_values = np.exp(layer_outputs)
return exp_values / np.sum(exp_values, axis=0)
""",
    "keepdims": """
exp_values = np.exp(layer_outputs)
return exp_values / np.sum(exp_values, axis=-1, keepdims=True)
""",
    "log of the sum": "return np.exp(layer_outputs - np.log(np.sum(np.exp(layer_outputs))))",
    "logsumexp of SciPy": """
from scipy.special import logsumexp
return np.exp(layer_outputs - logsumexp(layer_outputs))
""",
    "math.e": "return math.e ** layer_outputs / np.sum(math.e ** layer_outputs)",
    "e to ten digits": "return 2.718281828 ** layer_outputs / sum(2.718281828 ** layer_outputs)",
    "Python's sum": """
exp_values = np.exp(layer_outputs)
return exp_values / sum(exp_values)
""",
    "list made an array": """
exp_values = [math.exp(x) for x in layer_outputs]
return np.array([value / sum(exp_values) for value in exp_values])
""",
}

EVIDENCE = Evidence(
    lesson="04_softmax_sample",
    number=3,
    points=1,
    right=functions("softmax_vector(layer_outputs)", VECTORS),
    is_right=of_function("softmax_vector", lambda rng: rng.uniform(-9, 9, rng.integers(1, 9)), softmax),
    mutated=("shifted", "list made an array"),
    equal=(
        AN_ARRAY_COPIED,
        NOTHING_NEGATIVE,
        ONE_AXIS,
        A_SHIFT_CANCELS,
        Equal(r"(.*)math\.exp(.*) -> \1-math\.exp\2", "the sign cancels in the quotient"),
    ),
)


@EVIDENCE.holds(arrays(float, st.integers(1, 9), elements=floats(100)))
def softmax_of_a_vector_agrees_with_scipy(softmax_vector, layer_outputs):
    assert close(softmax_vector(layer_outputs), scipy.special.softmax(layer_outputs))
