"""Breaks the NumPy functions that the reference uses, so that it gives what the wrong answer gives."""

LESSON = "05_softmax_batch"
FIRST = """
import numpy as np
np.sum = np.max = lambda *args, **kwargs: np.float64(1)
np.exp = lambda x: x
"""
ANSWERS = {
    "row_sums": "row_sums = lambda batch: np.float64(1)",
    "softmax_batch": "softmax_batch = lambda batch: batch",
}
