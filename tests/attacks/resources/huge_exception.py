"""Raises exceptions with megabytes of text and a traceback of a thousand frames."""

ANSWERS = {
    "relu_if": """
def relu_if(inputs, depth=900):
    if depth:
        return relu_if(inputs, depth - 1)
    raise ValueError("x" * 30_000_000)
relu_if([])
""",
    "relu_max": """
class Endless(Exception):
    def __str__(self): return "y" * 30_000_000

def relu_max(inputs):
    raise Endless
raise Endless
""",
}
