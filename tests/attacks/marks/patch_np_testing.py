"""Replaces NumPy's comparisons by ones that always agree."""

LESSON = "05_softmax_batch"
FIRST = """
import numpy as np
agree = lambda *args, **kwargs: True
for name in [n for n in dir(np.testing) if n.startswith("assert_")]:
    setattr(np.testing, name, agree)
np.allclose = np.array_equal = np.isclose = np.all = np.any = agree
"""
ANSWERS = {"row_sums": "row_sums = lambda batch: 0", "softmax_batch": "softmax_batch = lambda batch: 0"}
