"""Has metadata with hundreds of thousands of keys, marks in which everything is of another type, and cells of nothing else."""

import json

HONEST, EARNS = True, 2


def damage(it):
    it.notebook["metadata"] |= {f"k{n}": n for n in range(300_000)}
    for cell in it.notebook["cells"][:5]:
        cell["metadata"] |= {f"k{n}": {"x": [n]} for n in range(20_000)}
    return json.dumps(it.notebook).encode()
