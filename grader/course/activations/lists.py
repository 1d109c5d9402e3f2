"""Lists of numbers for the ReLU of lesson 01."""

BOOK_LIST = [0, 2, -1, 3.3, -2.7, 1.1, 2.2, -100]

NOTHING: list[float] = []

SMALL = (
    [2], [-1], [0], [1.5, -0.5], [0, 2, -1], [3, 0, -2, 0.5], [-1, -2], [-3, 2, -3, 2], BOOK_LIST, NOTHING
)  # fmt: skip


def draw_list(rng):
    """A list of up to eleven numbers, near to 0 or far from it, some of them whole."""
    size = int(rng.integers(1, 12))
    numbers = rng.normal(0, 10 ** rng.uniform(-1, 3), size).tolist()
    whole = rng.random(size) < 0.3
    return [round(x) if w else x for x, w in zip(numbers, whole)]
