"""Batches of samples, shape (n, k), for the softmax of lessons 05 and 06."""

import numpy as np

BATCH = np.array([[4.8, 1.21, 2.385], [8.9, -1.81, 0.2], [1.41, 1.051, 0.026]])

SMALL = (
    np.array([[1.0, 2.0], [3.0, 5.0], [0.0, -1.0]]),
    np.array([[1.0, 2.0, 3.0], [-1.0, 0.0, 2.0]]),
    np.array([[1.0, 0.0, 2.0, -1.0, 0.5, 3.0, 1.5]]),
    BATCH,
)
EDGES = (
    np.array([[1, 2, 0], [3, -1, -2]]),  # whole numbers, and a row that sums to 0
    np.array([[2, 0]]),
    np.array([[3.0], [-1.0]]),
    np.array([[-7.0, -8.0, -6.5], [-9.0, -6.0, -7.5]]),
    np.array([[2.0, -1.0, 2.0, 2.0]]),
)
"""Batches that are right as well, and odd: whole numbers, one row or column, low scores, equal ones."""


def draw_batch(rng):
    """A batch of moderate values; its axes differ in length. Now and then it holds whole numbers."""
    n, k = rng.permutation([1, 2, 3, 4, 5, 7])[:2]
    values = rng.normal(rng.uniform(-3, 3), 3, (n, k))
    return np.round(values).astype(int) if rng.random() < 0.2 else values
