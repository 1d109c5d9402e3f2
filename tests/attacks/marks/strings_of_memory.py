"""Answers with an array that points at memory which is not its own."""

LESSON = "05_softmax_batch"
FIRST = """
import numpy as np

class Pointer:
    __array_interface__ = {"shape": (3, 1), "typestr": "<f8", "data": (id(object) & ~7, False), "version": 3}
"""
ANSWERS = {
    "row_sums": "row_sums = lambda batch: np.asarray(Pointer())",
    "softmax_batch": "softmax_batch = lambda batch: np.asarray(Pointer())",
}
