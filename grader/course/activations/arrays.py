"""Arrays of one to three axes for the ReLU of lesson 02."""

import numpy as np

SMALL = (
    np.array([[2.0, -1.0]]),
    np.array([-1, 0, 2]),
    np.array([1.5, -0.5, 0.0]),
    np.array([[1.0, -2.0, 3.5], [-0.5, 0.0, 4.0]]),
    np.array([0, 2, -1, 3.3, -2.7, 1.1, 2.2, -100]),
)


def draw_array(rng):
    """An array of one to three axes, never square, whole numbers now and then."""
    shape = tuple(rng.permutation([2, 3, 5])[: rng.integers(1, 4)])
    values = rng.normal(0, 10 ** rng.uniform(-1, 3), shape)
    return np.round(values).astype(int) if rng.random() < 0.2 else values
