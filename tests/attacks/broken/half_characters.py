"""Halves of characters and control characters in the answers' text."""

HONEST, EARNS = True, 2


def damage(it):
    for name in ("relu_if", "relu_max"):
        cell = it.cell(f"{name}-answer")
        cell["source"] = cell["source"] + "\n# \ud800 \udfff \x1b[31m \x9b"
