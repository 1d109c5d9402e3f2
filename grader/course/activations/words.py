"""Which lesson teaches which word: what a card says, and what a change brings in, is known by then."""

TAUGHT = {
    "02_relu_numpy": {"np", "numpy", "maximum", "array", "arrays", "axis", "shape", "self", "forward"},
    "03_dense_layer": {"dot", "weights", "biases"},
    "04_softmax_sample": {"math", "exp", "exponential", "exponentials", "softmax", "argmax"},
    "05_softmax_batch": {"keepdims", "nan"},
    "06_softmax_overflow": {"inf", "overflow", "overflows", "underflow"},
}
LESSONS = {"01_relu_loop", *TAUGHT, "07_forward_pass"}


def words_after(lesson: str) -> frozenset[str]:
    """The words that are taught after this lesson; none for a lesson of another chapter."""
    later = [words for name, words in TAUGHT.items() if name > lesson] if lesson in LESSONS else []
    return frozenset().union(*later)
