"""Hands in another student's notebook under a second name of the same file."""

import os


def damage(it):
    os.link(it.neighbour / it.file.name, it.file)
