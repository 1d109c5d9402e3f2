"""Arguments for the exercises: drawn by a NumPy generator for mutants, by hypothesis for what is claimed."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

# By a generator


def number_list(rng) -> list:
    kinds = (0, 0.0, -0.5, 1, -3, 250, 1e-6, -1e-6, -4e4)
    return [
        kinds[rng.integers(9)] if rng.random() < 0.5 else float(rng.uniform(-9, 9))
        for _ in range(rng.integers(0, 9))
    ]


def array(rng) -> np.ndarray:
    values = rng.uniform(-9, 9, rng.integers(1, 5, rng.integers(1, 5))) * 10.0 ** rng.integers(-4, 5)
    values[rng.random(values.shape) < 0.1] = 0
    return np.trunc(values).astype(int) if rng.random() < 0.2 else values


def batch(rng, spread=6.0) -> np.ndarray:
    return rng.uniform(-spread, spread, rng.integers(1, 7, 2))


def extreme_batch(rng) -> np.ndarray:
    values = batch(rng, 10.0 ** rng.integers(0, 5))
    return values + rng.choice([0, 0, 900, -900, 3e4, -3e4], (len(values), 1))


def probabilities(rng) -> np.ndarray:
    return rng.dirichlet(np.ones(rng.integers(2, 8)), rng.integers(1, 8))


# By hypothesis


def floats(limit):
    return st.floats(-limit, limit, allow_subnormal=False)


def numbers(limit, **shape):
    """Arrays of one to three axes."""
    return arrays(float, array_shapes(max_dims=3, max_side=6, **shape), elements=floats(limit))


def batches(limit):
    return arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=7), elements=floats(limit))


def samples(n_inputs, limit):
    return arrays(float, st.tuples(st.integers(1, 5), st.just(n_inputs)), elements=floats(limit))


@st.composite
def layers(draw, layer_class, n_inputs=None):
    """A layer of this class with weights and biases of up to 100."""
    n_inputs = n_inputs or draw(st.integers(1, 5))
    layer = layer_class(n_inputs, draw(st.integers(1, 5)))
    layer.weights = draw(arrays(float, layer.weights.shape, elements=floats(100)))
    layer.biases = draw(arrays(float, layer.biases.shape, elements=floats(100)))
    return layer
