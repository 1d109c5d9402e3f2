"""Probabilities of a network, shape (n, classes), for the last exercises of lesson 07."""

import numpy as np

SURE_AND_UNSURE = np.array([[0.22, 0.6, 0.18], [0.32, 0.36, 0.32]])

SMALL = (
    np.array([[0.05, 0.05, 0.1, 0.5, 0.05, 0.05, 0.2]]),
    np.array([[0.7, 0.1, 0.2], [0.1, 0.3, 0.6]]),
    SURE_AND_UNSURE,
    np.array([[0.5, 0.2, 0.3], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [0.9, 0.05, 0.05]]),
)
TIES = np.array([[0.4, 0.4, 0.2], [0.1, 0.45, 0.45]])
EDGES = (
    np.array([[0, 1, 0], [1, 0, 0]]),
    np.array([[1.0], [1.0]]),
)
"""Probabilities that are right as well, and odd: whole numbers, a single class."""


def draw_probabilities(rng):
    """Rows that sum to 1; the axes differ in length."""
    n, k = (int(x) for x in rng.permutation([2, 3, 4, 5, 9])[:2])
    values = np.exp(rng.normal(0, 1, (n, k)))
    return values / values.sum(axis=1, keepdims=True)
