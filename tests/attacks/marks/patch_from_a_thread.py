"""A thread patches the comparisons again and again, also after the answer cell has run."""

LESSON = "05_softmax_batch"
FIRST = """
import threading, time
import numpy as np

def keep_patching():
    while True:
        for name in [n for n in dir(np.testing) if n.startswith("assert_")]:
            setattr(np.testing, name, lambda *args, **kwargs: True)
        np.allclose = np.array_equal = lambda *args, **kwargs: True
        time.sleep(0.02)

threading.Thread(target=keep_patching, daemon=True).start()
time.sleep(0.1)
"""
ANSWERS = {"row_sums": "row_sums = lambda batch: 0", "softmax_batch": "softmax_batch = lambda batch: 0"}
