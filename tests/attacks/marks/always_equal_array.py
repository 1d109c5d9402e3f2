"""Answers with an array subclass whose operations and comparisons all come out true."""

LESSON = "05_softmax_batch"
FIRST = """
import numpy as np

class Agreeing(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs): return np.True_
    def __array_function__(self, *args, **kwargs): return np.True_
    __eq__ = __ne__ = __sub__ = __rsub__ = lambda self, other: np.zeros(self.shape)
"""
ANSWERS = {
    "row_sums": "row_sums = lambda batch: np.zeros((len(batch), 1)).view(Agreeing)",
    "softmax_batch": "softmax_batch = lambda batch: np.zeros(batch.shape).view(Agreeing)",
}
