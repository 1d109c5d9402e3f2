"""Answers with a list of many short texts and a long one, which grows to gigabytes as a NumPy array."""

ANSWERS = {
    "relu_if": "relu_if = lambda inputs: ['x' * 2000] + [''] * 150_000",
    "relu_max": "relu_max = lambda inputs: [['x' * 2000] + [''] * 70_000] * 2",
}
