"""One sample's outputs, shape (k,), for the softmax of lesson 04."""

SAMPLE = [4.8, 1.21, 2.385]


def draw_sample(rng):
    """Two to eight moderate values."""
    return rng.normal(rng.uniform(-3, 3), 3, int(rng.integers(2, 9)))
