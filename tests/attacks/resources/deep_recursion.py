"""Recurses until the C stack ends, and nests its result as deeply."""

ANSWERS = {
    "relu_if": """
import sys
sys.setrecursionlimit(10**6)

def relu_if(inputs):
    nested = []
    for i in range(100_000):
        nested = [nested]
    return nested
""",
    "relu_max": """
def relu_max(inputs):
    return relu_max(inputs)
""",
}
