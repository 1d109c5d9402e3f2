"""Batches of samples, shape (n, k), for the softmax of lessons 05 and 06."""

import numpy as np

BATCH = np.array([[4.8, 1.21, 2.385], [8.9, -1.81, 0.2], [1.41, 1.051, 0.026]])

SMALL = (
    np.array([[1.0, 2.0], [3.0, 5.0], [0.0, -1.0]]),
    np.array([[1.0, 2.0, 3.0], [-1.0, 0.0, 2.0]]),
    np.array([[1.0, 0.0, 2.0, -1.0, 0.5, 3.0, 1.5]]),
    BATCH,
)


def draw_batch(rng):
    """A batch of moderate values; its axes differ in length, and one has a single row."""
    n, k = rng.permutation([2, 3, 4, 5, 7])[:2]
    return rng.normal(rng.uniform(-3, 3), 3, (n, k))
