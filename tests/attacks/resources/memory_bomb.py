"""Takes memory until there is none, in small and in huge pieces."""

FIRST = """
import numpy as np
try:
    np.ones(10**12)
except MemoryError as error:
    print("stopped", error)
"""
ANSWERS = {
    "relu_if": """
def relu_if(inputs):
    kept = []
    for i in range(60):
        kept.append(bytearray(100_000_000))
    return kept
"""
}
