"""Prints 100 MB in lines."""

SAYS = "left out|died|does this loop end"
ANSWERS = {
    "relu_if": """
line = "x" * 10_000
for i in range(10_000):
    print(line)
relu_if = lambda inputs: [7]
"""
}
