"""The softmax of a batch of any values, as a class."""

import scipy.special

from .arguments import batches, extreme_batch
from .equal import A_SUM_OF_TWO, AN_ARRAY_COPIED, NOTHING_NEGATIVE, ROUNDS_IN_ANY_ORDER, TWO_AXES
from .evidence import Evidence
from .oracle import close, of_activation, softmax, stored
from .softmaxes import STABLE_SOFTMAX
from .writing import storing_call

WITH_MORE = {
    "prints and keeps more": """
class Activation_Softmax:
    def __init__(self, name="softmax"):
        self.name = name

    def forward(self, inputs):
        self.shifted = inputs - np.max(inputs, axis=1, keepdims=True)
        self.exp_values = np.exp(self.shifted)
        print(self.name, self.exp_values.shape)
        self.output = self.exp_values / np.sum(self.exp_values, axis=1, keepdims=True)
        return self.output
""",
}

EVIDENCE = Evidence(
    lesson="06_softmax_overflow",
    number=2,
    points=3,
    right=storing_call("Activation_Softmax", STABLE_SOFTMAX) | WITH_MORE,
    is_right=of_activation("Activation_Softmax", extreme_batch, softmax),
    mutated=("shifted with [:, None]", "shifted row by row", "logsumexp by hand"),
    equal=(AN_ARRAY_COPIED, NOTHING_NEGATIVE, TWO_AXES, A_SUM_OF_TWO, ROUNDS_IN_ANY_ORDER),
)


@EVIDENCE.holds(batches(1e5))
def activation_softmax_agrees_with_scipy_where_exp_alone_overflows(activation_softmax, inputs):
    assert close(stored(activation_softmax, inputs), scipy.special.softmax(inputs, axis=1))
