"""Which lesson teaches which word: what a card says, and what a change brings in, is known by then."""

TAUGHT = {
    "02_relu_numpy": frozenset(
        {"np", "numpy", "maximum", "array", "arrays", "axis", "shape", "self", "forward"}
    ),
    "03_dense_layer": frozenset({"dot", "weights", "biases"}),
    "04_softmax_sample": frozenset({"math", "exp", "exponential", "exponentials", "softmax", "argmax"}),
    "05_softmax_batch": frozenset({"keepdims", "nan"}),
    "06_softmax_overflow": frozenset({"inf", "overflow", "overflows", "underflow"}),
}
