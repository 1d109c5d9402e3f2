"""The sum of each row, in a column."""

import math

import numpy as np

from .arguments import batch, batches
from .equal import AN_ARRAY_COPIED, TWO_AXES
from .evidence import Equal, Evidence
from .oracle import of_function, of_rows
from .writing import returning

ROW_SUMS = {
    "keepdims": "np.sum(batch, axis=1, keepdims=True)",
    "axis -1": "np.sum(batch, axis=-1, keepdims=True)",
    "method": "batch.sum(axis=1, keepdims=True)",
    "method, by place": "batch.sum(1, keepdims=True)",
    "reshape": "np.sum(batch, axis=1).reshape(-1, 1)",
    "reshape to the length": "batch.sum(axis=1).reshape(batch.shape[0], 1)",
    "[:, None]": "batch.sum(axis=1)[:, None]",
    "newaxis": "np.sum(batch, axis=1)[:, np.newaxis]",
    "expand_dims": "np.expand_dims(batch.sum(axis=1), 1)",
    "double brackets and .T": "np.array([batch.sum(axis=1)]).T",
    "transposed": "np.sum(batch.T, axis=0, keepdims=True).T",
    "Python's sum of the columns": "sum(batch.T)[:, None]",
    "list of rows": "np.array([[sum(row)] for row in batch])",
    "vstack": "np.vstack([row.sum() for row in batch])",
    "add.reduce": "np.add.reduce(batch, axis=1, keepdims=True)",
    "product with ones": "batch @ np.ones((batch.shape[1], 1))",
    "einsum": 'np.einsum("ij->i", batch)[:, None]',
    "apply_along_axis": "np.apply_along_axis(np.sum, 1, batch).reshape(-1, 1)",
    "last running sum": "np.cumsum(batch, axis=1)[:, -1:]",
}

EVIDENCE = Evidence(
    lesson="05_softmax_batch",
    number=1,
    points=1,
    right=returning("row_sums(batch)", ROW_SUMS),
    is_right=of_function("row_sums", batch, of_rows(lambda row: [math.fsum(row)])),
    mutated=("[:, None]", "reshape", "transposed", "list of rows"),
    equal=(
        AN_ARRAY_COPIED,
        TWO_AXES,
        Equal(r".*reshape\(-1, 1\) -> .*reshape\(-2, 1\)", "any negative size means what is left"),
    ),
)


@EVIDENCE.holds(batches(1e6))
def row_sums_are_the_exact_sums_in_a_column(row_sums, batch):
    expected = [[math.fsum(row)] for row in batch]
    assert np.allclose(row_sums(batch), expected, rtol=1e-12, atol=1e-6)
    assert row_sums(batch).shape == (len(batch), 1)
