"""Sends one message of 150 MB."""

ANSWERS = {
    "relu_if": """
display({"text/plain": "x" * 150_000_000}, raw=True)
relu_if = lambda inputs: [7]
"""
}
