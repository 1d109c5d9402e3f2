"""A notebook that claims a format of the future."""

HONEST, EARNS = True, 2


def damage(it):
    it.notebook.update(nbformat=99, nbformat_minor="x")
