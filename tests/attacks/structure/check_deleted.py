"""Deletes the check cells."""

HONEST, EARNS = True, 2


def damage(it):
    for name in ("relu_if", "relu_max"):
        del it.notebook["cells"][it.place(name)]
