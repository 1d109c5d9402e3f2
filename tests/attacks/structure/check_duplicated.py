"""Has an answer cell and a check cell twice, as one copy and paste leaves them."""

import copy

HONEST, EARNS = True, 2


def damage(it):
    for name in ("relu_if-answer", "relu_if"):
        it.notebook["cells"].append(copy.deepcopy(it.cell(name)))
