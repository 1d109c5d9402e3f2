"""Sends the judge a reply that never ends, and then one that is nested without end."""

ANSWERS = {
    "relu_if": """
import os
for number in range(3, 32):
    try:
        for _ in range(300):
            os.write(number, b"[" * 2**20)
    except OSError:
        pass
"""
}
EARNS = 1
NEXT = "def relu_numpy(inputs):\n    return np.maximum(0, inputs)"
