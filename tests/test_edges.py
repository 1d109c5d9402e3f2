"""Whole numbers, single rows and columns, ties: right answers are right on them, and slips show."""

# ruff: noqa: E501 - a slip is one line

import pytest
from conftest import SEEDS, judged_text

SLOPPY = {
    "whole numbers in softmax_batch": (
        "softmax_batch",
        "def softmax_batch(x):\n    out = np.zeros_like(x)\n    for i in range(len(x)):\n"
        "        out[i] = np.exp(x[i]) / np.sum(np.exp(x[i]))\n    return out",
    ),
    "whole numbers in Activation_Softmax": (
        "activation_softmax",
        "class Activation_Softmax:\n    def forward(self, x):\n        self.output = np.zeros_like(x)\n"
        "        for i in range(len(x)):\n            e = np.exp(x[i] - x[i].max())\n"
        "            self.output[i] = e / e.sum()",
    ),
    "whole numbers in softmax_vector": (
        "softmax_vector",
        "def softmax_vector(x):\n    out = np.zeros_like(x)\n    out[:] = np.exp(x) / np.sum(np.exp(x))\n"
        "    return out",
    ),
    "whole numbers in Layer_Dense": (
        "layer_dense",
        "class Layer_Dense:\n    def __init__(self, a, b):\n        self.weights = 0.1 * np.random.randn(a, b)\n"
        "        self.biases = np.zeros((1, b))\n    def forward(self, x):\n"
        "        self.output = np.zeros((len(x), self.biases.size), dtype=x.dtype)\n"
        "        self.output[:] = x @ self.weights + self.biases",
    ),
    "a row that sums to 0": (
        "row_sums",
        "def row_sums(batch):\n    sums = np.sum(batch, axis=1, keepdims=True)\n    return sums[sums != 0][:, None]",
    ),
    "a single row is squeezed": (
        "row_sums",
        "def row_sums(batch):\n    return np.atleast_2d(np.squeeze(np.sum(batch, axis=1, keepdims=True))).T",
    ),
    "a single column is squeezed": (
        "shift_rows",
        "def shift_rows(x):\n    return np.squeeze(x - np.max(x, axis=1, keepdims=True))",
    ),
    "every largest one": ("predictions", "def predictions(p):\n    return np.where(p == p.max(axis=1, keepdims=True))[1]"),
    "either of two": ("predictions", "def predictions(p):\n    return p.shape[1] - 1 - np.argmax(p[:, ::-1], axis=1)"),
}  # fmt: skip


RIGHT_ON_THEM = {"a single row is squeezed", "either of two"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("slip", SLOPPY)
def test_what_holds_only_for_ordinary_batches_is_not_right(slip, seed):
    name, text = SLOPPY[slip]
    verdict = judged_text(name, text, seed)
    assert (verdict.status == "right") is (slip in RIGHT_ON_THEM)
