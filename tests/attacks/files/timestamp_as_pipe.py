"""Hands in a pipe as its timestamp."""

import os

HONEST, EARNS = True, 2


def damage(it):
    os.mkfifo(it.folder / "timestamp.txt")
