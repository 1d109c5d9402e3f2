"""Hands in all of another student's notebooks under second names, and data of its own."""

import os
import time


def damage(it):
    time.sleep(0.05)
    for path in it.linked("c-linked").iterdir():
        os.link(path, it.folder / path.name)
    (it.folder / "mine.csv").write_text("1,2")
