"""Answers with an array subclass that says it has the right shape and dtype."""

LESSON = "05_softmax_batch"
FIRST = """
import numpy as np

class Liar(np.ndarray):
    shape = property(lambda self: (3, 1))
    size = property(lambda self: 3)
    ndim = property(lambda self: 2)
    dtype = property(lambda self: np.dtype("<f8"))
    tobytes = lambda self, *args: bytes(24)
    astype = lambda self, *args, **kwargs: self
"""
ANSWERS = {
    "row_sums": "row_sums = lambda batch: np.zeros(1).view(Liar)",
    "softmax_batch": "softmax_batch = lambda batch: np.zeros(1).view(Liar)",
}
