"""Raises, prints, shows and is named by halves of characters and orders to a terminal."""

EARNS = 0
ANSWERS = {"relu_if": """
def relu_if(inputs):
    raise ValueError("\\ud800 half \\x1b]0;title\\x07 \\x1b[2J \\x00")
""", "relu_max": """
relu_max = type("\\udfff", (), {"__call__": lambda self, inputs: "\\ud800"})()
"""}
FIRST = """
print("\\ud800 \\udfff \\x1b[2J")
from IPython.display import display
display({"text/plain": "\\ud83d", "text/html": "<b>\\udc00</b>"}, raw=True)
raise type("\\ud800", (Exception,), {})("\\udfff")
"""
