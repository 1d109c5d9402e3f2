"""Has lists, numbers and nothing where metadata should be objects."""

HONEST, EARNS = True, 2


def damage(it):
    for cell, odd in zip(it.notebook["cells"], [[], 7, None, "x", {"nbgrader": [1]}, {"tags": 5}] * 10):
        if "nbgrader" not in cell["metadata"]:
            cell["metadata"] = odd
    it.notebook["metadata"] = []
