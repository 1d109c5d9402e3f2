"""A notebook that claims to be of format 3, with its cells in worksheets."""

HONEST, EARNS = True, 2


def damage(it):
    it.notebook.update(nbformat=3, nbformat_minor=0, worksheets=[{"cells": it.notebook.pop("cells")}])
