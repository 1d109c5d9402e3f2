"""Closes all its descriptors and goes on for ever."""

ANSWERS = {
    "relu_if": """
import os, signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.closerange(0, 256)
while True:
    pass
"""
}
EARNS = 1
NEXT = "def relu_numpy(inputs):\n    return np.maximum(0, inputs)"
