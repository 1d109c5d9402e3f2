"""Computes in C code that looks at no signal: a number of billions of digits."""

SLOW = True
SAYS = "did not end|does this loop end|MemoryError|died"
ANSWERS = {"relu_if": "x = 3 ** (10 ** 9)"}
