"""Displays tens of thousands of small results."""

ANSWERS = {
    "relu_if": """
for i in range(20_000):
    display(i)
relu_if = lambda inputs: [7]
"""
}
