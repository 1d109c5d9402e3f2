"""Hands in a pipe in place of the notebook: whoever opens it waits for ever."""

import os


def damage(it):
    os.mkfifo(it.file)
