"""Kills its parent, its process group, and every process that it may signal."""

FIRST = """
import os, signal
for attempt in (lambda: os.kill(os.getppid(), signal.SIGKILL), lambda: os.kill(1, signal.SIGKILL),
                lambda: os.kill(-1, signal.SIGTERM)):
    try:
        attempt()
    except OSError as error:
        print(error)
"""
