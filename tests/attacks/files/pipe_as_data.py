"""Hands in a pipe as a data file beside a right notebook."""

import os

HONEST, EARNS = True, 2


def damage(it):
    os.mkfifo(it.folder / "data.csv")
