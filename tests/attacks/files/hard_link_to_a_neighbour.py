"""Hands in another student's notebook under a second name of the same file."""

import os
import time


def damage(it):
    time.sleep(0.05)  # the neighbour has handed in before, not at the same moment
    os.link(it.neighbour / it.file.name, it.file)
