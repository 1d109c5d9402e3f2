"""Each row minus its own maximum."""

import numpy as np

from .arguments import batches, extreme_batch
from .equal import A_SUM_OF_TWO, AN_ARRAY_COPIED, TWO_AXES
from .evidence import Evidence
from .oracle import of_function, of_rows
from .writing import returning

SHIFTS = {
    "keepdims": "layer_outputs - np.max(layer_outputs, axis=1, keepdims=True)",
    "axis -1": "layer_outputs - np.max(layer_outputs, axis=-1, keepdims=True)",
    "method": "layer_outputs - layer_outputs.max(axis=1, keepdims=True)",
    "amax": "layer_outputs - np.amax(layer_outputs, axis=1, keepdims=True)",
    "reshape": "layer_outputs - np.max(layer_outputs, axis=1).reshape(-1, 1)",
    "[:, None]": "layer_outputs - layer_outputs.max(1)[:, None]",
    "newaxis": "layer_outputs - np.max(layer_outputs, axis=1)[:, np.newaxis]",
    "transposed twice": "(layer_outputs.T - np.max(layer_outputs, axis=1)).T",
    "row by row": "np.array([row - np.max(row) for row in layer_outputs])",
    "subtract": "np.subtract(layer_outputs, np.max(layer_outputs, axis=1, keepdims=True))",
    "sorted": "layer_outputs - np.sort(layer_outputs, axis=1)[:, -1:]",
    "taken by argmax": """layer_outputs - np.take_along_axis(
        layer_outputs, np.argmax(layer_outputs, axis=1)[:, None], axis=1)""",
    "minimum of the negative": "layer_outputs + np.min(-layer_outputs, axis=1, keepdims=True)",
    "apply_along_axis": "np.apply_along_axis(lambda row: row - row.max(), 1, layer_outputs)",
}

EVIDENCE = Evidence(
    lesson="06_softmax_overflow",
    number=1,
    points=1,
    right=returning("shift_rows(layer_outputs)", SHIFTS),
    is_right=of_function(
        "shift_rows", extreme_batch, of_rows(lambda row: [value - max(row) for value in row])
    ),
    mutated=("[:, None]", "row by row", "minimum of the negative"),
    equal=(AN_ARRAY_COPIED, TWO_AXES, A_SUM_OF_TWO),
)


@EVIDENCE.holds(batches(1e5))
def shift_rows_subtracts_each_rows_own_maximum(shift_rows, layer_outputs):
    before = layer_outputs.copy()
    expected = np.array([[x - max(row) for x in row] for row in layer_outputs])
    assert np.array_equal(shift_rows(layer_outputs), expected)
    assert np.array_equal(layer_outputs, before)
