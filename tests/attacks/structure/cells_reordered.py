"""Turns the notebook upside down."""

HONEST, EARNS = True, 2


def damage(it):
    it.notebook["cells"].reverse()
