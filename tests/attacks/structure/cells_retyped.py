"""Turns checks into text and text into code."""

HONEST, EARNS = True, 2


def damage(it):
    for name in ("relu_if", "relu_max"):
        cell = it.cell(name)
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]
    it.notebook["cells"][0]["cell_type"] = "raw"
