"""Hands in the grader's notes as a data file, by a hard link."""

import os

HONEST, EARNS = True, 2


def damage(it):
    os.link(it.world.course / "notes.txt", it.folder / "data.txt")
