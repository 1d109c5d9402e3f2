"""Ends with a line that Python cannot read, and that patterns of newer syntax go through again and again."""

HONEST, EARNS = True, 1
ANSWERS = {"relu_if": 'f"' + "{" * 99_000}
