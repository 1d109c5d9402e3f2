"""Hands in another student's notebook under a second name, and the neighbour's folder changes after that."""

import os
import time


def damage(it):
    neighbour = it.linked("b-linked")
    time.sleep(0.05)
    os.link(neighbour / it.file.name, it.file)
    time.sleep(0.05)
    (neighbour / "notes.txt").touch()
    (neighbour / "notes.txt").unlink()
