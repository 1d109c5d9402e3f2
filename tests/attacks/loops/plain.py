"""A loop that never ends, in the cell itself."""

SLOW = True
SAYS = "does this loop end"
ANSWERS = {"relu_if": "while True:\n    pass"}
