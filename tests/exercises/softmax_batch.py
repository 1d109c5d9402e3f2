"""The softmax of a batch of moderate values."""

import numpy as np
import scipy.special

from .arguments import batch, batches
from .equal import (
    A_SHIFT_CANCELS,
    AN_ARRAY_COPIED,
    AS_LONG_AS_THE_INPUT,
    NOTHING_NEGATIVE,
    ROUNDS_IN_ANY_ORDER,
    TWO_AXES,
)
from .evidence import Equal, Evidence
from .oracle import close, of_function, softmax
from .softmaxes import NAIVE_SOFTMAX, STABLE_SOFTMAX
from .writing import functions

EVIDENCE = Evidence(
    lesson="05_softmax_batch",
    number=2,
    points=2,
    right=functions("softmax_batch(inputs)", NAIVE_SOFTMAX | STABLE_SOFTMAX),
    is_right=of_function("softmax_batch", batch, softmax),
    mutated=("[:, None]", "transposed twice", "row by row", "two loops"),
    equal=(
        AN_ARRAY_COPIED,
        NOTHING_NEGATIVE,
        TWO_AXES,
        ROUNDS_IN_ANY_ORDER,
        AS_LONG_AS_THE_INPUT,
        A_SHIFT_CANCELS,
        Equal(
            r"output = np\.zeros\((.*)\) -> output = np\.(ones|empty)\(\1\)",
            "every place is overwritten",
        ),
        Equal(r"total = .* -> total = .*list\(inputs\[i\]\)\[::-1\].*", "a sum, in any order"),
        Equal(
            r"total = .*, deeper or less deep|for j .*, deeper or less deep",
            "the same sum, computed more often",
        ),
    ),
)


@EVIDENCE.holds(batches(100))
def softmax_of_a_batch_agrees_with_scipy(softmax_batch, layer_outputs):
    before = layer_outputs.copy()
    assert close(softmax_batch(layer_outputs), scipy.special.softmax(layer_outputs, axis=1))
    assert np.array_equal(layer_outputs, before)
